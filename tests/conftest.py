"""What many tests share: an index of the sample documents, and the engine over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.whoosh_engine import WhooshEngine, open_engine
from web.indexing import index_paths

pytest_plugins = ["browser", "kinds_of_pages", "random_index", "small_monitor"]
pytest.register_assert_rewrite("reading_pages", "whoosh_oracle")

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLE = CHECKOUT / "corpus" / "sample"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample") / "index"
    index_paths([SAMPLE], directory)
    return directory


@pytest.fixture(scope="session")
def engine(sample_index: Path) -> Iterator[WhooshEngine]:
    opened = open_engine(sample_index)
    yield opened
    opened.close()
