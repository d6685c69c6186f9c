"""What can be wrong with a request, in the words of the person who asked."""


class SearchError(Exception):
    """A request cannot be answered. The message is one plain sentence, safe to show."""


class BadParameter(SearchError):
    """A parameter's value makes no sense (an impossible day, an unknown sort)."""

    def __init__(self, message: str, *, parameter: str, value: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.value = value


class UnknownPassage(SearchError):
    """No passage has had this id."""


class UnknownDocument(SearchError):
    """No document has this id."""
