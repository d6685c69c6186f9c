"""Where persons are named, by rules.

A run of capitalised words is a person's name when something says so: a given name, an
initial, a hyphenated Korean given name, a family name of a language that puts it first,
or an office before it. Words that are organisations, places, offices or events end a
name. `find_persons` gives the spans; nominatives and identities come later.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from corpus.actors.companies import known_company
from corpus.actors.lexicon import load_lexicon
from corpus.actors.name_kinds import classify_part
from corpus.actors.offices import Expected, Office, expect_cases, find_office
from corpus.actors.words import Word

_LONGEST_NAME = 5
_LONGEST_DATE = 10
_FINITE = frozenset({"fin", "praet"})
_OPENING_QUOTES = frozenset('„"“«')


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """The words `[first, end)` of a passage; `bare` when they are one part of a name only.

    `expected` are the cases that the words before the name ask for, with their weight.
    """

    first: int
    end: int
    bare: bool
    expected: Expected = ()


# The pattern of a name is a letter a word: `corpus.actors.name_kinds` says which.
def find_persons(words: Sequence[Word], taken: Container[int] = ()) -> tuple[PersonSpan, ...]:
    """Give the persons named in a passage, in order.

    Args:
        words: the words of the passage.
        taken: indexes of words that are part of other names, such as countries.
    """
    kinds = [
        "" if not word.is_capital or index in taken else classify_part(word)
        for index, word in enumerate(words)
    ]
    spans: list[PersonSpan] = []
    at = 0
    while at < len(words):
        if not kinds[at]:
            at += 1
            continue
        end = _match_name(words, kinds, at)
        bare = end == at and _is_bare_name(words, kinds, at)
        if bare:
            end = at + 1
        if end > at:
            spans.append(PersonSpan(at, end, bare, expect_cases(words, at, end)))
        at = max(end, at + 1)
    return tuple(spans)


def could_be_surname(word: Word) -> bool:
    """Tell whether a word alone may be a person mentioned before by the full name."""
    sense = word.sense
    return (
        word.is_capital
        and len(word.text) > 2
        and not (sense.head or sense.event or sense.foreign_word)
        and (not word.opens or not sense.common or sense.family_first)
    )


def _match_name(words: Sequence[Word], kinds: Sequence[str], first: int) -> int:
    """Give the end of the full name that begins at `first`, or `first`."""
    run = _read_run(words, kinds, first)
    pattern = "".join(kinds[index] for index in run)
    if pattern[0] == "G" and _is_numeral(words, first + 1):
        return first + 2
    if len(run) < 2 or _is_foreign_phrase(words, run[-1] + 1):
        return first
    length = _measure_name(words, run, pattern)
    if length < 2:
        return first
    end = run[length - 1] + 1
    if _is_numeral(words, end):
        return end + 1
    # "Wolny Nurt 2" is a thing.
    numbered = end < len(words) and words[end].text.isdigit() and "G" not in pattern
    return first if numbered else end


def _read_run(words: Sequence[Word], kinds: Sequence[str], first: int) -> list[int]:
    """Give the words of names that follow each other, passing over "von" and "de"."""
    particles = load_lexicon().particles
    run = [first]
    at = first + 1
    while len(run) < _LONGEST_NAME:
        step = at
        while step < len(words) and words[step].text in particles and step - at < 3:
            step += 1
        if step >= len(words) or not kinds[step] or words[step].sentence != words[first].sentence:
            break
        run.append(step)
        at = step + 1
    return run


def _measure_name(words: Sequence[Word], run: Sequence[int], pattern: str) -> int:
    """Give how many words of a run make a full name; 0 when nothing says it is one."""
    kind = pattern[0]
    if pattern[1] == "H" and kind in "FGSUX":
        return 2
    if kind == "F" and pattern[1] in "USGF" and not words[run[0]].opens:
        short = len(words[run[1]].text) <= 6
        return 3 if len(pattern) > 2 and pattern[2] in "US" and short else 2
    if kind in "GI" or (kind == "F" and words[run[0]].sense.given):
        return _measure_with_given_name(words, run, pattern)
    if kind not in "SUF" or pattern[1] not in "SUGIF":
        return 0
    if pattern[1] in "GI":
        # A word before a whole name is no part of it: "kanclerz Austrii Karl Nowak".
        whole = len(pattern) > 2 and pattern[2] in "SUFXI"
        return 0 if whole or pattern[1] == "I" or words[run[0]].sense.place else 2
    if words[run[1]].sense.place:
        return 0
    office = find_office(words, run[0])
    if office is not None and _suits_office(words, run, office):
        return _measure_unknown_name(pattern)
    if _looks_like_person(words, run[0], run[1] + 1):
        return _measure_unknown_name(pattern)
    return 0


def _measure_with_given_name(words: Sequence[Word], run: Sequence[int], pattern: str) -> int:
    length = 1
    while length < len(pattern) and pattern[length] in "GI":
        length += 1
    while length < len(pattern) and pattern[length] in "SUFH":
        length += 1
    first = words[run[0]]
    if length == 1 and pattern[:2] == "GX" and not (first.opens and first.sense.common):
        length = 2
    if pattern[length - 1] == "I":
        return 0
    only_initials = set(pattern[: length - 1]) <= {"I"}
    last = words[run[length - 1]].sense
    return 0 if only_initials and (last.place or last.common) and not last.surname else length


def _measure_unknown_name(pattern: str) -> int:
    return 3 if len(pattern) > 2 and pattern[2] in "SU" else 2


def _is_numeral(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].text != "I" and set(words[at].text) <= set("IVX")


def _is_foreign_phrase(words: Sequence[Word], end: int) -> bool:
    """Tell whether a run goes on as in "Help for the Young" or "John Brown Institute"."""
    if end < len(words) and words[end].is_capital and words[end].sense.foreign_word:
        return words[end - 1].end + 1 == words[end].start
    if end + 1 >= len(words) or words[end].text not in {"of", "for", "the", "and", "&"}:
        return False
    return words[end + 1].is_capital or words[end + 1].text == "the"


def _suits_office(words: Sequence[Word], run: Sequence[int], office: Office) -> bool:
    """Tell whether two unknown words after an office are its holder, not its organisation."""
    if not (office.adjacent and words[office.index].sense.relational):
        return True
    return _looks_like_person(words, run[0], run[1] + 1)


def _looks_like_person(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether the words around two unknown capitalised words treat them as a person."""
    before = words[first - 1] if first else None
    if before is not None and (
        before.text in _OPENING_QUOTES or before.sense.lemmas & load_lexicon().announcers
    ):
        return False
    if "'" in words[end - 1].text or "’" in words[end - 1].text:
        return True
    if end >= len(words):
        return False
    after = words[end]
    if after.text == "," and end + 1 < len(words):
        after = words[end + 1]
        return (after.sense.role or after.sense.person_noun) and not after.is_capital
    return not after.is_capital and bool(after.sense.lemmas & load_lexicon().speaking)


