"""A passage that is gone leads to the one that now has its words."""

from pathlib import Path

import pytest
from small_documents import make_document

from index.retirement import RetiredPassage, Retirement, read_retired

BORDER = "Minister spraw zagranicznych Malty podpisał w Nikozji umowę o granicy na morzu."
FERRY = "W porcie w Valletcie zatonął prom. Nikt nie zginął, a dochodzenie trwa."


@pytest.mark.parametrize(
    ("texts", "successor"),
    [
        ((FERRY, f"{BORDER} Wejdzie ona w życie za rok."), 1),
        ((BORDER.replace("umowę", "układ").replace("Nikozji", "Nikosii"), FERRY), 0),
        ((f"{BORDER} {FERRY}", "Osobny akapit."), 0),
        (("Minister spraw zagranicznych Cypru przyjął w Nikozji ambasadora.", FERRY), None),
    ],
)
def test_what_has_most_of_the_words_in_their_order_covers_a_passage(
    tmp_path: Path, texts: tuple[str, ...], successor: int | None
) -> None:
    former, present = make_document("a", BORDER), make_document("a", *texts)
    expected = "" if successor is None else present.passages[successor].id
    retirement = Retirement({})
    retirement.replace(former, present)
    retirement.write(tmp_path)
    assert read_retired(tmp_path) == {former.passages[0].id: RetiredPassage("a", expected)}
