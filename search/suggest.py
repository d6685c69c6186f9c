"""Completion of what is being typed: actors, countries, pairs, documents, and words.

Only the end of the text is completed; what stands before it stays as it is. Words are
offered in the form that the texts use most, never as stems.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest

from index.analysis import analyse_word
from index.fields import FIELD_OF_NAME
from index.lexicon import Lexicon
from index.tokenizer import fold
from search.function_words import is_function_word, names_actor
from search.lexer import QUOTES
from search.names import Named, NameTable, ValueKind
from search.results import Suggestion

MAX_SUGGESTIONS = 50
MAX_TYPED_CHARS = 200
_LONGEST_NAME = 5
"""Words of a name, at most, that are looked at before the one being typed."""
_MOST_FORMS_SEEN = 40
_MOST_PHRASES_TRIED = 6
"""Each is looked for, since the words of a phrase may be frequent and stand nowhere together."""

_NAMED_KINDS: tuple[ValueKind, ...] = ("actor", "country", "pair", "document")
"""What a bare word may begin the name of."""
_FIELD_NAMES: Mapping[ValueKind, str] = {
    "actor": "aktor",
    "country": "kraj",
    "pair": "para",
    "document": "dokument",
    "kind": "rodzaj",
    "source": "źródło",
}
_LAST_WORD = re.compile(r'[-+(]*(?P<word>[^\s:"()]*)\Z')
_FIELD_VALUE = re.compile(r'(?P<field>[^\W\d_]+):(?P<value>[^":()]*)\Z')
_OPENED_FIELD = re.compile(r"(?P<field>[^\W\d_]+):\Z")
_BLANK = re.compile(r"\s")


def suggest(
    text: str,
    limit: int,
    names: Mapping[ValueKind, NameTable],
    lexicon: Lexicon,
    count_word: Callable[[str], int],
    count_query: Callable[[str], int],
) -> tuple[Suggestion, ...]:
    """Give completions of a text, as many of each kind as there is room for.

    Args:
        count_word: how many passages have a word, in any inflection.
        count_query: how many a whole query finds.
    """
    text = text.translate(QUOTES)
    if len(text) > MAX_TYPED_CHARS:
        return ()
    if text.count('"') % 2:
        return _complete_quotation(text, limit, names, lexicon, count_query)
    value = _FIELD_VALUE.search(text)
    if value is not None:
        found = _complete_field(value["field"], value["value"], limit, names)
        if found or not _BLANK.search(value["value"]):
            return tuple(_suggest_value(entry, text[: value.start()]) for entry in found)
    last = _LAST_WORD.search(text)
    if last is None or not fold(last["word"]).strip():
        return ()
    head = text[: last.start("word")]
    kinds: list[list[Suggestion]] = [
        list(_complete_names(head, last["word"], limit, names[kind])) for kind in _NAMED_KINDS
    ]
    room = max(limit - sum(map(len, kinds)), -(-limit // (len(_NAMED_KINDS) + 1)))
    forms = _complete_word(last["word"], lexicon)
    terms = (Suggestion("term", form, form, count_word(form), head + form) for form in forms)
    kinds.append(list(islice(filter(_finds_something, terms), room)))
    return _share_room(kinds, limit)


def _complete_quotation(
    text: str,
    limit: int,
    names: Mapping[ValueKind, NameTable],
    lexicon: Lexicon,
    count_query: Callable[[str], int],
) -> tuple[Suggestion, ...]:
    """Complete what stands behind an open quotation mark, and close it."""
    head, _, inside = text.rpartition('"')
    opened = _OPENED_FIELD.search(head)
    if opened is not None:
        found = _complete_field(opened["field"], inside, limit, names)
        return tuple(_suggest_value(entry, head[: opened.start()]) for entry in found)
    last = _LAST_WORD.search(inside)
    if last is None or not fold(last["word"]).strip():
        return ()
    before = inside[: last.start("word")]
    kinds = []
    if not head.endswith("="):
        kinds = [
            [_suggest_value(entry, head) for entry in names[kind].complete(inside, limit)]
            for kind in _NAMED_KINDS
        ]
    phrases = []
    sign = "=" * head.endswith("=")
    for form in islice(_complete_word(last["word"], lexicon), _MOST_PHRASES_TRIED):
        phrase = f'"{before}{form}"'
        count = count_query(sign + phrase)
        phrases.append(Suggestion("term", form, before + form, count, head + phrase))
    kinds.append(list(filter(_finds_something, phrases)))
    return _share_room(kinds, limit)


def _complete_field(
    name: str, typed: str, limit: int, names: Mapping[ValueKind, NameTable]
) -> list[Named]:
    """Give the values of a field that begin as typed; the most frequent ones of nothing typed."""
    spec = FIELD_OF_NAME.get(name.lower())
    kind = next((kind for kind in names if spec is not None and spec.name == kind), None)
    return names[kind].complete(typed, limit) if kind else []


def _complete_names(head: str, word: str, limit: int, table: NameTable) -> Iterator[Suggestion]:
    """Complete the longest end of the text that begins any name: "premier igor mor"."""
    words = list(re.finditer(r"[^\s]+", head))
    plain = words[len(words) - _trailing(words) :]
    for number in range(min(len(plain), _LONGEST_NAME), -1, -1):
        start = plain[len(plain) - number].start() if number else len(head)
        found = table.complete(head[start:] + word, limit)
        if found:
            yield from (_suggest_value(entry, head[:start]) for entry in found)
            return


def _trailing(words: Sequence[re.Match[str]]) -> int:
    """Count the words at the end that are no operators, fields or phrases."""
    for count, found in enumerate(reversed(words)):
        if _is_special(found.group()):
            return count
    return len(words)


def _is_special(word: str) -> bool:
    return word in ("AND", "OR", "NOT") or any(sign in word for sign in '":()*?') or word[0] in "-+"


def _complete_word(word: str, lexicon: Lexicon) -> Iterator[str]:
    """Complete one word; of several inflected forms only the most frequent one is given."""
    taken: set[str] = set()
    for form in lexicon.frequent_forms(fold(word), _MOST_FORMS_SEEN):
        keys = set(analyse_word(form).keys)
        says_something = not is_function_word(form) or names_actor(form, lexicon)
        if says_something and not taken & keys:
            taken |= keys
            yield form


def _finds_something(suggestion: Suggestion) -> bool:
    return suggestion.count > 0


def _suggest_value(entry: Named, head: str) -> Suggestion:
    value = entry.label if entry.kind in ("actor", "kind") else entry.value
    query = f"{_FIELD_NAMES[entry.kind]}:{_quote(value)}"
    return Suggestion(entry.kind, entry.value, entry.label, entry.count, head + query)


def _quote(value: str) -> str:
    return value if re.fullmatch(r"[\w.-]+", value) else f'"{value.replace(chr(34), "")}"'


def _share_room(kinds: Sequence[Sequence[Suggestion]], limit: int) -> tuple[Suggestion, ...]:
    """Give the best of each kind in turn until the room is used up, kind after kind."""
    turns = chain.from_iterable(zip_longest(*kinds))
    chosen = set(list(filter(None, turns))[:limit])
    return tuple(each for kind in kinds for each in kind if each in chosen)
