"""The JSON shapes that programs rely on, the same for HTTP, the command and the export."""

from collections.abc import Mapping
from typing import Any

from corpus.document import Actor, Document, Furniture, Heading, Passage, Source
from search.query import Note
from search.results import (
    Concordance,
    ConcordanceLine,
    DocumentLabel,
    Facet,
    Hit,
    Match,
    Matrix,
    Results,
    Retired,
    SimilarPassage,
    Snippet,
    Status,
    Suggestion,
)
from web.labels import name_bucket, name_value
from web.languages import Language
from web.sources import find_host

Json = dict[str, Any]


def passage_to_json(passage: Passage, document: DocumentLabel) -> Json:
    """Give a passage as JSON; `url` is its permanent link below the service's address."""
    return {
        "id": passage.id,
        "document": {
            "id": document.id,
            "title": document.title,
            "kind": document.kind,
            "published": document.published or None,
            "path": document.path,
            "source_url": document.source_url or None,
        },
        "kind": passage.kind,
        "section": passage.section,
        "headline": passage.headline,
        "text": passage.text,
        "pages": [passage.page_start, passage.page_end],
        "date": _date_to_json(passage),
        "countries": list(passage.countries),
        "mentioned": list(passage.mentioned),
        "pairs": list(passage.pairs),
        "actors": [_actor_to_json(actor) for actor in passage.actors],
        "sources": [_source_to_json(source) for source in passage.sources],
        "url": f"/p/{passage.id}",
    }


def results_to_json(results: Results, *, language: Language = "pl", next_url: str = "") -> Json:
    """Give the answer to a search; the labels of facets are in `language`."""
    return {
        "query": results.query.text,
        "total": results.total,
        "took_ms": round(results.took_ms, 1),
        "notes": [_note_to_json(note) for note in results.notes],
        "hits": [hit_to_json(hit) for hit in results.hits],
        "facets": {facet.field: facet_to_json(facet, language) for facet in results.facets},
        "next": next_url or None,
    }


def hit_to_json(hit: Hit) -> Json:
    return passage_to_json(hit.passage, hit.document) | {
        "score": round(hit.score, 4),
        "snippets": [_snippet_to_json(snippet) for snippet in hit.snippets],
        "why": [_match_to_json(match) for match in hit.why],
    }


def matrix_to_json(matrix: Matrix, language: Language) -> Json:
    """Give a field's values by month: `counts[i][j]` is that of `rows[i]` in `months[j]`."""
    return {
        "field": matrix.field,
        "rows": [
            {
                "value": bucket.value,
                "label": name_bucket(matrix.field, bucket, language),
                "count": bucket.count,
            }
            for bucket in matrix.rows
        ],
        "months": list(matrix.columns),
        "counts": [list(row) for row in matrix.counts],
    }


def similar_to_json(similar: SimilarPassage) -> Json:
    """Give a passage that is like another; `score` is 1 where it has all that the other has."""
    return passage_to_json(similar.passage, similar.document) | {
        "score": round(similar.score, 4),
        "shared": list(similar.shared),
        "twin": similar.twin,
    }


def suggestion_to_json(suggestion: Suggestion, language: Language) -> Json:
    """Give a completion; countries and pairs are called as in `language`."""
    value = suggestion.value
    translated = suggestion.kind in ("country", "pair")
    return {
        "kind": suggestion.kind,
        "value": value,
        "label": name_value(suggestion.kind, value, language) if translated else suggestion.label,
        "count": suggestion.count,
        "query": suggestion.query,
    }


def concordance_to_json(concordance: Concordance, text: str, *, next_url: str = "") -> Json:
    """Give a concordance; `complete` says whether every passage that answers was read."""
    return {
        "query": text,
        "total": concordance.total,
        "passages": concordance.passages,
        "scanned": concordance.scanned,
        "complete": concordance.scanned == concordance.passages,
        "notes": [_note_to_json(note) for note in concordance.notes],
        "forms": [{"form": form, "count": count} for form, count in concordance.forms],
        "distinct_forms": concordance.distinct_forms,
        "lines": [_line_to_json(line) for line in concordance.lines],
        "next": next_url or None,
    }


def document_to_json(document: Document, label: DocumentLabel) -> Json:
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
        "url": f"/d/{document.id}",
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
        "failed": [{"path": path, "reason": reason} for path, reason in status.failed],
    }


def problem_to_json(
    code: str, title: str, status: int, detail: str, extra: Mapping[str, Any] | None = None
) -> Json:
    """Give an error as RFC 9457 has it; `type` leads to the page that explains it."""
    return {
        "type": f"/help#problem-{code}",
        "title": title,
        "status": status,
        "detail": detail,
    } | dict(extra or {})


def retired_to_json(retired: Retired) -> Json:
    """Give where the text of a retired passage went."""
    return {
        "passage": retired.passage_id,
        "document": f"/d/{retired.document_id}" if retired.document_id else None,
        "successor": f"/p/{retired.successor_id}" if retired.successor_id else None,
    }


def _date_to_json(passage: Passage) -> Json | None:
    if passage.dates is None:
        return None
    return {
        "start": passage.dates.start.isoformat(),
        "end": passage.dates.end.isoformat(),
        "precision": passage.date_precision,
    }


def _actor_to_json(actor: Actor) -> Json:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "mentions": list(actor.mentions),
    }


def _source_to_json(source: Source) -> Json:
    return {"url": source.url, "host": find_host(source.url), "confidence": source.confidence}


def _snippet_to_json(snippet: Snippet) -> Json:
    return {"text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}


def _match_to_json(match: Match) -> Json:
    return {
        "word": match.word,
        "key": match.key,
        "forms": list(match.forms),
        "weight": round(match.weight, 4),
    }


def _line_to_json(line: ConcordanceLine) -> Json:
    return {
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "passage": line.passage_id,
        "start": line.start,
        "document": {"id": line.document.id, "title": line.document.title},
        "url": f"/p/{line.passage_id}",
    }


def _note_to_json(note: Note) -> Json:
    return {
        "code": note.code,
        "values": list(note.values),
        "query": note.query or None,
        "count": note.count,
    }


def facet_to_json(facet: Facet, language: Language) -> Json:
    """Give a facet with the labels of its values in `language`."""
    buckets = [
        {
            "value": bucket.value,
            "label": name_bucket(facet.field, bucket, language),
            "count": bucket.count,
        }
        for bucket in facet.buckets
    ]
    if facet.field == "date":
        return {"interval": facet.interval, "buckets": buckets, "missing": facet.missing}
    return {"buckets": buckets, "other": facet.other, "missing": facet.missing}


def _heading_to_json(heading: Heading) -> Json:
    return {
        "start": heading.start,
        "end": heading.end,
        "level": heading.level,
        "page": heading.page,
    }


def _furniture_to_json(item: Furniture) -> Json:
    return {"kind": item.kind, "page": item.page, "text": item.text}
