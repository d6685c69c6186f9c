"""The fields of `index.fields` as Whoosh schemas, and the analyzer behind them."""

from collections.abc import Iterator

from whoosh.analysis import Analyzer
from whoosh.analysis.acore import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, FieldType, Schema

from index.analysis import analyse_text, class_term
from index.fields import FIELDS, FieldSpec
from index.tokenizer import split_words


class ClassAnalyzer(Analyzer):  # type: ignore[misc]
    """Gives each word's ambiguity class, or with `surface` its spelling, at its position.

    The builder indexes terms that it has analysed itself, with the entities named; this
    is what another Whoosh program gets when it opens the index.
    """

    def __init__(self, surface: bool = False) -> None:
        self.surface = surface

    def __call__(self, value: str, **options: object) -> Iterator[WhooshToken]:
        """Analyse a text as Whoosh asks for it: one token object, changed for each word."""
        token = WhooshToken(**options)
        for position, (text, start, end) in enumerate(self._words(value)):
            token.text = text
            token.pos, token.startchar, token.endchar = position, start, end
            token.stopped, token.boost = False, 1.0
            yield token

    def _words(self, value: str) -> Iterator[tuple[str, int, int]]:
        if self.surface:
            yield from ((word.form, word.start, word.end) for word in split_words(value))
        else:
            for token in analyse_text(value):
                yield class_term(token.keys), token.start, token.end


def passage_schema() -> Schema:
    """Give the schema of the index of passages."""
    return Schema(**{name: _field_type(spec) for spec in FIELDS for name in spec.columns})


def document_schema() -> Schema:
    """Give the schema of the index of documents, given back by id or for their likeness."""
    return Schema(id=ID(unique=True), sketch=KEYWORD(), record=STORED())


def _field_type(spec: FieldSpec) -> FieldType:
    match spec.kind:
        case "text":
            return TEXT(analyzer=ClassAnalyzer())
        case "exact":
            return TEXT(analyzer=ClassAnalyzer(surface=True))
        case "keyword" if spec.many:
            return KEYWORD()
        case "keyword":
            return ID(unique=spec.name == "id", sortable=True)
        case "number" | "days":
            # Without tiers: a range is read from the column or from consecutive terms.
            return NUMERIC(int, 32, signed=False, shift_step=0, sortable=True, default=0)
        case "stored":
            return STORED()
