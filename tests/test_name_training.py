"""Training data read from the corpus's format, and weights learned from it."""

from pathlib import Path

import pytest

from corpus.actors.nkjp import read_nkjp

_CORPUS = """\
-DOCSTART CONFIG FEATURES orth base ctag
-DOCSTART FILE ./pierwszy
W\tw\tprep:loc:nwok\tO
Polsce\tPolska\tsubst:sg:loc:f\tB-placeName-country
mieszka\tmieszkać\tfin:sg:ter:imperf\tO
Jan\tJan\tsubst:sg:nom:m1\tB-persName#B-persName-forename
Lipa\tlipa\tsubst:sg:nom:f\tI-persName#B-persName-surname
-\t-\tinterp:\tI-persName
Klon\tklon\tsubst:sg:nom:m3\tI-persName#I-persName-surname
.\t.\tinterp:\tO

Polacy\tPolak\tsubst:pl:nom:m1\tB-placeName-country
znali\tznać\tpraet:pl:m1:imperf\tO
polski\tpolski\tadj:sg:acc:m3:pos\tB-placeName-country
Bank\tbank\tsubst:sg:acc:m3\tB-orgName
Morza\tmorze\tsubst:sg:gen:n\tI-orgName#B-geogName
.\t.\tinterp:\tO

Polska\tPolska\tsubst:sg:nom:f\tB-orgName
rano\trano\tadv:\tB-time
-DOCSTART FILE ./drugi
Lipa\tlipa\tsubst:sg:nom:f\tB-persName
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.iob"
    path.write_text(_CORPUS, encoding="utf-8")
    return path


def test_documents_are_words_with_the_labels_of_the_outermost_names(corpus: Path) -> None:
    first, second = read_nkjp(corpus)
    labelled = [(w.text, label) for w, label in zip(first.words, first.labels, strict=True)]
    assert [item for item in labelled if item[1] != "O"] == [
        ("Polsce", "B-place"),
        ("Jan", "B-person"),
        ("Lipa-Klon", "I-person"),
        ("Bank", "B-organisation"),
        ("Morza", "I-organisation"),
        ("Polska", "B-place"),
    ]
    assert (second.name, second.labels) == ("./drugi", ("B-person",))


def test_inhabitants_and_adjectives_are_no_names(corpus: Path) -> None:
    first = next(read_nkjp(corpus))
    labels = {w.text: label for w, label in zip(first.words, first.labels, strict=True)}
    assert labels["Polacy"] == labels["polski"] == "O"


def test_sentences_stay_apart(corpus: Path) -> None:
    words = next(read_nkjp(corpus)).words
    assert {word.text: word.sentence for word in words if word.opens} == {
        "W": 0,
        "Polacy": 1,
        "Polska": 2,
    }


def test_the_same_data_gives_the_same_weights(corpus: Path) -> None:
    pytest.importorskip("pycrfsuite", reason="needs the extra 'training'")
    from corpus.actors.training import train

    documents = list(read_nkjp(corpus)) * 5
    content, tagger = train(documents)
    assert train(documents)[0] == content
    words = documents[0].words
    found = [(n.first, n.end, n.kind) for n in tagger.tag([words])[0] if n.kind == "person"]
    assert found == [(3, 5, "person")]


def test_a_tenth_is_kept_aside_by_name_alone(corpus: Path) -> None:
    from corpus.actors.nkjp import LabelledDocument
    from corpus.actors.training import is_kept_aside

    aside = [is_kept_aside(LabelledDocument(f"./tekst-{n}", (), ())) for n in range(1000)]
    assert 60 < sum(aside) < 140
