"""Lines to paragraphs, furniture and pages."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.layout.paragraphs import Layout, lay_out
from corpus.reading import Line, Link, Reading

WIDE = (
    "Ministrowie spraw zagranicznych Estonii i Portugalii omówili w Lizbonie plan budowy",
    "wspólnego centrum danych, które ma powstać nad Tagiem przed końcem dekady, oraz",
    "zasady wymiany urzędników między obiema stolicami.",
)


def lay_out_text(text: str) -> Layout:
    pages = text.split("\f")
    lines = tuple(
        Line(line, number)
        for number, page in enumerate(pages, start=1)
        for line in page.split("\n")
    )
    return lay_out(Reading(lines=lines, pages=len(pages)))


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks]


def test_single_spaced_lines_are_joined_up_to_a_blank_line() -> None:
    layout = lay_out_text("\n".join((*WIDE, "", *WIDE)))
    assert texts(layout) == [" ".join(WIDE)] * 2


def test_double_spaced_lines_are_one_paragraph() -> None:
    layout = lay_out_text("\n\n".join(WIDE))
    assert texts(layout) == [" ".join(WIDE)]


def test_unwrapped_paragraphs_stay_apart() -> None:
    paragraphs = [" ".join(WIDE), "Rozmowy trwały dwa dni.", "Kolejna tura odbędzie się w Tartu."]
    assert texts(lay_out_text("\n\n".join(paragraphs))) == paragraphs
    assert texts(lay_out_text("\n".join(paragraphs))) == paragraphs


def test_blank_line_in_mid_sentence_is_a_column_break() -> None:
    layout = lay_out_text("\n".join((*WIDE[:2], "", WIDE[2], "", *WIDE)))
    assert texts(layout) == [" ".join(WIDE)] * 2


def test_extra_space_ends_a_paragraph_of_a_double_spaced_text() -> None:
    layout = lay_out_text("\n\n".join(WIDE) + "\n\n\n\n\n" + "\n\n".join(WIDE))
    assert texts(layout) == [" ".join(WIDE)] * 2
    assert layout.blocks[1].gap == 3


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("sekretarz Park Mei-", "ling przybyła", "sekretarz Park Mei-ling przybyła"),
        ("rozmowy polsko-", "czeskie trwały", "rozmowy polsko-czeskie trwały"),
        ("program zbrojeń jądrowo-", "rakietowych był", "program zbrojeń jądrowo-rakietowych był"),
        (
            "wzmocniono dwustronną współ-",
            "pracę policji",
            "wzmocniono dwustronną współpracę policji",
        ),
        ("partnerstwo Estonia –", "Portugalia trwa", "partnerstwo Estonia – Portugalia trwa"),
        (
            "ograniczenia w latach 2018–",
            "2019 zniesiono",
            "ograniczenia w latach 2018–2019 zniesiono",
        ),
        ("ćwi\xad", "czenia trwały tydzień", "ćwiczenia trwały tydzień"),
    ],
)
def test_line_end_hyphens(before: str, after: str, joined: str) -> None:
    assert texts(lay_out_text(f"{before}\n{after} długo i bez przerwy.")) == [
        f"{joined} długo i bez przerwy."
    ]


def test_link_lines_are_set_aside_byte_for_byte_with_their_page() -> None:
    url = "https://urzad.example/a?b=1&amp;c=%2F#d"
    layout = lay_out_text(f"{WIDE[0]}\n{url}\n\f{WIDE[1]}\n{WIDE[2]}")
    assert [(link.url, link.page) for link in layout.links] == [(url, 1)]
    assert texts(layout) == [" ".join(WIDE)]
    assert [layout.blocks[0].page_at(offset) for offset in (0, len(WIDE[0]) + 1)] == [1, 2]


def test_page_numbers_and_running_heads_are_set_aside() -> None:
    page = "Przegląd Bałtycki, nr 7\n\n{text}\n\n{number}"
    layout = lay_out_text(
        "\f".join(
            page.format(text=line, number=number) for number, line in enumerate(WIDE, start=4)
        )
    )
    assert texts(layout) == [" ".join(WIDE)]
    assert Counter(item.kind for item in layout.furniture) == {"running_head": 3, "page_number": 3}


def test_a_number_of_the_text_is_no_page_number() -> None:
    layout = lay_out_text("\f".join((WIDE[0], "2024", WIDE[1] + "\n" + WIDE[2])))
    assert not layout.furniture


def test_leading_spaces_are_page_starts_when_systematic() -> None:
    first, second = list(WIDE[:2]), list(WIDE[1:])
    text = "\n\n".join([f" {first[0]}", *first[1:], *first, *first])
    text += "\nhttps://a.example/1\n " + "\n\n".join([*second, "Rozmowy trwają nadal, lecz bez"])
    layout = lay_out_text(f"{text}\n\npewności, że przyniosą skutek.")
    assert layout.pages == 2
    assert layout.links[0].page == 1
    joined = layout.blocks[0]
    assert [joined.page_at(0), joined.page_at(len(joined.text) - 1)] == [1, 2]


def test_indented_paragraphs_are_no_pages() -> None:
    layout = lay_out_text("\n\n".join(f" {line}" for line in WIDE))
    assert layout.pages == 1


def test_frame_that_interrupts_a_sentence_goes_before_it() -> None:
    lead = [
        "Współpraca Estonii z Portugalią będzie się nadal rozwijać, lecz wolniej, niż zakładano,",
        "ponieważ koszty centrum danych wzrosły o połowę, a spór o własność łączy światłowodowych",
        "pozostaje nierozstrzygnięty. W interesie obu państw jest porozumienie w tej sprawie.",
    ]
    column = [
        "Rząd w Tallinnie uważa, że nowe",
        "centrum danych powinno służyć",
        "nie tylko jego założycielom, ale",
        "również tym spośród pozostałych",
    ]
    rest = [
        "państw Unii, które zgodzą się",
        "ponosić koszty jego utrzymania",
        "i strzec danych w nim zebranych.",
        "Portugalia nie jest temu niechętna.",
    ]
    text = "\n".join([" Chmura nad Tagiem", " " + "\n".join(column), " " + "\n\n".join(lead)])
    text += "\n " + "\n".join(rest)
    layout = lay_out_text(text)
    assert texts(layout)[:2] == ["Chmura nad Tagiem", " ".join(lead)]
    assert texts(layout)[2:] == [" ".join((*column, *rest))]
    assert [block.apart for block in layout.blocks[:3]] == [False, True, False]
    assert layout.pages == 2


def test_links_move_with_their_words() -> None:
    lines = (
        Line("  Rada  ogłosiła", 1, links=(Link(8, 16, "https://rada.example/"),)),
        Line("komunikat w Rydze.", 1, links=(Link(0, 9, "https://rada.example/"),)),
    )
    (block,) = lay_out(Reading(lines=lines, pages=1)).blocks
    (link,) = block.links
    assert block.text[link.start : link.end] == "ogłosiła komunikat"


def test_heading_in_capitals_runs_over_two_lines() -> None:
    layout = lay_out_text(
        "II. ESTONIA – PORTUGALIA, HISZPANIA,\n\nWŁOCHY\n\n5 maja: " + "\n\n".join(WIDE)
    )
    assert texts(layout)[0] == "II. ESTONIA – PORTUGALIA, HISZPANIA, WŁOCHY"
    assert len(layout.blocks) == 2


_LINE = st.text(alphabet="abŁz A.1:;,?)(„–-*/ \t", max_size=30)
_OTHERS = st.sampled_from(["https://a.example/b", "3", "I. WNIOSKI", "5 maja: rozmowy", " a", ""])


@given(st.lists(st.one_of(_LINE, _OTHERS), max_size=25), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_character_ends_in_a_block_or_as_furniture(lines: list[str], paged: bool) -> None:
    reading = Reading(
        lines=tuple(Line(line, 1 + index // 5 * paged) for index, line in enumerate(lines)),
        pages=1 + max(0, len(lines) - 1) // 5 * paged,
    )
    layout = lay_out(reading)
    kept = "".join([*texts(layout), *(item.text for item in layout.furniture)])
    # Only the hyphen of a word that was broken at a line's end is given up.
    assert Counter("".join("".join(lines).replace("-", "").split())) == Counter(
        "".join(kept.replace("-", "").split())
    )


def test_a_short_line_above_an_unwrapped_paragraph_stays_apart() -> None:
    lines = [
        "Położenie floty",
        " ".join(WIDE),
        "Jan Kot",
        "Rozmowy trwały dwa dni.",
        " ".join(WIDE),
    ]
    assert texts(lay_out_text("\n".join(lines))) == lines


def test_numbered_lines_are_headings_where_one_is_the_name_of_a_section() -> None:
    text = "1. Wnioski\n1) Malta zyskuje.\n2) Cypr traci.\n2. Malta\nPort stoi.\n3. Cypr\nBrak."
    blocks = lay_out_text(text).blocks
    assert [block.text for block in blocks if block.role == "heading"] == [
        "1. Wnioski",
        "2. Malta",
        "3. Cypr",
    ]
    assert not any(block.role == "heading" for block in lay_out_text(text[11:]).blocks)


def test_capital_letters_are_labels_only_where_they_are_counted() -> None:
    counted = "WNIOSKI\nA. Malta zyskuje.\nB. Cypr traci."
    assert texts(lay_out_text(counted)) == counted.split("\n")
    initial = (
        "WNIOSKI\nPremier wyznaczył po długiej naradzie nowego następcę.\n"
        "A. Kot z Nikozji był ministrem w poprzednim rządzie, który\nodszedł po wyborach."
    )
    assert len(texts(lay_out_text(initial))) == 2


def test_symbols_of_word_are_bullets() -> None:
    text = "Wnioski\n\uf0b7 Malta zyskuje\n\uf0b7 Cypr traci"
    assert texts(lay_out_text(text)) == text.split("\n")


def test_pages_of_nothing_but_rules_are_furniture() -> None:
    assert {item.kind for item in lay_out_text(":::\f:::").furniture} == {"rule"}


def test_countries_set_against_each_other_are_a_heading_in_a_double_spaced_text() -> None:
    group = "Japonia / Rosja, Ukraina"
    for before in (f"{WIDE[2]} Rozmowy trwały.", "bez wydarzeń"):
        blocks = texts(lay_out_text("\n\n".join([*WIDE[:2], before, group, *WIDE])))
        assert blocks[1:] == [group, " ".join(WIDE)]
    assert texts(lay_out_text("\n\n".join([*WIDE[:2], group, *WIDE])))[0].endswith(f"oraz {group}")


@pytest.mark.parametrize("links", [(), (Link(9, 14, "https://a.example/"),)])
def test_a_tab_stays_between_cells(links: tuple[Link, ...]) -> None:
    reading = Reading(lines=(Line("3  maja \t Malta", 1, links=links),), pages=1, paragraphs=True)
    assert texts(lay_out(reading)) == ["3 maja\tMalta"]
