"""A chronicle of one passage, with everything that a citation names."""

from datetime import date

from corpus.document import DateRange, Document, Passage, Source

PORT = Passage(
    id="k7",
    document_id="kronika-1",
    ordinal=0,
    kind="event",
    section="",
    headline="Otwarto nabrzeże.",
    label="",
    text="7-9 maja: Otwarto nabrzeże.",
    start=0,
    end=27,
    page_start=3,
    page_end=4,
    dates=DateRange(date(2023, 5, 7), date(2023, 5, 9)),
    date_precision="day",
    sources=(
        Source("https://kurier.example/1", "", "exact"),
        Source("https://kurier.example/2", "", "exact"),
        Source("notatka własna", "", "guess"),
    ),
)
CHRONICLE = Document(
    id="kronika-1",
    title="Kronika portowa",
    kind="monitor",
    published=DateRange(date(2023, 5, 1), date(2023, 5, 31)),
    published_from="sidecar",
    publisher="Instytut Żeglugi",
    language="pl",
    source_url="",
    path="kronika.txt",
    sha256="0" * 64,
    pages=6,
    text=PORT.text,
    passages=(PORT,),
)