def _continues_name(word: Word) -> bool:
    """Tell whether a capitalised word after a name may be more of it; a place is not."""
    return word.is_word and word.is_capital and (word.sense.head or not word.sense.place)


def _is_bare_name(words: Sequence[Word], kinds: Sequence[str], at: int) -> bool:
    """Tell whether one word alone is a person: after an office, or a surname and nothing else."""
    word, kind = words[at], kinds[at]
    if not kind or kind not in "SUF" or word.text in load_lexicon().particles:
        return False
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if after is not None and _continues_name(after):
        return False
    sense = word.sense
    if before is not None:
        if before.text in _OPENING_QUOTES:
            return False
        if before.sense.role and not before.sense.relational and not before.sense.given:
            return kind == "S" or not sense.place
        if before.is_word and before.is_capital:
            return False
    only_name = not (sense.place or sense.organisation or sense.common)
    if word.opens:
        return only_name and kind in "SU" and follows_role(words, at)
    return only_name and kind == "S"


def follows_role(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is the subject after an opening sentence with a role for its subject.

    "3 maja: minister obrony Peru odwiedził Indie. Orvelin rozmawiał o handlu."
    """
    sentence = words[0].sentence
    opens = words[at - 1].sentence == sentence and words[at].sentence == sentence + 1
    if not opens or at + 1 >= len(words) or known_company(words[at].text):
        return False
    parts = words[at + 1].sense.parts_of_speech
    opening = words[skip_date(words) : at]
    subject = next((word.sense for word in opening if not word.sense.adjective), None)
    speaks = bool(parts) and parts <= _FINITE
    return speaks and subject is not None and subject.role and "nom" in subject.cases


def skip_date(words: Sequence[Word]) -> int:
    """Give where a passage begins after its date: "12-14 maja: premier Peru"."""
    return next((at + 1 for at, w in enumerate(words[:_LONGEST_DATE]) if w.text == ":"), 0)
