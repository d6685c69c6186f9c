"""The histogram: what is counted stands where it belongs, and each bar leads somewhere."""

from datetime import date
from itertools import pairwise

import pytest

from corpus.document import DateRange
from search.results import Bucket, Facet
from web.charts import HEIGHT_PX, Histogram, draw_histogram
from web.params import State, read_state


def months(*counts: tuple[str, int], missing: int = 0) -> Facet:
    buckets = tuple(Bucket(value, "", count) for value, count in counts)
    return Facet("date", buckets, missing=missing, interval="month")


def draw(facet: Facet, state: State | None = None, chosen: DateRange | None = None) -> Histogram:
    return draw_histogram(facet, state or State(), chosen, "pl")


def test_few_months_are_drawn_as_whole_years() -> None:
    periods = [bar.period for bar in draw(months(("2023-11", 2), ("2024-02", 1))).bars]
    assert (periods[0], periods[-1], len(periods)) == ("2023-01", "2024-12", 24)


def test_gaps_between_months_are_filled() -> None:
    bars = draw(months(("2019-11", 2), ("2024-02", 1))).bars
    assert (len(bars), sum(bar.count for bar in bars)) == (52, 3)


def test_years_are_drawn_as_years() -> None:
    facet = Facet("date", (Bucket("2001", "", 3), Bucket("2004", "", 1)), interval="year")
    assert [(bar.label, bar.count) for bar in draw(facet).bars] == [
        ("2001", 3),
        ("2002", 0),
        ("2003", 0),
        ("2004", 1),
    ]


def test_highest_bar_fills_the_height_and_others_their_share() -> None:
    bars = {bar.period: bar for bar in draw(months(("2023-03", 8), ("2023-04", 2))).bars}
    assert (bars["2023-03"].height, bars["2023-04"].height) == (HEIGHT_PX, HEIGHT_PX / 4)


def test_undated_share_the_scale_while_they_fit() -> None:
    histogram = draw(months(("2023-03", 10), missing=5))
    assert (histogram.undated_height, histogram.undated_cut) == (HEIGHT_PX / 2, False)


def test_many_undated_are_cut_off_and_leave_the_months_legible() -> None:
    histogram = draw(months(("2023-03", 5), missing=50))
    assert (histogram.highest, histogram.undated_height, histogram.undated_cut) == (
        5,
        HEIGHT_PX,
        True,
    )


def test_undated_alone_fill_their_bar() -> None:
    histogram = draw(months(missing=4))
    assert (histogram.undated_height, histogram.undated_cut) == (HEIGHT_PX, False)


def test_bars_never_leave_the_room_of_the_dated() -> None:
    bars = draw(months(("2019-01", 1), ("2024-12", 1), missing=3)).bars
    assert max(bar.slot_x + bar.slot_width for bar in bars) == pytest.approx(90)
    bars = draw(months(("2019-01", 1), ("2024-12", 1))).bars
    assert max(bar.slot_x + bar.slot_width for bar in bars) == pytest.approx(100)


def test_bar_leads_to_its_month_and_a_second_click_back() -> None:
    state = read_state([("q", "port")])
    facet = months(("2023-03", 1))
    there = draw(facet, state).bars[2].state
    assert there.at("/") == "/?q=port&from=2023-03&to=2023-03"
    assert draw(facet, there).bars[2].state == state


def test_bars_outside_the_chosen_days_are_told_apart() -> None:
    chosen = DateRange(date(2023, 3, 31), date(2023, 4, 1))
    bars = draw(months(("2023-02", 1), ("2023-05", 1)), chosen=chosen).bars
    assert [bar.period for bar in bars if bar.inside] == ["2023-03", "2023-04"]


def test_brush_covers_the_chosen_months() -> None:
    chosen = DateRange(date(2023, 4, 1), date(2023, 6, 30))
    brush = draw(months(("2023-02", 1), ("2023-05", 1)), chosen=chosen).brush
    assert brush == pytest.approx((25.0, 50.0))


@pytest.mark.parametrize(
    ("buckets", "before", "after"),
    [
        (("2018-01", "2018-12"), "/?to=2017-12", "/?from=2019-01"),
        (("2018", "2020"), "/?to=2017", "/?from=2021"),
        (("2018-01-01", "2018-02-28"), "/?to=2017-12-31", "/?from=2018-03-01"),
    ],
)
def test_what_lies_outside_is_told_with_the_way_to_it(
    buckets: tuple[str, str], before: str, after: str
) -> None:
    first, last = (Bucket(value, "", 1) for value in buckets)
    facet = Facet("date", (first, last), before=3, after=2)
    histogram = draw(facet)
    assert histogram.before is not None
    assert histogram.after is not None
    assert (histogram.before.count, histogram.before.state.at("/")) == (3, before)
    assert (histogram.after.count, histogram.after.state.at("/")) == (2, after)


def test_nothing_dated_and_nothing_undated_is_empty() -> None:
    histogram = draw(months())
    assert (histogram.bars, histogram.undated) == ((), 0)


def days(*counts: tuple[str, int]) -> Facet:
    buckets = tuple(Bucket(value, "", count) for value, count in counts)
    return Facet("date", buckets, interval="day")


def test_days_are_drawn_from_the_first_chosen_to_the_last() -> None:
    chosen = DateRange(date(2024, 2, 27), date(2024, 3, 2))
    bars = draw(days(("2024-02-28", 2)), chosen=chosen).bars
    assert [(bar.period, bar.tick, bar.count) for bar in bars] == [
        ("2024-02-27", "27", 0),
        ("2024-02-28", "28", 2),
        ("2024-02-29", "29", 0),
        ("2024-03-01", "1", 0),
        ("2024-03-02", "2", 0),
    ]
    assert bars[1].label == "28 lutego 2024"


def test_days_stand_below_their_months() -> None:
    chosen = DateRange(date(2024, 2, 20), date(2024, 3, 10))
    histogram = draw(days(("2024-02-28", 2)), chosen=chosen)
    assert [label for _, label in histogram.years] == ["II 2024", "III 2024"]


def test_labels_of_years_keep_their_distance() -> None:
    facet = Facet("date", (Bucket("1990", "", 3), Bucket("2024", "", 1)), interval="year")
    places = [x for x, _ in draw(facet).years]
    assert min(b - a for a, b in pairwise(places)) >= 12
