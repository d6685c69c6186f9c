"""Failures of the command, each in one line for people."""

import io
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from corpus.errors import CorpusError
from index.errors import IndexFailure
from search.errors import SearchError

P = ParamSpec("P")
T = TypeVar("T")


def told_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turn our own errors, and those of the disk, into one line for people."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            # The reader of a pipe has seen enough; what is left to flush has nowhere to go.
            sys.stdout = io.StringIO()
            sys.exit(0)
        except (CorpusError, IndexFailure, SearchError, ValueError, OSError) as err:
            raise click.ClickException(" ".join(str(err).split())) from err

    return run
