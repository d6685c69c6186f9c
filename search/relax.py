"""When no passage has every word: the best partial matches instead."""

import numpy as np
from whoosh import query as wq

from search.docsets import Mask, where
from search.evaluate import evaluate, holds
from search.found import Found
from search.postings import PostingSource
from search.query import And, Field, Node, Not, Term
from search.scoring import idf
from search.translate import ClassesOf, translate

# A partial match must have this share of what the best one has of the query, each word
# weighed by its rarity: without it a long question finds half of the collection.
_LEAST_SHARE = 0.4


def find_partial(
    root: Node, held: Mask, source: PostingSource, classes_of: ClassesOf
) -> Found | None:
    """Find the best partial matches; None where nothing can be left out.

    Fields and exclusions stay in force; only words and phrases joined by AND may be missing.

    Args:
        held: the documents that the filters allow.
    """
    if not isinstance(root, And):
        return None
    fixed = [child for child in root.children if _stays(child)]
    words = [
        translate(child, classes_of)
        for child in root.children
        if not _stays(child) and not (isinstance(child, Term) and child.optional)
    ]
    if len(words) < 2:
        return None
    frame = translate(And(tuple(fixed)), classes_of) if fixed else wq.Every()
    allowed = where(held)
    if fixed:
        allowed = allowed[holds(frame, allowed, source)]
    coverage = np.zeros(source.size, dtype=np.float32)
    for word in words:
        docs = evaluate(word, source).docs
        coverage[docs.astype(np.intp)] += idf(docs.size, source.doc_count)
    best = float(np.take(coverage, allowed).max(initial=0))
    if not best:
        return None
    found = evaluate(wq.And([wq.Or(words), frame]) if fixed else wq.Or(words), source)
    return found.select(np.take(coverage, found.docs) >= best * _LEAST_SHARE)


def _stays(node: Node) -> bool:
    """Tell what narrows a query rather than being looked for."""
    if isinstance(node, And):
        return all(_stays(child) for child in node.children)
    return isinstance(node, Field | Not) or (isinstance(node, Term) and node.field != "text")
