"""What the learned recogniser looks at: each word, its neighbours, and its document.

A feature is a string. Those of one word come in groups, each named by what it depends on
(a form, the classes of five words, ...) and expanded only when first met, so that the
tagger adds up one vector a group rather than one a feature. Training and tagging both
read them from here.
"""

from collections.abc import Iterator, Sequence

from corpus.actors.document_flags import OPENING_MARKS, DocumentFlags
from corpus.actors.word_traits import classify, list_lemmas, read_names, read_shape, stem_word
from corpus.actors.words import Word, describe_form
from corpus.morphology import analyse

Features = tuple[str, ...]
Group = tuple[str, ...]

_QUOTES = frozenset('„"“«')
_STOPS = frozenset(";:!?")
_REACH = 8
_ANNOUNCING = frozenset({"role", "head", "Head"})
_EDGE = "#"


class PassageView:
    """The words of a passage as features read them: each property of all words in a list.

    In `padded` and `padded_classes` edges stand between the sentences; `places` says
    where in them each word is.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.forms = [word.text for word in words]
        self.classes = [classify(form) for form in self.forms]
        self.capital = [form[0].isupper() for form in self.forms]
        self.sentences = [word.sentence for word in words]
        self.places: list[int] = []
        self.padded: list[str] = []
        self.padded_classes: list[str] = []
        sentence = -1
        for word, kind in zip(words, self.classes, strict=True):
            if word.sentence != sentence:
                self._add_edges()
                sentence = word.sentence
            self.places.append(len(self.padded))
            self.padded.append(word.text)
            self.padded_classes.append(kind)
        self._add_edges()

    def _add_edges(self) -> None:
        self.padded += (_EDGE, _EDGE)
        self.padded_classes += (_EDGE, _EDGE)


def list_groups(view: PassageView, at: int, flags: DocumentFlags) -> tuple[Group, ...]:
    """Give the groups of features that word number `at` of a passage has."""
    place = view.places[at]
    before2, before, own, after, after2 = view.padded[place - 2 : place + 3]
    classes = view.padded_classes[place - 2 : place + 3]
    capital = view.capital[at]
    return (
        ("own", own),
        ("-1", before),
        ("+1", after),
        ("-2", before2),
        ("+2", after2),
        ("capital" if capital else "plain", *classes),
        ("", *_read_surroundings(view, at)),
        ("", *_read_document(view, at, flags)) if capital else ("",),
    )


def expand_group(group: Group) -> Features:
    """Give the features of a group."""
    kind, *rest = group
    if kind == "own":
        return _describe_word(rest[0])
    if kind in ("-1", "+1"):
        return _describe_neighbour(rest[0], kind)
    if kind in ("-2", "+2"):
        return _describe_distant(rest[0], kind)
    if kind in ("capital", "plain"):
        return _join_classes(rest, capital=kind == "capital")
    return tuple(rest)


def _describe_word(form: str) -> Features:
    """Give the features of a form by itself."""
    found = [f"w={form.lower()}", f"c={classify(form)}", f"s={read_shape(form)}"]
    if not form[0].isalpha():
        return tuple(found)
    sense = describe_form(form)
    names = read_names(form)
    found += [f"l={lemma}" for lemma in list_lemmas(form)]
    found += [f"p={part}" for part in sorted(sense.parts_of_speech)]
    found.append(f"q={names}")
    if form[0].isupper():
        low = form.lower()
        found += [f"f{size}={low[-size:]}" for size in (2, 3, 4)]
        found += [f"a{size}={low[:size]}" for size in (3, 4)]
        lower_too = bool(analyse(low))
        found += [
            f"stem={stem_word(form)}",
            f"len={min(len(form), 8)}",
            f"k={sense.known:d}{lower_too:d}{names}",
            f"cases={'.'.join(sorted(sense.cases))}",
        ]
        if "-" in form:
            found.append(f"hyphen={form.partition('-')[2][:1].isupper():d}")
        if "'" in form or "’" in form:
            found.append("apostrophe")
        if sense.family_first:
            found.append("family first")
    if sense.role:
        found.append("role")
    if sense.head:
        found.append("head")
    return tuple(found)


def _describe_neighbour(form: str, place: str) -> Features:
    """Give what the words beside a form look at in it."""
    if form == _EDGE:
        return (f"{place}edge",)
    found = [
        f"{place}w={form.lower()}",
        f"{place}c={classify(form)}",
        f"{place}s={read_shape(form)}",
    ]
    if form[0].isalpha():
        found.append(f"{place}q={read_names(form)}")
        found += [f"{place}l={lemma}" for lemma in list_lemmas(form)[:2]]
        if form[0].isupper():
            found.append(f"{place}f3={form.lower()[-3:]}")
    return tuple(found)


def _describe_distant(form: str, place: str) -> Features:
    """Give what the words two places away look at in a form."""
    if form == _EDGE:
        return ()
    lemmas = list_lemmas(form)[:1] if form[0].isalpha() else ()
    return (
        f"{place}c={classify(form)}",
        f"{place}s={read_shape(form)}",
        *(f"{place}l={lemma}" for lemma in lemmas),
    )


def _join_classes(classes: Sequence[str], capital: bool) -> Features:
    before2, before, own, after, after2 = classes
    found = [f"b-={before}_{own}", f"b+={own}_{after}", f"t={before}_{own}_{after}"]
    if capital:
        found += [f"t-={before2}_{before}_{own}", f"t+={own}_{after}_{after2}"]
    return tuple(found)


def _read_surroundings(view: PassageView, at: int) -> Iterator[str]:
    """Give the run of capitals that a word stands in, and what announces it on the left."""
    sentence = view.sentences[at]
    if view.capital[at]:
        left = at
        while left and view.capital[left - 1] and view.sentences[left - 1] == sentence:
            left -= 1
        right = at + 1
        while right < len(view.forms) and view.capital[right] and view.sentences[right] == sentence:
            right += 1
        yield f"run={min(at - left, 3)}/{min(right - left, 4)}"
        yield f"run0={view.classes[left]}"
        if "Head" in view.classes[left:at]:
            yield "head in run"
            return
    quoted = announced = False
    for index in range(at - 1, max(-1, at - _REACH - 1), -1):
        form = view.forms[index]
        if view.sentences[index] != sentence or form in _STOPS:
            break
        if not quoted and form in _QUOTES:
            quoted = True
            yield "quoted"
        if not announced and view.classes[index] in _ANNOUNCING:
            announced = True
            yield f"left {view.classes[index]} {min(at - index, 4)}"


def _read_document(view: PassageView, at: int, flags: DocumentFlags) -> Features:
    """Give what the document says elsewhere of a capitalised word."""
    stem = stem_word(view.forms[at])
    first = at == 0 or view.sentences[at - 1] != view.sentences[at]
    given, role, head = (
        int(stem in stems) for stems in (flags.after_given, flags.after_role, flags.after_head)
    )
    lower = view.forms[at].lower() in flags.lower
    return (
        f"d={given}{role}{head}",
        f"d given={given}",
        f"d role={role}",
        f"d head={head}",
        f"d bracketed={stem in flags.bracketed:d}",
        f"d count={min(flags.counts[stem], 3)}",
        f"d first={first or view.forms[at - 1] in OPENING_MARKS:d}",
        f"d twin={first:d}{lower:d}{stem in flags.inside:d}",
    )
