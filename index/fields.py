"""The fields of a passage in the index: one table, from which everything else derives."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "exact", "keyword", "number", "days", "stored"]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field, what it is made of and what the query language calls it.

    text     words as ambiguity classes, with positions
    exact    words as they are spelt, with positions
    keyword  whole values; `many` when a passage may have several
    number   one number
    days     two numbers, `<name>_start` and `<name>_end`, as `date.toordinal`;
             an undated passage has neither
    stored   bytes that are only given back
    """

    name: str
    kind: FieldKind
    facet: bool = False
    many: bool = False
    names: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the names under which the index stores the field."""
        return (f"{self.name}_start", f"{self.name}_end") if self.kind == "days" else (self.name,)


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("id", "keyword"),
    FieldSpec("document", "keyword", facet=True, names=("dokument", "document")),
    FieldSpec("kind", "keyword", facet=True, names=("rodzaj", "kind")),
    FieldSpec("section", "text", names=("dział", "dzial", "section")),
    FieldSpec("headline", "text", names=("nagłówek", "naglowek", "headline")),
    FieldSpec("text", "text"),
    FieldSpec("exact", "exact"),
    FieldSpec("pair", "keyword", facet=True, many=True, names=("para", "pair")),
    FieldSpec("country", "keyword", facet=True, many=True, names=("kraj", "country")),
    FieldSpec("mentioned", "keyword", many=True, names=("wspomina", "mentioned")),
    FieldSpec("actor", "keyword", facet=True, many=True, names=("aktor", "actor")),
    FieldSpec("source", "keyword", many=True, names=("źródło", "zrodlo", "source")),
    FieldSpec("date", "days", facet=True, names=("data", "date")),
    FieldSpec("ordinal", "number"),
    FieldSpec("record", "stored"),
)

FIELD_OF_NAME: Mapping[str, FieldSpec] = {name: spec for spec in FIELDS for name in spec.names}
"""The field that a name of the query language stands for."""

TEXT_FIELDS: tuple[str, ...] = tuple(spec.name for spec in FIELDS if spec.kind == "text")
FACETS: tuple[str, ...] = tuple(spec.name for spec in FIELDS if spec.facet)

_STORAGE_VERSION = 2


def field_named(name: str) -> FieldSpec | None:
    """Give the field that the query language calls so, in any letter case."""
    return FIELD_OF_NAME.get(name.lower())


def schema_fingerprint() -> str:
    """Give what an index depends on: the fields, their kinds and how they are stored."""
    described = repr([_STORAGE_VERSION, *((f.name, f.kind, f.many) for f in FIELDS)])
    return hashlib.sha256(described.encode()).hexdigest()[:16]
