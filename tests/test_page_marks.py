"""Pages that a text shows only by the lines that count them, and links among its events."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.ingest import SourceFile, read_document

EVENTS = [
    "7 maja: Malta podpisała umowę o budowie portu. Prace rozpoczną się jeszcze w tym roku, a",
    "zakończą się przed zimą, jeśli pozwoli na to pogoda i jeśli nie zabraknie pieniędzy.",
    "9 maja: wizyta ministra w Nikozji. Rozmowy dotyczyły wspólnej floty oraz promów, które",
]
REST = "kursują przez cały rok między wyspami, także zimą i w czasie sztormów na morzu."


def read(folder: Path, text: str) -> Document:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return read_document(SourceFile(path, folder, path.name))


@pytest.mark.parametrize(
    "layout",
    [
        "str. 1 z 2\nMonitor\n{first}\nstr. 2 z 2\nMonitor\n{second}",
        "{first}\nStrona 1\n{second}\nStrona 2",
        "{first}\n1 / 2\n{second}\n2 / 2",
    ],
)
def test_lines_that_count_pages_part_them(tmp_path: Path, layout: str) -> None:
    second = [REST, "12 maja: otwarto park. Przyjął on pierwszych gości z Cypru."]
    text = layout.format(
        first="\n".join(EVENTS), second="\n".join(second * 1 + ["14 maja: x."] * 4)
    )
    document = read(tmp_path, text)
    assert document.pages == 2
    assert [(p.page_start, p.page_end) for p in document.passages][:3] == [(1, 1), (1, 2), (2, 2)]
    assert f"które {REST}" in document.passages[1].text
    assert {item.kind for item in document.furniture} <= {"page_number", "running_head"}


@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("str. 4 z 9", "str. 7 z 9")])
def test_numbers_that_count_no_pages_part_nothing(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    text = "\n".join(f"{number}\n\n3 maja: Malta kupiła {number} promy." for number in numbers)
    assert read(tmp_path, text).pages == 1


def test_links_below_their_events_are_theirs_whatever_the_page(tmp_path: Path) -> None:
    text = (
        "str. 1 z 2\n7 maja: umowa o porcie.\nhttps://a.example/port\n8 maja: narada w Atenach.\n"
        "https://a.example/rada\n9 maja: wizyta w Nikozji, która trwała długo i zakończyła się\n"
        "str. 2 z 2\nzgodą.\nhttps://a.example/wizyta\n10 maja: muzeum czeka.\n11 maja: nic.\n"
        "https://a.example/muzeum\nWNIOSKI\nMalta zyskuje.\n"
    )
    passages = read(tmp_path, text).passages
    found = {p.text.split()[0]: [source.url[18:] for source in p.sources] for p in passages}
    assert found == {
        "7": ["port"],
        "8": ["rada"],
        "9": ["wizyta"],
        "10": [],
        "11": ["muzeum"],
        "Malta": [],
    }


def test_one_list_of_links_at_the_end_is_for_the_events_of_all_pages(tmp_path: Path) -> None:
    pages = [
        "1 maja: umowa o porcie.\n2 maja: narada w Atenach.",
        "3 maja: wizyta w Nikozji.",
        "Linki:\nhttps://a.example/1\nhttps://a.example/2\nhttps://a.example/3",
    ]
    document = read(tmp_path, "\f".join(pages))
    assert [[s.url[-1] for s in p.sources] for p in document.passages] == [["1"], ["2"], ["3"]]
