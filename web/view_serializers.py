"""The JSON shapes of what looks at many passages at once: matrix, concordance, completion."""

from search.results import Concordance, ConcordanceLine, Matrix, Suggestion
from web.labels import name_bucket, name_value
from web.languages import Language
from web.serializers import Json, note_to_json


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
        "before": matrix.before,
        "after": matrix.after,
    }


def suggestion_to_json(suggestion: Suggestion, language: Language) -> Json:
    """Give a completion; countries, pairs and kinds are called as in `language`."""
    value = suggestion.value
    translated = suggestion.kind in ("country", "pair", "kind")
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
        "notes": [note_to_json(note) for note in concordance.notes],
        "forms": [{"form": form, "count": count} for form, count in concordance.forms],
        "distinct_forms": concordance.distinct_forms,
        "lines": [_line_to_json(line) for line in concordance.lines],
        "next": next_url or None,
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
