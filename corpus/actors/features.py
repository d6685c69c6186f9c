"""What the learned recogniser looks at: each word, its neighbours, and its document.

A feature is a string. Those of one word come in groups, one for each of `PLACES`, each told
by a key that it depends on (a form, the classes of five words, ...) and expanded only when
first met, so that the tagger adds up one vector a group rather than one a feature. Training
and tagging both read them from here.
"""

from collections.abc import Hashable, Iterator
from typing import Any

from corpus.actors.document_flags import OPENING_MARKS, DocumentFlags
from corpus.actors.passage_view import EDGE, REACH, PassageView
from corpus.actors.word_traits import classify, list_lemmas, read_names, read_shape, stem_word
from corpus.actors.words import describe_form
from corpus.morphology import analyse

Features = tuple[str, ...]
Keys = tuple[Hashable, ...]

PLACES = ("own", "-1", "+1", "-2", "+2", "classes", "surroundings", "document")
"""What the keys of a word depend on, in their order."""


def list_keys(view: PassageView, at: int, flags: DocumentFlags) -> Keys:
    """Give the keys of the groups of features that word number `at` of a passage has."""
    place = view.places[at]
    before2, before, own, after, after2 = view.padded[place - 2 : place + 3]
    capital = view.capital[at]
    return (
        own,
        before,
        after,
        before2,
        after2,
        (capital, *view.padded_classes[place - 2 : place + 3]),
        _read_surroundings(view, at),
        _read_document(view, at, flags) if capital else None,
    )


def expand_group(place: str, key: Any) -> Features:
    """Give the features of the group that a key tells at one of `PLACES`."""
    if place == "own":
        return _describe_word(key)
    if place in ("-1", "+1"):
        return _describe_neighbour(key, place)
    if place in ("-2", "+2"):
        return _describe_distant(key, place)
    if place == "classes":
        return _join_classes(*key)
    if place == "surroundings":
        return tuple(_describe_surroundings(*key))
    return _describe_document(*key) if key else ()


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
    if form == EDGE:
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
    if form == EDGE:
        return ()
    lemmas = list_lemmas(form)[:1] if form[0].isalpha() else ()
    return (
        f"{place}c={classify(form)}",
        f"{place}s={read_shape(form)}",
        *(f"{place}l={lemma}" for lemma in lemmas),
    )


def _join_classes(
    capital: bool, before2: str, before: str, own: str, after: str, after2: str
) -> Features:
    found = [f"b-={before}_{own}", f"b+={own}_{after}", f"t={before}_{own}_{after}"]
    if capital:
        found += [f"t-={before2}_{before}_{own}", f"t+={own}_{after}_{after2}"]
    return tuple(found)


def _read_surroundings(view: PassageView, at: int) -> Keys:
    """Give the run of capitals that a word stands in, and what announces it on the left.

    How far in the run it stands, how long that is, its first word's class, whether a head
    stands in it before; a quotation mark, and what announces it from how far.
    """
    run: Keys = (0, 0, "", False)
    if view.capital[at]:
        sentence = view.sentences[at]
        left = at
        while left and view.capital[left - 1] and view.sentences[left - 1] == sentence:
            left -= 1
        right = at + 1
        while right < len(view.forms) and view.capital[right] and view.sentences[right] == sentence:
            right += 1
        head = "Head" in view.classes[left:at]
        run = (min(at - left, 3), min(right - left, 4), view.classes[left], head)
        if head:
            return (*run, False, "", 0)
    announcer = view.announcers[at]
    near = announcer >= at - REACH
    return (
        *run,
        view.quotes[at] >= at - REACH,
        view.classes[announcer] if near else "",
        min(at - announcer, 4) if near else 0,
    )


def _describe_surroundings(
    place: int, length: int, first: str, head: bool, quoted: bool, announced: str, distance: int
) -> Iterator[str]:
    if length:
        yield f"run={place}/{length}"
        yield f"run0={first}"
    if head:
        yield "head in run"
    if quoted:
        yield "quoted"
    if announced:
        yield f"left {announced} {distance}"


def _read_document(view: PassageView, at: int, flags: DocumentFlags) -> Keys:
    """Give what the document says elsewhere of a capitalised word."""
    form = view.forms[at]
    stem = stem_word(form)
    first = at == 0 or view.sentences[at - 1] != view.sentences[at]
    return (
        stem in flags.after_given,
        stem in flags.after_role,
        stem in flags.after_head,
        stem in flags.bracketed,
        min(flags.counts[stem], 3),
        first,
        first or view.forms[at - 1] in OPENING_MARKS,
        form.lower() in flags.lower,
        stem in flags.inside,
    )


def _describe_document(
    given: bool,
    role: bool,
    head: bool,
    bracketed: bool,
    count: int,
    first: bool,
    opens: bool,
    lower: bool,
    inside: bool,
) -> Features:
    return (
        f"d={given:d}{role:d}{head:d}",
        f"d given={given:d}",
        f"d role={role:d}",
        f"d head={head:d}",
        f"d bracketed={bracketed:d}",
        f"d count={count}",
        f"d first={opens:d}",
        f"d twin={first:d}{lower:d}{inside:d}",
    )
