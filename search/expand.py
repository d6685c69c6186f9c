"""From words as typed to the keys and forms of one index; whatever is added is said.

A word keeps all its keys of analysis, and gets those of what it was probably meant to be.
Country names also get the country's own key, so that *KRLD* finds *Korei Północnej*, and
the names of actors and synonyms are found by their other names, inside phrases too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.countries.gazetteer import country_name
from index.analysis import analyse_text, analyse_word
from index.entities import country_key
from index.fields import TEXT_FIELDS
from index.keys import split_compound
from index.lexicon import Lexicon
from search.country_names import SEATS, find_country_names, other_names
from search.forms import find_forms
from search.function_words import is_function_word, read_name
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
from search.spelling import mend_spelling
from search.spelt_phrases import find_names, spell_phrase
from search.synonyms import Synonyms


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
                return next(self._expand_words((node,)))
            case Phrase(words, slop):
                return self._expand_phrase(words, slop)
            case Field(field, value) if field in TEXT_FIELDS:
                tokens = analyse_text(value)
                return And(tuple(Term(token.form, token.keys, field=field) for token in tokens))
            case Exact(text):
                return _near(tuple(Forms(form, (form,)) for form in text.split()), 0)
            case Wildcard() | Fuzzy():
                return self._expand_forms(node)
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
                yield from self._expand_words([each for each in run if isinstance(each, Word)])
            else:
                yield from map(self.expand, run)

    def _expand_words(self, words: Sequence[Word]) -> Iterator[Node]:
        """Resolve neighbouring words; those that name a country or an actor become one."""
        texts = tuple(word.text for word in words)
        demanding = not all(map(is_function_word, texts))
        countries = {start: (end, code) for start, end, code in find_country_names(texts)}
        names = {name.start: name for name in self._synonyms.find(texts, self._may_stand)}
        related = self._find_related(texts, {code for _, code in countries.values()})
        at = 0
        while at < len(texts):
            if at in names:
                end = names[at].end
                self._note_names(names[at].text, names[at].others, end - at)
                yield names[at].resolve()
            elif at in countries:
                end, code = countries[at]
                yield self._country_term(" ".join(texts[at:end]), code, end - at)
            elif at in related:
                end, code = related[at]
                own = tuple(self._expand_word(texts, each) for each in range(at, end))
                yield _add_country(" ".join(texts[at:end]), own, code)
            else:
                end = at + 1
                yield self._expand_word(texts, at, demanding)
            at = end

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

    def _country_term(self, text: str, code: str, words: int) -> Term:
        names = tuple(name for name in other_names(code, text) if self._has_words(name))
        self._note_names(text, names, words)
        own = analyse_word(text).keys if words == 1 else ()
        return Term(text, tuple(dict.fromkeys((*own, country_key(code)))))

    def _has_words(self, name: str) -> bool:
        """Tell whether the index has all words of a name: what it has not adds nothing."""
        return self._may_stand(analyse_word(word).keys for word in name.split())

    def _may_stand(self, words: Iterable[tuple[str, ...]]) -> bool:
        return all(self._lexicon.classes_of(keys) for keys in words)

    def _note_names(self, typed: str, others: tuple[str, ...], words: int) -> None:
        """Say what else is found; neither a quoted word nor a proximity is taken for a name."""
        plain = f'"{typed}"' if words == 1 else f'"{typed}"~{words - 1}'
        if others:
            # Whole names first: an acronym may be read as that of something else.
            names = sorted(others, key=str.isupper)
            self._note(Note("alias", (typed, *names), query=plain))

    def _expand_word(self, texts: Sequence[str], at: int, demanding: bool = False) -> Node:
        """Resolve one word; a function word is optional where other words demand something."""
        text = texts[at]
        by_the_way = is_function_word(text)
        named = read_name(texts, at, self._lexicon) if by_the_way else ()
        if named:
            return Term(text, named)
        analysis = analyse_word(text)
        if analysis.parts:
            spelt = zip(split_compound(text), analysis.parts, strict=True)
            # Two hyphens in a row have nothing between them.
            parts = tuple(Term(text, self._mend(part, keys)) for part, keys in spelt if part)
            return And(parts) if len(parts) > 1 else parts[0]
        return Term(text, self._mend(text, analysis.keys), by_the_way and demanding)

    def _mend(self, text: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        spelling = mend_spelling(text, keys, self._lexicon)
        if spelling.note:
            self._note(spelling.note)
        return spelling.keys

    def _expand_phrase(self, words: tuple[str | Wildcard | Fuzzy, ...], slop: int) -> Node:
        texts = tuple(word if isinstance(word, str) else "" for word in words)
        exact = len(words) > 1 and all(texts) and not slop
        names = find_names(texts, self._synonyms, self._may_stand) if exact else []
        if names:
            others = dict.fromkeys(other for name in names for other in name.others)
            self._note_names(" ".join(texts), tuple(others), len(texts))
            return spell_phrase(texts, names, lambda at: self._expand_in_phrase(texts, at))
        found = tuple(
            self._expand_in_phrase(texts, at) if isinstance(word, str) else self._expand_forms(word)
            for at, word in enumerate(words)
        )
        return _near(found, slop)

    def _expand_in_phrase(self, texts: Sequence[str], at: int) -> Term:
        word = texts[at]
        node = self._expand_word(texts, at)
        # Inside a phrase a compound stands at one position: any of its keys will do.
        term = node if isinstance(node, Term) else Term(word, analyse_word(word).keys)
        related = self._find_related((word,)).values() if len(texts) > 1 else ()
        return Term(word, (*term.keys, *(country_key(code) for _, code in related)))

    def _expand_forms(self, word: Wildcard | Fuzzy) -> Forms:
        forms, notes = find_forms(word, self._lexicon)
        for note in notes:
            self._note(note)
        return forms


def _near(words: tuple[Term | Forms, ...], slop: int) -> Node:
    return words[0] if len(words) == 1 else Near(words, slop)


def _add_country(text: str, own: tuple[Node, ...], code: str) -> Node:
    """Give words that may also stand for a country: at their position, where they have one."""
    match own:
        case (Term(keys=keys),):
            return Term(text, (*keys, country_key(code)))
        case _:
            return Or((And(own), Term(text, (country_key(code),))))
