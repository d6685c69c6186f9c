"""What one run over the files did to the index."""

from dataclasses import dataclass, field

from web.serializers import Json


@dataclass(slots=True)
class Summary:
    """What one run did, path by path; `documents` and `passages` count the whole index.

    `resembling` pairs the path of each new or changed file with that of a document that says
    nearly the same, such as an earlier version of it, and the share of wording in common.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    resembling: list[tuple[str, str, float]] = field(default_factory=list)
    generation: int = 0
    documents: int = 0
    passages: int = 0

    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "updated": len(self.updated),
            "unchanged": len(self.unchanged),
            "removed": len(self.removed),
            "failed": len(self.failed),
        }

    def to_json(self) -> Json:
        return self.counts() | {
            "generation": self.generation,
            "documents": self.documents,
            "passages": self.passages,
            "resembling": [
                {"path": path, "other": other, "share": round(share, 2)}
                for path, other, share in self.resembling
            ],
            "failures": [{"path": path, "reason": reason} for path, reason in self.failed],
        }
