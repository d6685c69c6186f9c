"""Documents and passages as compact JSON, to be stored and given back unchanged."""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any, Union

from corpus.document import Document, Passage

_ACTORS = b'"actors":'
_PASSAGES = b',"passages":'
_DECODER = json.JSONDecoder()


def passage_to_record(passage: Passage) -> bytes:
    """Give a passage as compact JSON; values at their defaults are left out."""
    return _encode(passage)


def passage_from_record(record: bytes) -> Passage:
    """Give the passage of a record. Raises: ValueError if it is not one."""
    with _reading("Passage"):
        passage: Passage = _read_fields(Passage, json.loads(record))
        return passage


def actor_names_from_record(record: bytes) -> dict[str, str]:
    """Give the actors of a passage's record, names by their ids, and nothing else of it."""
    # A quotation mark inside a string has a backslash before it: this is the field itself.
    at = record.find(_ACTORS)
    if at < 0:
        return {}
    with _reading("Passage"):
        actors, _ = _DECODER.raw_decode(record[at + len(_ACTORS) :].decode())
        return {actor["id"]: actor["name"] for actor in actors}


def document_to_record(document: Document) -> bytes:
    """Give a document as compact JSON without its passages, which are stored themselves.

    Of its text only what stands between the passages is kept.
    """
    gaps = _cut(document.text, [(p.start, p.end, p.text) for p in document.passages])
    if gaps is None:  # passages that do not follow each other in the text
        return _encode([replace(document, passages=()), None])
    return _encode([replace(document, passages=(), text=""), gaps])


def document_from_record(record: bytes, passages: tuple[Passage, ...]) -> Document:
    """Give the document of a record and its passages. Raises: ValueError if it is not one."""
    with _reading("Document"):
        plain, gaps = json.loads(record)
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
        plain = json.loads(record[1:end] + b"}")
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


def _encode(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


@contextmanager
def _reading(kind: str) -> Iterator[None]:
    try:
        yield
    except (TypeError, KeyError, AttributeError) as err:
        raise ValueError(f"not the record of a {kind}") from err


def _plain(value: Any) -> object:
    """Give a value as JSON has it: fields by name, days in ISO."""
    if isinstance(value, date):
        return value.isoformat()
    names, defaults, get = _fields_of(value.__class__)
    found = zip(names, get(value), defaults, strict=True)
    return {name: given for name, given, default in found if given is not default}


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_plain
)


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], tuple[object, ...], Callable[[object], Any]]:
    """Give the names of the fields, their defaults, and what reads all of them."""
    fields = dataclasses.fields(kind)
    names = tuple(field.name for field in fields)
    return names, tuple(field.default for field in fields), attrgetter(*names)


@cache
def _reader_of(kind: Any) -> Callable[[Any], Any] | None:
    """Give what makes a value of a declared type of what `_plain` made of it.

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
