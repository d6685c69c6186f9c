"""Measure how well sharing a key predicts sharing a lemma, over any treebank.

    python tests/lemma_agreement.py FILE.conllu…

Takes every distinct pair of a form and its lemma of one part of speech, and compares all
pairs of forms: predicted to be the same word when their keys meet, right when their lemmas
are the same. Forms spelt alike are left out of what is wrong: no analysis without context
can tell them apart. Proper nouns keep their case, other words are taken in lower case.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from index.keys import keys_of

_PARTS_OF_SPEECH = {
    "NOUN": "noun",
    "ADJ": "adjective",
    "VERB": "verb",
    "AUX": "verb",
    "PROPN": "proper noun",
}
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class LemmaForm:
    """A form as a treebank spells it and the lemma it is annotated with."""

    form: str
    lemma: str
    part_of_speech: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of forms: `right` share key and lemma, `wrong` only a key, `missed` only a lemma."""

    forms: int
    right: int
    wrong: tuple[tuple[LemmaForm, LemmaForm], ...]
    missed: tuple[tuple[LemmaForm, LemmaForm], ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong)) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + len(self.wrong) + len(self.missed) or 1)


def read_conllu(lines: Iterable[str]) -> Iterator[LemmaForm]:
    """Give the nouns, adjectives, verbs and proper nouns of a CoNLL-U file, letters only.

    What is printed as one word and annotated as several ("chciałbym") has the lemma of the
    first of them: a text has no word "m".
    """
    printed, last = "", 0
    for line in lines:
        number, *columns = line.rstrip("\n").split("\t")
        if "-" in number and columns:
            printed, last = columns[0], int(number.partition("-")[2])
        elif not number.isdigit():
            last = 0 if not columns else last  # a new sentence counts anew
        elif printed or int(number) > last:
            form, lemma, tag = printed or columns[0], columns[1], columns[2]
            printed = ""
            kind = _PARTS_OF_SPEECH.get(tag)
            if kind and form.isalpha():
                spelt = form if kind == "proper noun" else form.lower()
                yield LemmaForm(spelt, lemma.lower(), kind)


def measure_agreement(forms: Iterable[LemmaForm]) -> dict[str, Agreement]:
    """Give the agreement of keys with lemmas for each part of speech."""
    by_kind: dict[str, dict[tuple[str, str], LemmaForm]] = defaultdict(dict)
    for form in forms:
        by_kind[form.part_of_speech].setdefault((form.form.lower(), form.lemma), form)
    return {kind: _compare(list(found.values())) for kind, found in sorted(by_kind.items())}


def _compare(forms: list[LemmaForm]) -> Agreement:
    by_key: dict[str, list[int]] = defaultdict(list)
    by_lemma: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        by_lemma[form.lemma].append(number)
        for key in keys_of(form.form):
            by_key[key].append(number)
    met = {pair for group in by_key.values() for pair in combinations(group, 2)}
    same = {pair for group in by_lemma.values() for pair in combinations(group, 2)}
    alike = {pair for pair in met - same if _spelt_alike(forms, pair)}
    return Agreement(
        forms=len(forms),
        right=len(met & same),
        wrong=tuple((forms[a], forms[b]) for a, b in sorted(met - same - alike)),
        missed=tuple((forms[a], forms[b]) for a, b in sorted(same - met)),
    )


def _spelt_alike(forms: list[LemmaForm], pair: tuple[int, int]) -> bool:
    return forms[pair[0]].form.lower() == forms[pair[1]].form.lower()


def print_agreement(forms: Iterable[LemmaForm]) -> None:
    """Write the table, then the lemmas that cost most."""
    measured = measure_agreement(forms)
    print(f"{'':12} {'forms':>7} {'pairs':>8}      P      R     F1")
    for kind, found in measured.items():
        pairs = found.right + len(found.missed)
        figures = f"{found.precision:.3f}  {found.recall:.3f}  {found.f1:.3f}"
        print(f"{kind:12} {found.forms:7} {pairs:8}  {figures}")
    for kind, found in measured.items():
        missed = Counter(first.lemma for first, _ in found.missed)
        wrong = Counter(
            " = ".join(sorted((first.lemma, second.lemma))) for first, second in found.wrong
        )
        for name, counts in (("missed", missed), ("wrong", wrong)):
            shown = ", ".join(f"{what} ({count})" for what, count in counts.most_common(_SHOWN))
            print(f"{kind}, {name}: {shown}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Name at least one CoNLL-U file.")
    read = (Path(name).read_text(encoding="utf-8").splitlines() for name in sys.argv[1:])
    print_agreement(form for lines in read for form in read_conllu(lines))
