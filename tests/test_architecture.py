"""The promises that the folder names make."""

import ast
import importlib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
LAYERS = ("corpus", "index", "search", "web")
MODULES = sorted(path for layer in LAYERS for path in (CHECKOUT / layer).rglob("*.py"))
MAX_LINES = 400


def imported_modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_imports_point_one_way(path: Path) -> None:
    own = LAYERS.index(path.relative_to(CHECKOUT).parts[0])
    outward = {
        name for name in imported_modules(path) if name.partition(".")[0] in LAYERS[own + 1 :]
    }
    assert outward == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_a_module_is_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("layer", LAYERS)
def test_packages_are_those_of_this_checkout(layer: str) -> None:
    module = importlib.import_module(layer)
    assert Path(str(module.__file__)).parent == CHECKOUT / layer


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(path.relative_to(CHECKOUT))
        for path in MODULES
        if "os.environ" in (text := path.read_text(encoding="utf-8")) or "getenv" in text
    }
    assert readers == {"web/settings.py"}


def test_no_file_stands_at_the_top_that_should_not() -> None:
    allowed = {
        *LAYERS,
        "tests",
        "pyproject.toml",
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
    }
    built = {"build", "dist", "kwerenda.egg-info"}
    found = {path.name for path in CHECKOUT.iterdir() if not path.name.startswith(".")}
    assert found - built <= allowed
