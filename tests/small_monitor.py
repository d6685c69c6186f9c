"""An engine over a monitor of five events, and what tests ask of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from small_documents import make_document, source_of

from corpus.document import Actor, DateRange, Document
from index.whoosh_index import update_index
from search.request import build_query
from search.results import Facet, Results
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


@pytest.fixture(scope="session")
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
