"""A passage as the learned recogniser looks at it, each property of all its words in a list."""

from collections.abc import Sequence

from corpus.actors.word_traits import classify
from corpus.actors.words import Word

REACH = 8
"""How many words back a quotation mark or an announcing word still counts."""
EDGE = "#"

_QUOTES = frozenset('„"“«')
_STOPS = frozenset(";:!?")
_ANNOUNCING = frozenset({"role", "head", "Head"})
_NOWHERE = -REACH - 1


class PassageView:
    """The words of a passage as features read them: each property of all words in a list.

    In `padded` and `padded_classes` edges stand between the sentences; `places` says
    where in them each word is. `quotes` and `announcers` say where the nearest mark or
    word of that kind stands before each word in its clause.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.forms = [word.text for word in words]
        self.classes = [classify(form) for form in self.forms]
        self.capital = [form[0].isupper() for form in self.forms]
        self.sentences = [word.sentence for word in words]
        self.places: list[int] = []
        self.padded: list[str] = []
        self.padded_classes: list[str] = []
        self.quotes: list[int] = []
        self.announcers: list[int] = []
        sentence = -1
        quote = announcer = _NOWHERE
        for at, (form, kind) in enumerate(zip(self.forms, self.classes, strict=True)):
            if self.sentences[at] != sentence:
                self._add_edges()
                sentence = self.sentences[at]
                quote = announcer = _NOWHERE
            self.places.append(len(self.padded))
            self.padded.append(form)
            self.padded_classes.append(kind)
            self.quotes.append(quote)
            self.announcers.append(announcer)
            if form in _STOPS:
                quote = announcer = _NOWHERE
            elif form in _QUOTES:
                quote = at
            elif kind in _ANNOUNCING:
                announcer = at
        self._add_edges()

    def _add_edges(self) -> None:
        self.padded += (EDGE, EDGE)
        self.padded_classes += (EDGE, EDGE)
