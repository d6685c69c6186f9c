"""A command imports what it needs: nobody waits for what other commands do."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from search.whoosh_engine import WhooshEngine
from web import create_app
from web.application import warm_app
from web.cli import COMMANDS, main
from web.settings import Settings

REPORT = """
import json, sys
from web.cli import main
main(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(*args: str) -> set[str]:
    """Give the modules that a command has imported when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *args], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


SERVERS = {"flask", "werkzeug", "jinja2", "waitress"}
READERS = {"corpus.ingest", "corpus.readers", "corpus.actors.tagging", "docx", "lxml", "pypdfium2"}
WRITERS = {"index.builder", "index.segment_builder", "rich", "babel.messages"}


def test_search_imports_no_server_no_reader_and_no_writer(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    search = ("--index", str(sample_index), "search")
    modules_after(*search, "xyzzy")  # the first on a machine makes files for those that follow
    for words in ("port", "xyzzy"):
        imported = modules_after(*search, words)
        assert "search.whoosh_engine" in imported
        assert imported & (SERVERS | READERS | WRITERS) == set()


def test_help_imports_no_command() -> None:
    imported = modules_after("--help")
    assert {"numpy", "whoosh", "index", "search", "web.commands"} & imported == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_where_the_list_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name


def test_help_lists_every_command() -> None:
    listed = main.get_help(click.Context(main)).partition("Commands:")[2].splitlines()
    assert [line.split()[0] for line in listed if line] == list(COMMANDS)


def test_first_page_after_the_start_compiles_nothing(engine: WhooshEngine) -> None:
    app = create_app(engine, Settings())
    warm_app(app)
    assert app.jinja_env.cache is not None
    compiled = {name for _, name in app.jinja_env.cache}
    assert compiled == set(app.jinja_env.list_templates())
