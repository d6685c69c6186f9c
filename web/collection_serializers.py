"""The JSON shapes of what passages stand in: documents, and the index as a whole."""

from collections.abc import Iterable

from corpus.document import Document, Furniture, Heading
from search.holdings import NearCopy, Status
from search.results import DocumentLabel
from web.serializers import Json, passage_to_json


def document_to_json(
    document: Document, label: DocumentLabel, near: Iterable[NearCopy] = ()
) -> Json:
    """Give a document with its text; passages and headings point into it by characters."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "kind_reason": document.kind_reason or None,
        "published": label.published or None,
        "published_from": document.published_from,
        "publisher": document.publisher or None,
        "language": document.language,
        "source_url": document.source_url or None,
        "path": document.path,
        "sha256": document.sha256,
        "pages": document.pages,
        "text": document.text,
        "headings": [_heading_to_json(heading) for heading in document.headings],
        "passages": [
            passage_to_json(passage, label) | {"start": passage.start, "end": passage.end}
            for passage in document.passages
        ],
        "furniture": [_furniture_to_json(item) for item in document.furniture],
        "notes": list(document.notes),
        "near_copies": [_near_copy_to_json(copy) for copy in near],
        "url": f"/d/{document.id}",
    }


def _near_copy_to_json(copy: NearCopy) -> Json:
    """Give a document that says nearly the same; `newer` is null where no date tells."""
    return {
        "id": copy.document.id,
        "title": copy.document.title,
        "published": copy.document.published or None,
        "share": round(copy.share, 2),
        "newer": copy.newer,
        "url": f"/d/{copy.document.id}",
    }


def status_to_json(status: Status) -> Json:
    """Give what stands in the index, and what could not be read."""
    return {
        "generation": status.generation,
        "built": status.built,
        "documents": status.documents,
        "passages": status.passages,
        "undated": status.undated,
        "dates": [status.dates.start.isoformat(), status.dates.end.isoformat()]
        if status.dates
        else None,
        "aliases": status.aliases,
        "read_otherwise": status.read_otherwise,
        "failed": [{"path": path, "reason": reason} for path, reason in status.failed],
    }


def _heading_to_json(heading: Heading) -> Json:
    return {
        "start": heading.start,
        "end": heading.end,
        "level": heading.level,
        "page": heading.page,
    }


def _furniture_to_json(item: Furniture) -> Json:
    return {"kind": item.kind, "page": item.page, "text": item.text}
