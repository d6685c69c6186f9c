"""What was said of a file when it was read, in the language of who reads it now."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.sentences import Sentence, translate_sentence

CHECKOUT = Path(__file__).resolve().parent.parent
TELLING = {"UnreadableFile", "BadMetadata", "BadDate", "Recognised"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("nota.txt is empty.", "nota.txt: plik jest pusty."),
        ("a.md is larger than 64 MB.", "a.md: plik ma ponad 64 MB."),
        (
            "skan.docx is not what its name says but a PDF; rename it to end in .pdf.",
            "skan.docx: zawartość nie odpowiada nazwie, to PDF; zmień rozszerzenie na .pdf.",
        ),
        (
            "b.toml has “published” that cannot be. There is no month 2024-13.",
            "b.toml: data w „published” jest niemożliwa. Nie ma miesiąca 2024-13.",
        ),
        (
            "c.txt cannot be read: Permission denied.",
            "c.txt: nie można odczytać pliku: Brak uprawnień.",
        ),
        (
            "No text layer on page 2, 5, read by OCR; words may be wrong.",
            "Brak warstwy tekstowej na stronie 2, 5; odczytano OCR, słowa mogą być błędne.",
        ),
        ("7 of 9 paragraphs are dated", "akapity z datą: 7 z 9"),
    ],
)
def test_known_sentences_are_told_in_polish(said: str, expected: str) -> None:
    assert translate_sentence(said, "pl") == Sentence(expected, "pl")
    assert translate_sentence(said, "en") == Sentence(said, "en")


def test_unknown_sentence_stays_as_it_was_said() -> None:
    assert translate_sentence("The moon was full.", "pl") == Sentence("The moon was full.", "en")


def test_signs_of_formats_in_a_name_do_no_harm() -> None:
    assert (
        translate_sentence("100%(x)s.txt is empty.", "pl").text == "100%(x)s.txt: plik jest pusty."
    )


def find_messages() -> Iterator[tuple[str, ast.expr, str]]:
    """Give what the readers of files may say of one: where, the expression, what it stands in."""
    for path in sorted((CHECKOUT / "corpus").rglob("*.py")):
        if path.name == "alias_file.py":
            continue  # told by the command alone
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = f"{path.relative_to(CHECKOUT)}:{node.lineno}"
                if node.func.id in TELLING:
                    yield place, node.args[node.func.id == "Recognised"], "{}"
                elif node.func.id == "_bad":
                    yield place, node.args[1], "a.toml {}."


def write_examples(message: ast.expr) -> tuple[str, ...]:
    """Give a text as it may be written, with a number in the place of each value.

    A value at the end may be nothing. What consists of values alone is said elsewhere.
    """
    if isinstance(message, ast.Constant):
        return (str(message.value),)
    if not isinstance(message, ast.JoinedStr):
        return ()
    parts = [part.value if isinstance(part, ast.Constant) else "7" for part in message.values]
    if all(len(part) <= 2 for part in parts):
        return ()
    return ("".join(parts), "".join(parts[:-1]))


def test_everything_that_is_said_of_a_file_is_known() -> None:
    said = [
        (place, [frame.format(text) for text in examples])
        for place, message, frame in find_messages()
        if (examples := write_examples(message))
    ]
    assert len(said) > 40
    unknown = [
        (place, texts)
        for place, texts in said
        if all(translate_sentence(text, "pl").language != "pl" for text in texts)
    ]
    assert unknown == []
