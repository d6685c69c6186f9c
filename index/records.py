"""Documents and passages as compact JSON, to be stored and given back unchanged."""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any, Union

import orjson

from corpus.document import Document, Passage

_PASSAGES = b',"passages":'


def passage_to_record(passage: Passage) -> bytes:
    """Give a passage as compact JSON."""
    return orjson.dumps(passage)


def passage_from_record(record: bytes) -> Passage:
    """Give the passage of a record. Raises: ValueError if it is not one."""
    with _reading("Passage"):
        passage: Passage = _read_fields(Passage, orjson.loads(record))
        return passage


def actor_names_from_record(record: bytes) -> dict[str, str]:
    """Give the actors of a passage's record, names by their ids, and nothing else of it."""
    with _reading("Passage"):
        return {actor["id"]: actor["name"] for actor in orjson.loads(record)["actors"]}


def document_to_record(document: Document) -> bytes:
    """Give a document as compact JSON without its passages, which are stored themselves.

    Of its text only what stands between the passages is kept.
    """
    gaps = _cut(document.text, [(p.start, p.end, p.text) for p in document.passages])
    if gaps is None:  # passages that do not follow each other in the text
        return orjson.dumps([replace(document, passages=()), None])
    return orjson.dumps([replace(document, passages=(), text=""), gaps])


def document_from_record(record: bytes, passages: tuple[Passage, ...]) -> Document:
    """Give the document of a record and its passages. Raises: ValueError if it is not one."""
    with _reading("Document"):
        plain, gaps = orjson.loads(record)
        document: Document = _read_fields(Document, {**plain, "passages": []})
        if gaps is None:
            return replace(document, passages=passages)
        texts = [
            text
            for gap, passage in zip(gaps, passages, strict=False)
            for text in (gap, passage.text)
        ]
        return replace(document, passages=passages, text="".join([*texts, gaps[-1]]))


def header_from_record(record: bytes) -> Document:
    """Give a document without its passages, and of what follows them nothing: quick.

    Raises: ValueError if the record is not one.
    """
    with _reading("Document"):
        # A quotation mark inside a string has a backslash before it: this is the field itself.
        end = record.index(_PASSAGES)
        plain = orjson.loads(record[1:end] + b"}")
        document: Document = _read_fields(Document, {**plain, "text": "", "passages": []})
        return document


def _cut(text: str, spans: list[tuple[int, int, str]]) -> list[str] | None:
    """Give what stands before, between and after spans; None where they do not fit."""
    gaps, done = [], 0
    for start, end, covered in spans:
        if start < done or text[start:end] != covered:
            return None
        gaps.append(text[done:start])
        done = end
    return [*gaps, text[done:]]


@contextmanager
def _reading(kind: str) -> Iterator[None]:
    try:
        yield
    except (TypeError, KeyError, AttributeError) as err:
        raise ValueError(f"not the record of a {kind}") from err


@cache
def _reader_of(kind: Any) -> Callable[[Any], Any] | None:
    """Give what makes a value of a declared type of what JSON made of it.

    None where JSON gives the value itself.
    """
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is Union:
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        read_given = _reader_of(*options)
        return read_given and (lambda plain: None if plain is None else read_given(plain))
    if typing.get_origin(kind) is tuple:
        read_item = _reader_of(typing.get_args(kind)[0])
        return (lambda plain: tuple([read_item(part) for part in plain])) if read_item else tuple
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return partial(_read_fields, kind)
    return date.fromisoformat if kind is date else None


@cache
def _readers_of(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Give the fields of a dataclass that JSON cannot give themselves, and their readers."""
    hints = typing.get_type_hints(kind).items()
    return tuple((name, read) for name, hint in hints if (read := _reader_of(hint)))


def _read_fields(kind: Any, plain: Any) -> Any:
    for name, read in _readers_of(kind):
        if name in plain:
            plain[name] = read(plain[name])
    return kind(**plain)
