"""The engine on small real indexes: what is found, in which order, and what is counted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from small_documents import make_document, source_of

from corpus.document import Actor, DateRange, Document
from index.whoosh_index import update_index
from search import expand
from search.errors import UnknownDocument, UnknownPassage
from search.query import Note, Query
from search.request import build_query
from search.results import Facet, Results, Retired
from search.whoosh_engine import WhooshEngine, open_engine

EVENTS = (
    "Rosja i Japonia wznowiły rozmowy o rybołówstwie. W Moskwie spotkali się wiceministrowie.",
    "Ukraina podpisała z Japonią umowę. Umowa dotyczy wzajemnego uznawania dyplomów.",
    "Delegacja z Korei Północnej odwiedziła Pekin. KRLD zapowiedziała nowe rozmowy.",
    "Igor Morgulow przyjął ambasadora. O rozmowie z Morgulowem napisała prasa japońska.",
    "Białoruś kupiła ciągniki. Wystawa w Mińsku trwała trzy dni, a rozmowy japońsko-rosyjskie nie.",
)


def day(number: int, month: int = 10) -> DateRange:
    return DateRange(date(2031, month, number), date(2031, month, number))


def make_monitor() -> Document:
    document = make_document("monitor", *EVENTS)
    morgulow = Actor("igor-morgulow", "Igor Morgulow", "person", ("Igor Morgulow", "Morgulowem"))
    changes: Sequence[dict[str, object]] = (
        {"dates": day(3), "countries": ("JP", "RU"), "pairs": ("JP-RU",)},
        {"dates": day(5), "countries": ("JP", "UA"), "pairs": ("JP-UA",)},
        {"dates": DateRange(date(2031, 10, 28), date(2031, 11, 2)), "pairs": ("CN-KP",)},
        {"dates": None, "date_precision": "none", "pairs": (), "actors": (morgulow,)},
        {"dates": day(7, 12), "kind": "comment", "pairs": ("BY-JP", "JP-RU")},
    )
    passages = tuple(
        replace(passage, **change)  # type: ignore[arg-type]
        for passage, change in zip(document.passages, changes, strict=True)
    )
    return replace(document, passages=passages)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("small") / "index"
    document = make_monitor()
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def ask(engine: WhooshEngine, text: str = "", **params: str | list[str]) -> Results:
    given = {name: [v] if isinstance(v, str) else v for name, v in params.items()}
    given = {name.rstrip("_"): values for name, values in given.items()}
    return engine.search(build_query({"q": [text], "sort": ["date"], **given}))


def found(results: Results) -> list[int]:
    return [hit.passage.ordinal for hit in results.hits]


def facet(results: Results, name: str) -> Facet:
    return next(facet for facet in results.facets if facet.field == name)


def counts(results: Results, name: str) -> dict[str, int]:
    return {bucket.value: bucket.count for bucket in facet(results, name).buckets if bucket.count}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [0, 1, 2, 4, 3]),
        ("japonia", [0, 1]),
        ("JAPONIA", [0, 1]),
        ("rozmowa", [0, 2, 4, 3]),
        ("rozmowa japonia", [0]),
        ("umowa OR ambasador", [1, 3]),
        ("rozmowa -japonia", [2, 4, 3]),
        ("NOT rozmowa", [1]),
        ("rozmowa AND (japonia OR ambasador)", [0, 3]),
        ("Morgulow", [3]),
        ("morgulowa", [3]),
        ("krld", [2]),
        ("Korea Północna", [2]),
        ('"Korea Północna"', [2]),
        ('="Korei Północnej"', [2]),
        ('"Morgulow"', [3]),
        ("bialorus", [4]),
        ("minsk", [4]),
        ('"wzajemne uznawanie"', [1]),
        ('"uznawanie wzajemne"', []),
        ('"rosja rybołówstwo"~6', [0]),
        ('"rosja rybołówstwo"~5', []),
        ('="rozmowie"', [3]),
        ('="Rozmowie"', []),
        ("morgul*", [3]),
        ("m?ńsk*", [4]),
        ("japoński", [4, 3]),
        ("rosyjsko-japoński", [4]),
        ("para:JP-RU", [0, 4]),
        ("para:JP-RU umowa", []),
        ("kraj:UA", [1]),
        ('aktor:"Igor Morgulow"', [3]),
        ("rodzaj:komentarz", [4]),
        ("data:2031-10-28..2031-11-05", [2]),
        ("data:2031-11", [2]),
        ("data:brak", [3]),
        ("źródło:agencja.example umowa", [1]),
        ("dział:czechy umowa", [1]),
        ("w rozmowach", [0, 2, 4, 3]),
    ],
)
def test_query_finds(small: WhooshEngine, text: str, expected: list[int]) -> None:
    assert found(ask(small, text)) == expected


def test_total_counts_hits_beyond_the_page(small: WhooshEngine) -> None:
    results = ask(small, "rozmowa", limit="1", offset="1")
    assert (results.total, found(results)) == (4, [2])


def test_offset_past_the_end_is_an_empty_page(small: WhooshEngine) -> None:
    results = ask(small, "rozmowa", offset="1000")
    assert (results.total, found(results)) == (4, [])


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"pair": "JP-RU"}, [0, 4]),
        ({"pair": ["JP-RU", "JP-UA"]}, [0, 1, 4]),
        ({"pair": ["JP-RU", "-BY-JP"]}, [0]),
        ({"pair": "-JP-RU"}, [1, 2, 3]),
        ({"pair": "JP-RU", "kind": "comment"}, [4]),
        ({"from_": "2031-10-05", "to": "2031-10-31"}, [1, 2]),
        ({"from_": "2031-11"}, [2, 4]),
        ({"to": "2031-10-04"}, [0]),
        ({"source": "www.agencja.example"}, [0, 1, 2, 4, 3]),
        ({"document": "innego-nie-ma"}, []),
    ],
)
def test_filters_narrow(
    small: WhooshEngine, params: dict[str, str | list[str]], expected: list[int]
) -> None:
    assert sorted(found(ask(small, **params))) == sorted(expected)


@pytest.mark.parametrize("pair", ["JP-RU", "JP-UA", "BY-JP", "CN-KP"])
@pytest.mark.parametrize("text", ["", "rozmowa", "japonia OR japoński"])
def test_facet_count_is_what_a_filter_by_it_finds(
    small: WhooshEngine, text: str, pair: str
) -> None:
    counted = counts(ask(small, text), "pair").get(pair, 0)
    assert counted == ask(small, text, pair=pair).total


def test_facet_ignores_its_own_filter_and_obeys_the_others(small: WhooshEngine) -> None:
    results = ask(small, pair="JP-RU", kind="comment")
    assert counts(results, "pair") == {"BY-JP": 1, "JP-RU": 1}
    assert counts(results, "kind") == {"event": 1, "comment": 1}
    assert counts(results, "document") == {"monitor": 1}


def test_another_page_has_the_same_facets_and_other_filters_have_others(
    small: WhooshEngine,
) -> None:
    first, second = ask(small, "rozmowa", limit="1"), ask(small, "rozmowa", limit="1", offset="1")
    assert found(first) != found(second)
    assert all(a is b for a, b in zip(first.facets, second.facets, strict=True))
    assert first.documents == second.documents == 1
    narrowed = ask(small, "rozmowa", kind="comment")
    assert counts(narrowed, "pair") != counts(first, "pair")
    assert ask(small, "rozmowa", kind="lead").documents == 0


def test_facet_says_what_is_chosen_and_what_is_excluded(small: WhooshEngine) -> None:
    buckets = {b.value: b for b in facet(ask(small, pair=["JP-RU", "-CN-KP"]), "pair").buckets}
    assert (buckets["JP-RU"].selected, buckets["JP-RU"].excluded) == (True, False)
    assert (buckets["CN-KP"].selected, buckets["CN-KP"].excluded) == (False, True)


def test_facet_counts_passages_without_a_value(small: WhooshEngine) -> None:
    assert facet(ask(small), "pair").missing == 1


def test_chosen_value_without_hits_stays_to_be_taken_away(small: WhooshEngine) -> None:
    results = ask(small, "umowa", actor="nikt-taki")
    assert [(b.value, b.count, b.selected) for b in facet(results, "actor").buckets] == [
        ("nikt-taki", 0, True)
    ]
    assert "unknown_value" in [note.code for note in results.notes]


def test_actor_and_document_buckets_carry_their_names(small: WhooshEngine) -> None:
    results = ask(small)
    assert [b.label for b in facet(results, "actor").buckets] == ["Igor Morgulow"]
    assert [b.label for b in facet(results, "document").buckets] == ["Przegląd monitor"]


def test_histogram_counts_a_lasting_event_in_each_month_it_touches(small: WhooshEngine) -> None:
    dates = facet(ask(small), "date")
    assert [(b.value, b.count) for b in dates.buckets] == [
        ("2031-10", 3),
        ("2031-11", 1),
        ("2031-12", 1),
    ]
    assert (dates.missing, dates.interval) == (1, "month")


@pytest.mark.parametrize("month", ["2031-10", "2031-11", "2031-12"])
def test_month_bar_is_what_a_filter_by_it_finds(small: WhooshEngine, month: str) -> None:
    bars = counts(ask(small), "date")
    assert bars[month] == ask(small, from_=month, to=month).total


@pytest.mark.parametrize(
    ("sort", "expected"), [("date", [0, 1, 2, 4, 3]), ("-date", [4, 2, 1, 0, 3])]
)
def test_sort_by_date_puts_undated_passages_last(
    small: WhooshEngine, sort: str, expected: list[int]
) -> None:
    assert found(ask(small, sort=sort)) == expected


def test_rarer_word_and_headline_rank_higher(small: WhooshEngine) -> None:
    results = ask(small, "umowa OR rozmowy", sort="relevance")
    assert found(results)[0] == 1
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)


def test_partial_matches_when_nothing_has_every_word(small: WhooshEngine) -> None:
    results = ask(small, "umowa dyplom rozmowa")
    assert results.relaxed
    assert "relaxed" in [note.code for note in results.notes]
    assert found(results) == [1]


def test_partial_match_may_have_one_rare_word_instead_of_two_others(small: WhooshEngine) -> None:
    assert found(ask(small, "umowa dyplom ambasador")) == [1, 3]


def test_a_question_asks_for_its_other_words(small: WhooshEngine) -> None:
    results = ask(small, "Gdzie trwała wystawa?")
    assert (results.relaxed, found(results)) == (False, [4])


def test_fields_stay_in_force_when_words_are_relaxed(small: WhooshEngine) -> None:
    results = ask(small, "rozmowa dyplom para:JP-UA")
    assert (results.relaxed, found(results)) == (True, [1])


def test_one_unknown_word_is_not_relaxed_into_everything(small: WhooshEngine) -> None:
    results = ask(small, "łukaszenka")
    assert (results.total, results.relaxed) == (0, False)
    assert "unknown_word" in [note.code for note in results.notes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Morguloww", [3]),
        ("moruglow", [3]),
        ("ambsadorka", []),
        ("Migdy", []),
        ("wziajemnego uznawania", [1]),
        ('"wziajemnego uznawania"', [1]),
    ],
)
def test_a_slip_in_a_word_that_nobody_knows_is_mended(
    small: WhooshEngine, text: str, expected: list[int]
) -> None:
    assert found(ask(small, text)) == expected


def test_a_mended_slip_is_said_with_the_query_that_undoes_it(small: WhooshEngine) -> None:
    [note] = ask(small, "Morguloww").notes
    assert note == Note("slip", ("Morguloww", "Morgulow"), query='="Morguloww"')
    assert found(ask(small, note.query)) == []


@pytest.mark.parametrize(
    ("text", "offered", "count"),
    [
        ("rozmowny", "rozmowy", 4),
        ("wicemnistroie", "wiceministrowie", 1),
        ("rozmowny kraj:JP", "rozmowy", 1),
        ("rozmowny -ambasador", "rozmowy", 3),
    ],
)
def test_a_near_miss_is_offered_with_its_count_but_not_searched(
    small: WhooshEngine, text: str, offered: str, count: int
) -> None:
    results = ask(small, text)
    assert results.total == 0
    assert [(n.query, n.count) for n in results.notes if n.code == "did_you_mean"] == [
        (offered, count)
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(("Sąd wydał wyrok.",), [0]), (("Sąd wydał wyrok.", "Sad zakwitł w maju."), [1])],
)
def test_a_word_gets_its_diacritics_unless_texts_have_it_without_them(
    tmp_path: Path, texts: tuple[str, ...], expected: list[int]
) -> None:
    document = make_document("wyroki", *texts)
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    engine = open_engine(tmp_path / "index")
    assert found(ask(engine, "sad")) == expected
    engine.close()


def test_a_part_of_a_compound_gets_its_diacritics(small: WhooshEngine) -> None:
    assert found(ask(small, "japonsko-rosyjski")) == [4]


@pytest.mark.parametrize(
    ("text", "expected"), [("krld", '"krld"'), ("korea północna", '"korea północna"~1')]
)
def test_alias_is_said_with_the_query_that_undoes_it(
    small: WhooshEngine, text: str, expected: str
) -> None:
    [note] = [note for note in ask(small, text).notes if note.code == "alias"]
    assert note.query == expected
    assert [n.code for n in ask(small, note.query).notes] == []


def test_restored_diacritics_are_said(small: WhooshEngine) -> None:
    notes = {note.code for note in ask(small, "rybolowstwo").notes}
    assert "diacritics" in notes


def test_hit_marks_the_inflected_word_and_says_why(small: WhooshEngine) -> None:
    [hit] = ask(small, "morgulow").hits
    marked = [s.text[a:b] for s in hit.snippets for a, b in s.marks]
    assert marked == ["Morgulowem"]
    headline = [hit.passage.headline[a:b] for a, b in hit.headline_marks]
    assert headline == ["Morgulow"]
    [why] = hit.why
    assert (why.word, why.forms) == ("morgulow", ("Morgulow", "Morgulowem"))
    assert why.weight == pytest.approx(hit.score)


def test_alias_marks_the_whole_name(small: WhooshEngine) -> None:
    [hit] = ask(small, "krld").hits
    headline = [hit.passage.headline[a:b] for a, b in hit.headline_marks]
    assert headline == ["Korei Północnej"]


def test_scan_gives_everything_whatever_the_limit(small: WhooshEngine) -> None:
    query = build_query({"q": ["rozmowa"], "limit": ["1"], "sort": ["date"]})
    assert [passage.ordinal for passage, _ in small.scan(query)] == [0, 2, 4, 3]


def test_unknown_ids_are_refused(small: WhooshEngine) -> None:
    with pytest.raises(UnknownPassage):
        small.passage("nie-ma")
    with pytest.raises(UnknownDocument):
        small.document("nie-ma")


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[Callable[[Document], object], WhooshEngine]]:
    directory = tmp_path / "index"
    first = make_document("pierwszy", "Pierwszy fragment o Szwecji i jej rządzie.")
    update_index(directory, added=[(source_of(first), first)])
    opened = open_engine(directory)
    yield lambda d: update_index(directory, added=[(source_of(d), d)]), opened
    opened.close()


def test_engine_moves_to_a_new_generation_between_requests(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    assert ask(engine, "szwecja").total == 1
    add(make_document("drugi", "Drugi fragment, także o Szwecji."))
    assert ask(engine, "szwecja").total == 2
    assert engine.status().generation == 2


def test_scan_keeps_the_generation_it_began_with(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    passages = engine.scan(Query())
    first, _ = next(passages)
    add(make_document("pierwszy", "Zupełnie inny fragment o Norwegii."))
    assert ask(engine, "norwegia").total == 1
    assert first.text == "Pierwszy fragment o Szwecji i jej rządzie."
    assert list(passages) == []


def test_engine_goes_on_when_the_next_generation_is_damaged(
    tmp_path: Path, growing: tuple[Callable[[Document], object], WhooshEngine]
) -> None:
    add, engine = growing
    add(make_document("drugi", "Drugi fragment, także o Szwecji."))
    manifest = tmp_path / "index" / "gen-000002" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert ask(engine, "szwecja").total == 1


def test_replaced_passage_points_to_its_successor(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    [old] = [hit.passage for hit in ask(engine).hits]
    add(make_document("pierwszy", "Pierwszy fragment o Szwecji i o jej rządzie."))
    [new] = [hit.passage for hit in ask(engine).hits]
    assert engine.passage(old.id) == Retired(old.id, "pierwszy", new.id)


def test_deleted_document_is_not_counted(
    tmp_path: Path, growing: tuple[Callable[[Document], object], WhooshEngine]
) -> None:
    add, engine = growing
    add(make_document("drugi", "Drugi fragment, także o Szwecji."))
    update_index(tmp_path / "index", removed=["drugi"])
    results = ask(engine, "szwecja")
    assert (results.total, counts(results, "document")) == (1, {"pierwszy": 1})


@pytest.mark.parametrize("text", ["aktor:nikt", "dokument:brakujący umowa"])
def test_value_that_no_passage_has_is_said(small: WhooshEngine, text: str) -> None:
    results = ask(small, text)
    assert results.total == 0
    assert "unknown_value" in [note.code for note in results.notes]


@pytest.mark.parametrize(
    ("text", "offered", "count"),
    [
        ("moskwa", "(moskwa OR Rosja)", 1),
        ("rozmowa pekin", "(pekin OR Chiny)", 1),
        ("pjongjang", '(pjongjang OR "Korea Północna")', 1),
        ("biały dom", '("biały dom" OR "Stany Zjednoczone")', 0),
        ("pjongjang -japonia", '(pjongjang OR "Korea Północna")', 1),
    ],
)
def test_what_a_capital_may_stand_for_is_offered_with_its_count(
    small: WhooshEngine, text: str, offered: str, count: int
) -> None:
    notes = [note for note in ask(small, text).notes if note.code == "related"]
    assert [(note.query, note.count) for note in notes] == [(offered, count)]


def test_a_capital_alone_does_not_find_its_country(small: WhooshEngine) -> None:
    assert found(ask(small, "pjongjang")) == []
    assert found(ask(small, '(pjongjang OR "Korea Północna")')) == [2]


@pytest.mark.parametrize("text", ["moskwa rosja", "rozmowa", "rosja"])
def test_a_country_that_is_named_is_not_offered(small: WhooshEngine, text: str) -> None:
    assert "related" not in [note.code for note in ask(small, text).notes]


def test_only_the_first_offers_are_counted(small: WhooshEngine) -> None:
    notes = ask(small, "rozmowny ambasadorowaa wystawnaa umownaa pekin moskwa tokio kijów").notes
    offers = [note for note in notes if note.code in ("did_you_mean", "related")]
    assert [note.count is not None for note in offers] == [True] * 3 + [False] * (len(offers) - 3)
    assert len(offers) > 3


def test_of_too_many_forms_a_wildcard_takes_the_most_frequent(
    small: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expand, "MAX_WILDCARD_FORMS", 1)
    results = ask(small, "roz*")
    assert [note.code for note in results.notes] == ["wildcard_cut"]
    assert found(results) == found(ask(small, '="rozmowy"'))


@pytest.mark.parametrize(
    ("text", "expected"), [("*nsku", [4]), ("*ńsku", [4]), ("*órn*", []), ("mi?sk*", [4])]
)
def test_a_wildcard_may_begin_a_word_and_needs_no_diacritics(
    small: WhooshEngine, text: str, expected: list[int]
) -> None:
    assert found(ask(small, text)) == expected


def test_two_hyphens_in_a_row_join_nothing(small: WhooshEngine) -> None:
    assert found(ask(small, "japońsko--rosyjskie")) == [4]
