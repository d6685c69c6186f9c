"""What can be wrong with an index, in the words of the person who asks for it."""

from pathlib import Path


class IndexFailure(Exception):
    """An index cannot be used. The message is one plain sentence."""

    def __init__(self, message: str, *, directory: Path) -> None:
        super().__init__(message)
        self.directory = directory


class NoIndex(IndexFailure):
    """There is nothing at the given place."""


class NotAnIndex(IndexFailure):
    """The place holds something, but no index."""


class IncompatibleIndex(IndexFailure):
    """The index was built by a version with other fields, analysis or format."""


class DamagedIndex(IndexFailure):
    """A file of the index is missing or not as it was written."""


class IndexBusy(IndexFailure):
    """Another process is writing to the index."""


class DiskFull(IndexFailure):
    """The disk had no room for the new generation; the old one is untouched."""


class DiskFailed(IndexFailure):
    """The disk could not write the new generation; the old one is untouched."""


def damaged(directory: Path, what: str) -> DamagedIndex:
    """Say what is damaged and the two ways out."""
    return DamagedIndex(
        f"The index {directory} is damaged ({what}); go back with: "
        f"kwerenda --index {directory} rollback, or rebuild it with: "
        f"kwerenda --index {directory} index --rebuild PATH…",
        directory=directory,
    )


def incompatible(directory: Path) -> IncompatibleIndex:
    """Say that another version built the index, and the way out."""
    return IncompatibleIndex(
        f"The index {directory} was built by another version; rebuild it with: "
        f"kwerenda --index {directory} index --rebuild PATH…",
        directory=directory,
    )
