"""What the tests of the readers share: a note to write, questions to a reading."""

from corpus.reading import Reading

NOTE = """
# Rozmowy o promach

> Nota o połączeniach morskich.

## Malta

Wicepremier Malty [przyjął delegację](https://gov.mt.example/a?x=1&y=2) z Cypru.

{Data | Temat}
{4 maja | promy}

## Cypr

[Bilety](https://ferry.cy.example/) potanieją.
"""
"""The source of a note, as `sample_notes` writes it out."""


def get_texts(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines if line.text]


def get_links(reading: Reading) -> list[tuple[str, str]]:
    return [
        (line.text[link.start : link.end], link.url)
        for line in reading.lines
        for link in line.links
    ]
