"""The file of aliases: what it may say, what is wrong with it, how it joins Kwerenda's own."""

from pathlib import Path

import pytest

from corpus.actors.alias_file import (
    Alias,
    add_aliases,
    load_own_aliases,
    parse_aliases,
    read_alias_file,
)
from corpus.actors.aliases import KnownActors
from corpus.errors import BadMetadata, CorpusError


def test_entries_of_each_kind_are_read() -> None:
    aliases = parse_aliases(
        """
        [[organisation]]
        name = "Liga Portów  Bałtyckich"
        also = ["LPB"]
        [[person]]
        name = "Hamid Torwaldi"
        surname = true
        [[synonym]]
        words = ["prom", "statek pasażerski"]
        """
    )
    assert aliases.organisations == (Alias(("Liga Portów Bałtyckich", "LPB")),)
    assert aliases.persons == (Alias(("Hamid Torwaldi",), True),)
    assert aliases.synonyms == (Alias(("prom", "statek pasażerski")),)
    assert len(aliases) == 3


@pytest.mark.parametrize(
    ("text", "line", "about"),
    [
        ('[[person]]\nname = "Jan\n', 2, "not valid TOML"),
        ('[[person]]\nname = "Jan Nowak"\n\n[[person]]\nalso = ["J. N."]\n', 4, "“name”"),
        ('[[organisation]]\nname = "LPB"\nalso = "Liga"\n', 1, "“also”"),
        ('[[organisation]]\nname = ""\n', 1, "“name”"),
        ('[[person]]\nname = "Jan Nowak"\nsurname = "tak"\n', 1, "“surname”"),
        ('\n[[synonym]]\nwords = "prom"\n', 2, "“words”"),
        ('[[synonym]]\nname = "prom"\n', 1, "“name”"),
        ('\n\n[[osoba]]\nname = "Jan Nowak"\n', 3, "“osoba”"),
        ('person = ["Jan Nowak"]\n', 1, "[[person]]"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_line(text: str, line: int, about: str) -> None:
    with pytest.raises(BadMetadata) as failure:
        parse_aliases(text, "nasze.toml")
    said = str(failure.value)
    assert said.startswith("nasze.toml ")
    assert f"at line {line}" in said
    assert about in said
    assert said.count("\n") == 0


@pytest.mark.parametrize("content", [None, "[[person]]\nname = 'Łoś'\n".encode("cp1250")])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "nasze.toml").write_bytes(content)
    with pytest.raises(CorpusError, match=r"nasze\.toml"):
        read_alias_file(tmp_path / "nasze.toml")


def test_own_file_is_as_it_should_be() -> None:
    own = load_own_aliases()
    names = [name.casefold() for alias in own.organisations for name in alias.names]
    assert len(names) == len(set(names))


def test_an_entry_joins_the_own_ones_that_it_shares_a_name_with() -> None:
    joined = add_aliases('[[organisation]]\nname = "Wspólnota Europejska"\nalso = ["ue", "WE"]\n')
    [union] = [alias for alias in joined.organisations if "UE" in alias.names]
    assert union.names[:3] == ("Wspólnota Europejska", "ue", "WE")
    assert "Unia Europejska" in union.names
    assert len(joined) == len(load_own_aliases())


def test_what_a_user_says_of_a_surname_counts() -> None:
    putin = '[[person]]\nname = "Władimir Putin"\n'
    assert KnownActors(add_aliases(putin)).person_by_surname("Putin") is not None
    assert KnownActors(add_aliases(f"{putin}surname = false\n")).person_by_surname("Putin") is None


def test_a_surname_given_alone_stands_for_the_person_and_goes_with_the_first_names() -> None:
    known = KnownActors(
        add_aliases('[[person]]\nname = "Hamid Torwaldi"\nalso = ["Torvaldy", "Khamid Torwaldi"]\n')
    )
    person = known.person("Hamid Torwaldi")
    assert person is not None
    assert known.person_by_surname("Torvaldy") is person
    assert known.person("Khamid Torvaldy") is person
    assert known.person_by_surname("Torwaldi") is None
