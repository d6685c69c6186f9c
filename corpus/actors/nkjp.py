"""The named entities of the National Corpus of Polish, as words with labels to learn from.

The file has one token a line (form, lemma, tag, label), an empty line after a sentence
and `-DOCSTART` lines before a document. Its text is put together again and split by our
own `split_words`, so that training sees what tagging sees. Some labels are mended: a
country that acts is a place, adjectives and inhabitants are no names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.actors.words import Word, split_words
from corpus.morphology import analyse

OUTSIDE = "O"
_KINDS = {
    "persName": "person",
    "orgName": "organisation",
    "placeName": "place",
    "geogName": "place",
}
_NO_SPACE_BEFORE = frozenset(".,;:!?)]”…%")
_NO_SPACE_AFTER = frozenset("([„")
_PROPER = frozenset({"nazwa_organizacji", "nazwa_instytucji", "nazwa_firmy"})


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document's words and their labels: "B-person", "I-person", ..., "O"."""

    name: str
    words: tuple[Word, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    tag: str
    label: str


def read_nkjp(path: Path) -> Iterator[LabelledDocument]:
    """Give the documents of a file of the corpus, in its order."""
    name = ""
    sentences: list[list[_Token]] = [[]]
    with path.open(encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("-DOCSTART FILE"):
                if any(sentences):
                    yield _label_words(name, sentences)
                name, sentences = line.split()[-1], [[]]
            elif len(fields) == 4 and fields[0].strip():
                sentences[-1].append(_Token(fields[0], fields[2], _read_label(*fields)))
            elif sentences[-1]:
                sentences.append([])
    if any(sentences):
        yield _label_words(name, sentences)


def _read_label(form: str, lemma: str, tag: str, nested: str) -> str:
    """Give the label of the outermost name that a token is part of."""
    position, _, name = nested.partition("#")[0].partition("-")
    kind = _KINDS.get(name.partition("-")[0])
    return f"{position}-{kind}" if kind else OUTSIDE


def _label_words(name: str, sentences: Sequence[Sequence[_Token]]) -> LabelledDocument:
    text = ""
    label_at: dict[int, str] = {}
    for sentence in sentences:
        for index, token in enumerate(sentence):
            if index and not _is_glued(sentence, index):
                text += " "
            label_at[len(text)] = token.label
            text += token.text
        text += "\n"
    words = split_words(text)
    labels: list[str] = []
    current = OUTSIDE
    for word in words:
        if word.start in label_at:
            current = label_at[word.start]
        elif current != OUTSIDE:
            current = f"I{current[1:]}"
        labels.append(current)
    return LabelledDocument(name, words, tuple(_mend(words, labels)))


def _is_glued(sentence: Sequence[_Token], index: int) -> bool:
    """Tell whether a token stands without a space after the one before it."""
    token, before = sentence[index], sentence[index - 1]
    if token.text in _NO_SPACE_BEFORE or before.text in _NO_SPACE_AFTER:
        return True
    if token.tag.startswith("aglt"):
        return True
    if token.text == "-" and index + 1 < len(sentence):
        inside = token.label[0] == "I" and sentence[index + 1].label[0] == "I"
        return inside or before.tag.startswith("adja")
    return before.text == "-" and index > 1 and _is_glued(sentence, index - 1)


def _mend(words: Sequence[Word], labels: Sequence[str]) -> Iterator[str]:
    """Give the labels with names of one word put right, and each name begun with B."""
    last = OUTSIDE
    for index, (word, label) in enumerate(zip(words, labels, strict=True)):
        goes_on = index + 1 < len(labels) and labels[index + 1] == f"I{label[1:]}"
        if label[0] == "B" and not goes_on:
            label = _mend_single(word, label)
        if label[0] == "I" and last[1:] != label[1:]:
            label = f"B{label[1:]}"
        yield label
        last = label


def _mend_single(word: Word, label: str) -> str:
    if not word.is_capital:
        return OUTSIDE
    readings = analyse(word.text)
    names = {part for reading in readings for name in reading.names for part in name.split("|")}
    inhabitant = any(
        reading.pos in ("subst", "depr")
        and reading.lemma[:1].isupper()
        and "nazwa_pospolita" in reading.names
        for reading in readings
    )
    if label == "B-person":
        return OUTSIDE if inhabitant else label
    adjectives = readings or analyse(word.text.lower())
    if inhabitant or (adjectives and all(r.pos in ("adj", "adja") for r in adjectives)):
        return OUTSIDE
    if label == "B-organisation" and "nazwa_geograficzna" in names and not names & _PROPER:
        return "B-place"
    return label
