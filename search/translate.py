"""A resolved query tree and its filters as Whoosh query objects."""

from collections.abc import Callable

from whoosh import query as wq

from corpus.document import DateRange
from search.query import (
    All,
    And,
    Field,
    Filters,
    Forms,
    Near,
    Node,
    Not,
    Or,
    Same,
    Term,
)
from search.values import MISSING, parse_range
from search.whoosh_queries import Alternatives, Synonyms

# A word in the headline counts on top of the same word in the text.
HEADLINE_BOOST = 0.5

ClassesOf = Callable[[tuple[str, ...]], tuple[str, ...]]


def translate(node: Node, classes_of: ClassesOf) -> wq.Query:
    """Give the Whoosh query of a resolved tree.

    Args:
        classes_of: the index terms that share a key with the given ones.
    """
    match node:
        case All():
            return wq.Every()
        case Term(keys=keys, field=field) if field != "text":
            return Alternatives(field, classes_of(keys))
        case Term(keys=keys):
            terms = classes_of(keys)
            return wq.AndMaybe(
                Alternatives("text", terms), Alternatives("headline", terms, HEADLINE_BOOST)
            )
        case Forms():
            return _word(node, classes_of)
        case Near(words, slop):
            subqueries = [_word(word, classes_of) for word in words]
            return _sequence(subqueries, slop)
        case Same(names=names):
            text, headline = (
                [_translate_name(name, field, classes_of) for name in names]
                for field in ("text", "headline")
            )
            return wq.AndMaybe(Synonyms(text), Synonyms(headline, boost=HEADLINE_BOOST))
        case Field(field, value):
            return translate_value(field, value)
        case And(children):
            return _translate_and(children, classes_of)
        case Or(children):
            return wq.Or([translate(child, classes_of) for child in children])
        case Not(child):
            return wq.Not(translate(child, classes_of))
        case _:
            raise TypeError(f"{type(node).__name__} is not resolved")


def translate_value(field: str, value: str) -> wq.Query:
    """Give the Whoosh query of one value of a field; a date range means overlap."""
    if field == "date":
        dated = wq.NumericRange("date_start", 1, None)
        return wq.Not(dated) if value == MISSING else overlap(parse_range(value))
    if value == MISSING:
        return wq.Not(wq.Every(field))
    return wq.Term(field, value)


def overlap(dates: DateRange) -> wq.Query:
    """Find passages whose own dates share a day with `dates`."""
    return wq.And(
        [
            wq.NumericRange("date_start", None, dates.end.toordinal()),
            wq.NumericRange("date_end", dates.start.toordinal(), None),
        ]
    )


def translate_filters(filters: Filters, *, without: str = "") -> wq.Query | None:
    """Give the Whoosh query of all filters but those of one facet; None when there are none."""
    parts: list[wq.Query] = []
    for field, choice in filters.choices.items():
        if field == without:
            continue
        if choice.include:
            parts.append(wq.Or([translate_value(field, value) for value in choice.include]))
        parts.extend(wq.Not(translate_value(field, value)) for value in choice.exclude)
    if filters.dates is not None and without != "date":
        parts.append(overlap(filters.dates))
    return wq.And(parts) if parts else None


def _translate_and(children: tuple[Node, ...], classes_of: ClassesOf) -> wq.Query:
    required = [c for c in children if not (isinstance(c, Term) and c.optional)]
    optional = [c for c in children if isinstance(c, Term) and c.optional]
    query = wq.And([translate(child, classes_of) for child in required])
    if not optional:
        return query
    return wq.AndMaybe(query, wq.Or([translate(child, classes_of) for child in optional]))


def _translate_name(name: Term | Near, field: str, classes_of: ClassesOf) -> wq.Query:
    if isinstance(name, Term):
        return _word(name, classes_of, field)
    return _sequence([_word(word, classes_of, field) for word in name.words], name.slop)


def _sequence(words: list[Alternatives], slop: int) -> wq.Sequence:
    return wq.Sequence(words, slop=slop or 1, ordered=not slop)


def _word(word: Term | Forms, classes_of: ClassesOf, field: str = "text") -> Alternatives:
    if isinstance(word, Forms):
        return Alternatives("exact", word.forms)
    return Alternatives(field, classes_of(word.keys))
