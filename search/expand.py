"""From words as typed to the keys and forms of one index; whatever is added is said.

A word keeps all its keys of analysis. Country names also get the country's own key, so
that *KRLD* finds *Korei Północnej*. A word typed without diacritics, unless both the
dictionary and the index know it so, gets the keys that differ from its own in diacritics
only. A word that neither knows gets the keys of words that are a slip of the finger away.
Where slips are asked for (`zelnski~`), the forms themselves are taken, nearest first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.countries.mentions import country_name, equal_names
from corpus.morphology import analyse
from index.analysis import analyse_text, analyse_word, fold
from index.entities import country_key
from index.fields import TEXT_FIELDS
from index.keys import keys_of, split_compound
from index.lexicon import Lexicon
from search.country_names import SEATS, find_country_names
from search.query import (
    And,
    Exact,
    Field,
    Forms,
    Fuzzy,
    Near,
    Node,
    Not,
    Note,
    Or,
    Phrase,
    Related,
    Term,
    Wildcard,
    Word,
)
from search.synonyms import Synonyms, spell_phrase
from search.syntax import load_syntax

MAX_WILDCARD_FORMS = 1_000
MAX_FUZZY_FORMS = 50
MIN_TYPO_LETTERS = 5
MAX_SHOWN_CHARS = 60

_FUNCTION_WORDS = frozenset({"prep", "conj", "comp", "part", "interj"})


@dataclass(frozen=True, slots=True)
class Expanded:
    """A tree of resolved leaves, and notes on everything that was added."""

    root: Node
    notes: tuple[Note, ...]


def expand_query(root: Node, lexicon: Lexicon, synonyms: Synonyms) -> Expanded:
    """Resolve every word of a tree against the words of an index."""
    notes: list[Note] = []
    resolved = _Expander(lexicon, synonyms, notes.append).expand(root)
    return Expanded(resolved, tuple(dict.fromkeys(notes)))


class _Expander:
    def __init__(
        self,
        lexicon: Lexicon,
        synonyms: Synonyms,
        note: Callable[[Note], None],
        related: tuple[str, ...] = (),
    ) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._note = note
        self._related = related

    def expand(self, node: Node) -> Node:
        match node:
            case Word():
                return self._expand_words((node,))[0]
            case Phrase(words, slop):
                return self._expand_phrase(words, slop)
            case Field(field, value) if field in TEXT_FIELDS:
                tokens = analyse_text(value)
                return And(tuple(Term(token.form, token.keys, field=field) for token in tokens))
            case Exact(text):
                return _near(tuple(Forms(form, (form,)) for form in text.split()), 0)
            case Wildcard() | Fuzzy():
                return self._expand_pattern(node)
            case And(children):
                return And(tuple(self._expand_children(children)))
            case Or(children):
                return Or(tuple(self.expand(child) for child in children))
            case Not(child):
                return Not(self.expand(child))
            case Related(child, countries):
                return _Expander(self._lexicon, self._synonyms, self._note, countries).expand(child)
            case _:
                return node

    def _expand_children(self, children: Iterable[Node]) -> Iterator[Node]:
        for are_words, run in groupby(children, key=lambda child: isinstance(child, Word)):
            if are_words:
                words = tuple(child for child in run if isinstance(child, Word))
                expanded = self._expand_words(words)
                demanding = any(not is_function_word(word.text) for word in words)
                for node in expanded:
                    if demanding and isinstance(node, Term) and is_function_word(node.word):
                        yield Term(node.word, node.keys, optional=True)
                    else:
                        yield node
            else:
                yield from (self.expand(child) for child in run)

    def _expand_words(self, words: tuple[Word, ...]) -> tuple[Node, ...]:
        """Resolve neighbouring words; those that name a country or an actor become one."""
        texts = tuple(word.text for word in words)
        expanded: list[Node] = []
        at = 0
        countries = {start: (end, code) for start, end, code in find_country_names(texts)}
        names = {name.start: name for name in self._synonyms.find(texts, self._may_stand)}
        related = self._find_related(texts, {code for _, code in countries.values()})
        while at < len(texts):
            end, code = countries.get(at, (at + 1, ""))
            if at in names:
                end = names[at].end
                self._note_names(names[at].text, names[at].others, end - at)
                expanded.append(names[at].resolve())
            elif code:
                expanded.append(self._country_term(" ".join(texts[at:end]), code, end - at == 1))
            else:
                end, code = related.get(at, (at + 1, ""))
                own = tuple(map(self._expand_word, texts[at:end]))
                expanded.append(_add_country(" ".join(texts[at:end]), own, code))
            at = end
        return tuple(expanded)

    def _find_related(
        self, texts: tuple[str, ...], named: Iterable[str] = ()
    ) -> dict[int, tuple[int, str]]:
        """Give the capitals and seats of government that count as their countries, by place.

        The country that each of the others may stand for is offered.
        """
        found = {}
        for start, end, code in find_country_names(texts, SEATS):
            typed, country = " ".join(texts[start:end]), country_name(code)
            if code in self._related:
                self._note(Note("related_added", (typed, country, code)))
                found[start] = (end, code)
            elif code not in named:
                self._note(Note("related", (typed, country, code)))
        return found

    def _country_term(self, text: str, code: str, one_word: bool) -> Term:
        names = tuple(name for name in equal_names(code) if name.casefold() != text.casefold())
        if names:
            self._note_names(text, names, 1 if one_word else 2)
        own = analyse_word(text).keys if one_word else ()
        return Term(text, tuple(dict.fromkeys((*own, country_key(code)))))

    def _may_stand(self, words: Iterable[tuple[str, ...]]) -> bool:
        return all(self._lexicon.classes_of(keys) for keys in words)

    def _note_names(self, typed: str, others: tuple[str, ...], words: int) -> None:
        """Say what else is found; neither a quoted word nor a proximity is taken for a name."""
        plain = f'"{typed}"' if words == 1 else f'"{typed}"~{words - 1}'
        # Whole names first: an acronym may be read as that of something else.
        names = sorted(others, key=str.isupper)
        self._note(Note("alias", (typed, *names), query=plain))

    def _expand_word(self, text: str) -> Node:
        analysis = analyse_word(text)
        if analysis.parts:
            spelt = zip(split_compound(text), analysis.parts, strict=True)
            # Two hyphens in a row have nothing between them.
            parts = tuple(Term(text, self._add_likely(part, keys)) for part, keys in spelt if part)
            return And(parts) if len(parts) > 1 else parts[0]
        return Term(text, self._add_likely(text, analysis.keys))

    def _add_likely(self, text: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Give the keys of a word with those of what it was probably meant to be."""
        in_dictionary = bool(analyse(text) or analyse(text.lower()))
        in_index = bool(self._lexicon.classes_of(keys))
        if in_dictionary and (in_index or not text.isascii()):
            if not in_index:
                self._note_missing(text)
            return keys
        own = set(keys)
        added = tuple(key for key in self._lexicon.keys_folded(fold(text), keys) if key not in own)
        if added:
            self._note_added("diacritics", text, added)
        elif in_dictionary:
            self._note_missing(text)
        elif not in_index:
            added = self._mend_slip(text)
        return (*keys, *added)

    def _mend_slip(self, text: str) -> tuple[str, ...]:
        """Give the keys of what a slip of the finger could have meant."""
        near = self._lexicon.keys_near(fold(text)) if len(text) >= MIN_TYPO_LETTERS else ()
        if near:
            form = self._lexicon.form_near(fold(text))
            if form and not set(near).isdisjoint(keys_of(form)):  # a stem is no word to show
                self._note(Note("slip", (text, form), query=f'="{text}"'))
            else:
                self._note_added("slip", text, near)
        else:
            self._note_missing(text)
        return near

    def _note_missing(self, text: str) -> None:
        """Offer the form that a word could have been meant to be; never search it."""
        form = self._lexicon.form_near(fold(text)) if len(text) >= MIN_TYPO_LETTERS else None
        if form is None:
            self._note(Note("unknown_word", (text[:MAX_SHOWN_CHARS],)))
        else:
            self._note(Note("did_you_mean", (text, form), query=form))

    def _note_added(self, code: str, text: str, added: Iterable[str]) -> None:
        shown = sorted({key.partition(":")[2] for key in added})
        self._note(Note(code, (text, *shown), query=f'="{text}"'))

    def _expand_phrase(self, words: tuple[str | Wildcard | Fuzzy, ...], slop: int) -> Node:
        plain = tuple(word for word in words if isinstance(word, str))
        if len(words) > 1 and plain == words and not slop:
            for start, end, code in find_country_names(plain):
                if (start, end) == (0, len(words)):
                    return self._country_term(" ".join(plain), code, one_word=False)
        terms: list[Term | Forms] = []
        for word in words:
            if not isinstance(word, str):
                terms.append(self._expand_pattern(word))
                continue
            node = self._expand_word(word)
            if len(words) > 1:
                for _, code in self._find_related((word,)).values():
                    node = _add_country(word, (node,), code)
            # Inside a phrase a compound stands at one position: any of its keys will do.
            terms.append(node if isinstance(node, Term) else Term(word, analyse_word(word).keys))
        quoted = plain if len(words) > 1 and plain == words and not slop else ()
        names = tuple(self._synonyms.find(quoted, self._may_stand))
        if not names:
            return _near(tuple(terms), slop)
        others = dict.fromkeys(other for name in names for other in name.others)
        self._note_names(" ".join(plain), tuple(others), len(words))
        return spell_phrase([term for term in terms if isinstance(term, Term)], names)

    def _expand_pattern(self, word: Wildcard | Fuzzy) -> Forms:
        match word:
            case Wildcard(pattern):
                return self._expand_wildcard(pattern)
            case Fuzzy():
                return self._expand_fuzzy(word)

    def _expand_fuzzy(self, fuzzy: Fuzzy) -> Forms:
        """Take the forms a few slips away, the nearest first, then the more frequent."""
        found = self._lexicon.forms_within(fold(fuzzy.word), fuzzy.slips)
        frequency = self._lexicon.frequency
        found.sort(key=lambda near: (near[1], -frequency(near[0]), near[0]))
        forms = tuple(form for form, _ in found[:MAX_FUZZY_FORMS])
        if len(found) > MAX_FUZZY_FORMS:
            self._note(Note("fuzzy_cut", (fuzzy.typed, str(MAX_FUZZY_FORMS))))
        if forms:
            self._note(Note("fuzzy", (fuzzy.typed, *forms), query=fuzzy.word))
        else:
            self._note(Note("unknown_word", (fuzzy.typed,)))
        return Forms(fuzzy.typed, forms)

    def _expand_wildcard(self, pattern: str) -> Forms:
        found = self._lexicon.forms_matching(pattern, MAX_WILDCARD_FORMS + 1)
        if len(found) > MAX_WILDCARD_FORMS:
            self._note(Note("wildcard_cut", (pattern, str(MAX_WILDCARD_FORMS))))
        if not found:
            self._note(Note("unknown_word", (pattern,)))
        return Forms(pattern, found[:MAX_WILDCARD_FORMS])


def _near(words: tuple[Term | Forms, ...], slop: int) -> Node:
    return words[0] if len(words) == 1 else Near(words, slop)


def _add_country(text: str, own: tuple[Node, ...], code: str) -> Node:
    """Give words that may also stand for a country: at their position, where they have one."""
    if not code:
        return own[0]
    match own:
        case (Term(keys=keys),):
            return Term(text, (*keys, country_key(code)))
        case _:
            return Or((And(own), Term(text, (country_key(code),))))


def is_function_word(text: str) -> bool:
    """Tell whether a word says nothing alone: a preposition, a conjunction, "who" or "when"."""
    readings = analyse(text.lower())
    if any(reading.lemma in load_syntax().questions for reading in readings):
        return True
    return bool(readings) and all(reading.pos in _FUNCTION_WORDS for reading in readings)
