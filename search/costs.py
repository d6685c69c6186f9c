"""What of a conjunction is better tested than found, and what narrows it most."""

from whoosh import query as wq

from search.postings import PostingSource


def is_column(query: wq.Query, source: PostingSource) -> bool:
    """Tell what narrows without a score, and is better tested than found."""
    if isinstance(query, wq.And | wq.Or) and getattr(query, "minmatch", 0) <= 1:
        return all(is_column(child, source) for child in query.subqueries)
    if isinstance(query, wq.Term):
        return not source.is_text(query.fieldname)
    return isinstance(query, wq.NumericRange | wq.Every | wq.Not)


def estimate_size(query: wq.Query, source: PostingSource) -> int:
    """Give about how many documents a query finds; all of them where that is not known."""
    if isinstance(query, wq.Term):
        return int(source.facet(query.fieldname).docs_of(query.text).size)
    if isinstance(query, wq.Or):
        return sum(estimate_size(child, source) for child in query.subqueries)
    if isinstance(query, wq.And):
        return min(
            (estimate_size(child, source) for child in query.subqueries), default=source.size
        )
    return source.size
