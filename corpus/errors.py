"""What can be wrong with a source file, in the words of the person who supplied it."""


class CorpusError(Exception):
    """A file cannot become a document. The message is one plain sentence."""

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class UnreadableFile(CorpusError):
    """The file is missing, empty, binary, damaged or of an unknown format."""


class BadMetadata(CorpusError):
    """A sidecar or `corpus.toml` does not say what it should."""
