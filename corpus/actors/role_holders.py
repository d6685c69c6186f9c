"""Whom a role can belong to: a name, the cases it may stand in, and the person's gender."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.actors.name_forms import ALL_CASES, list_name_forms
from corpus.actors.role_nouns import is_undeclined
from corpus.actors.role_phrases import RolePhrase

_VOWELS = frozenset("aąeęioóuyé")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person on the words `[first, end)`: the cases and the gender that the name may have.

    Of somebody `by_surname` the whole document has nothing but the surname.
    """

    first: int
    end: int
    cases: frozenset[str]
    gender: str
    by_surname: bool = False

    def agrees(self, phrase: RolePhrase) -> bool:
        """Tell whether a role and the name stand in one case; "z premier" is of no man."""
        if self.gender == "m" and is_undeclined(phrase.noun):
            return False
        return phrase.acting or phrase.noun.case in self.cases


def describe_person(first: int, end: int, words: Sequence[str], name: str) -> NamedPerson:
    """Give what a mention says of cases and gender, once the person's nominative is known."""
    parts = name.split(" ")
    given = [form for form in list_name_forms(parts[0]) if form.form == parts[0]]
    gender = next((form.gender for form in given if form.origin == "given"), "?")
    known = parts if len(parts) == len(words) else parts[-len(words) :]
    cases = ALL_CASES
    for word, nominative in zip(words, known, strict=False):
        forms = list_name_forms(word)
        right = [form for form in forms if form.form == nominative] or forms
        read = [form for form in right if gender == "?" or form.gender in (gender, "?")] or right
        cases &= frozenset().union(*(form.cases for form in read))
    # A man's name that ends in a consonant and stands as in the nominative is in no other case.
    if gender == "m" and words[-1] == known[-1] and words[-1][-1] not in _VOWELS:
        cases &= {"nom"}
    return NamedPerson(first, end, cases or ALL_CASES, gender, by_surname=len(parts) == 1)
