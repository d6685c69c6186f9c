"""The JSON shapes that programs rely on, the same for HTTP, the command and the export."""

from collections.abc import Mapping
from typing import Any

from corpus.document import Actor, DateMention, Passage, Source
from search.query import Note
from search.results import (
    DocumentLabel,
    Facet,
    Hit,
    Match,
    Results,
    Retired,
    SimilarPassage,
    Snippet,
)
from web.labels import name_bucket, name_met
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
        "mentioned_dates": [_mention_to_json(mention) for mention in passage.mentioned_dates],
        "countries": list(passage.countries),
        "mentioned": list(passage.mentioned),
        "pairs": list(passage.pairs),
        "actors": [_actor_to_json(actor) for actor in passage.actors],
        "sources": [_source_to_json(source) for source in passage.sources],
        "url": f"/p/{passage.id}",
    }


def results_to_json(results: Results, *, language: Language = "pl", next_url: str = "") -> Json:
    """Give the answer to a search; values and countries are called as in `language`."""
    return {
        "query": results.query.text,
        "total": results.total,
        "took_ms": round(results.took_ms, 1),
        "notes": [note_to_json(note) for note in results.notes],
        "hits": [hit_to_json(hit, language) for hit in results.hits],
        "facets": {facet.field: facet_to_json(facet, language) for facet in results.facets},
        "next": next_url or None,
    }


def hit_to_json(hit: Hit, language: Language) -> Json:
    return passage_to_json(hit.passage, hit.document) | {
        "score": round(hit.score, 4),
        "snippets": [_snippet_to_json(snippet) for snippet in hit.snippets],
        "why": [_match_to_json(match, language) for match in hit.why],
    }


def similar_to_json(similar: SimilarPassage) -> Json:
    """Give a passage that is like another; `score` is 1 where it has all that the other has."""
    return passage_to_json(similar.passage, similar.document) | {
        "score": round(similar.score, 4),
        "shared": list(similar.shared),
        "twin": similar.twin,
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


def _mention_to_json(mention: DateMention) -> Json:
    """Give a date that a passage speaks of; `span` is where, in characters of its text."""
    return {
        "start": mention.dates.start.isoformat(),
        "end": mention.dates.end.isoformat(),
        "precision": mention.precision,
        "span": [mention.start, mention.end],
    }


def _actor_to_json(actor: Actor) -> Json:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "mentions": list(actor.mentions),
        "roles": list(actor.roles),
    }


def _source_to_json(source: Source) -> Json:
    return {"url": source.url, "host": find_host(source.url), "confidence": source.confidence}


def _snippet_to_json(snippet: Snippet) -> Json:
    return {"text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}


def _match_to_json(match: Match, language: Language) -> Json:
    return {
        "word": match.word,
        "key": name_met(match, language),
        "forms": list(match.forms),
        "weight": round(match.weight, 4),
    }


def note_to_json(note: Note) -> Json:
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
        return {
            "interval": facet.interval,
            "buckets": buckets,
            "before": facet.before,
            "after": facet.after,
            "missing": facet.missing,
        }
    return {"buckets": buckets, "other": facet.other, "missing": facet.missing}
