"""Set a sample text as a web page, the way a browser or an office program prints it."""

from collections.abc import Iterator
from html import escape
from typing import Literal

from sample_layout import Block, parse_source, split_event

Lead = Literal["box", "bold"]

_STYLE = """
body { font: 11pt serif }
h1 { font: 20pt sans-serif }
.text { columns: %d; column-gap: 24px; text-align: justify }
.bold { font-weight: bold }
.box { border: 1px solid; padding: 8px }
"""


def render_page(source: str, *, columns: int, lead: Lead = "bold") -> str:
    """Give a page with a title and a lead across it, and the text in columns below.

    An event's headline is the hyperlink to its source; of several, each has its words.
    """
    opening: list[str] = []
    text: list[str] = []
    for block in parse_source(source):
        if block.kind == "title" and not block.text.isupper():
            opening.append(f"<h1>{escape(block.text)}</h1>")
        elif block.kind == "lead":
            opening.append(f'<div class="{lead}">{escape(block.text)}</div>')
        elif block.kind in ("title", "heading"):
            text.append(f"<p><b>{escape(block.text)}</b></p>")
        else:
            text.append(f"<p>{''.join(_set_words(block))}</p>")
    return (
        f'<!doctype html><html lang="pl"><meta charset="utf-8"><style>{_STYLE % columns}</style>'
        f'{"".join(opening)}<div class="text">{"".join(text)}</div>'
    )


def _set_words(block: Block) -> Iterator[str]:
    before, marked, after = [*block.text.split("**", 2), "", ""][:3]
    if block.urls:
        before, headline, after = split_event(block.text)
        yield escape(before)
        words = headline.split(" ")
        share = len(words) // len(block.urls)
        ends = [share * (number + 1) for number in range(len(block.urls) - 1)] + [len(words)]
        for start, end, url in zip([0, *ends], ends, block.urls, strict=False):
            yield f'<a href="{escape(url)}">{escape(" ".join(words[start:end]))}</a> '
        yield escape(after)
    elif marked:
        yield f"{escape(before)}<b>{escape(marked)}</b>{escape(after)}"
    else:
        yield escape(block.text)
