"""Documents and passages as compact JSON, to be stored and given back unchanged."""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, Union

from corpus.document import Document, Passage

Value = TypeVar("Value")


def passage_to_record(passage: Passage) -> bytes:
    """Give a passage as compact JSON; values at their defaults are left out."""
    return _encode(passage)


def passage_from_record(record: bytes) -> Passage:
    """Give the passage of a record. Raises: ValueError if it is not one."""
    return _decode(Passage, record)


def document_to_record(document: Document) -> bytes:
    """Give a document with its passages as compact JSON."""
    return _encode(document)


def document_from_record(record: bytes) -> Document:
    """Give the document of a record. Raises: ValueError if it is not one."""
    return _decode(Document, record)


def _encode(value: object) -> bytes:
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def _decode(kind: type[Value], record: bytes) -> Value:
    try:
        plain = json.loads(record)
        return typing.cast(Value, _build(kind, {**plain}))
    except (TypeError, KeyError, AttributeError) as err:
        raise ValueError(f"not the record of a {kind.__name__}") from err


def _plain(value: object) -> object:
    """Give a value as JSON has it: fields by name, tuples as lists, days in ISO."""
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(found)
            for field in dataclasses.fields(value)
            if (found := getattr(value, field.name)) != field.default
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _build(kind: Any, plain: Any) -> Any:
    """Give the value of a declared type that `_plain` made `plain` of."""
    if plain is None:
        return None
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is Union:
        (kind,) = (option for option in typing.get_args(kind) if option is not type(None))
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_build(item, part) for part in plain)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        declared = _declared_types(kind)
        return kind(**{name: _build(declared[name], part) for name, part in plain.items()})
    if kind is date:
        return date.fromisoformat(plain)
    if typing.get_origin(kind) is not Literal and not isinstance(plain, kind):
        raise TypeError(f"{plain!r} is not of type {kind}")
    return plain


@cache
def _declared_types(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)
