"""Citations: a footnote and a quotation that carries it."""

from dataclasses import replace
from datetime import date

from port_chronicle import CHRONICLE, PORT

from web.citations import write_footnote, write_quotation


def test_footnote_says_where_when_and_after_whom() -> None:
    link = "https://kwerenda.example/p/k7"
    assert write_footnote(PORT, CHRONICLE, link, date(2024, 2, 3), "pl") == (
        "„Kronika portowa”, Instytut Żeglugi, maj 2023, s. 3–4, wpis z 7–9 maja 2023, "
        "za: kurier.example; https://kwerenda.example/p/k7 (dostęp: 3 lutego 2024)."
    )
    assert write_footnote(PORT, CHRONICLE, link, date(2024, 2, 3), "en") == (
        "“Kronika portowa”, Instytut Żeglugi, May 2023, p. 3–4, entry of 7–9 May 2023, "
        "after: kurier.example; https://kwerenda.example/p/k7 (accessed 3 February 2024)."
    )


def test_quotation_carries_its_footnote() -> None:
    footnote = "„Kronika portowa”, s. 3."
    whole = replace(PORT, text="7-9 maja: Otwarto nabrzeże. Minister przeciął wstęgę.", end=53)
    assert write_quotation(whole, footnote, "pl") == (
        "„Minister przeciął wstęgę.”¹\n\n¹ „Kronika portowa”, s. 3."
    )
    assert write_quotation(PORT, footnote, "en").startswith("“7-9 maja: Otwarto nabrzeże.”¹")
