"""When no passage has every word: the best partial matches instead."""

import numpy as np
from whoosh import query as wq

from search.docsets import Mask, where
from search.evaluate import evaluate, holds
from search.postings import PostingSource
from search.query import And, Field, Node, Not, Term
from search.translate import ClassesOf, translate

# Up to this many words a partial match must have as many as the best one has; a longer
# query is a question or a pasted sentence, where half as many will do.
SHORT_QUERY_WORDS = 4


def relax_query(
    root: Node, held: Mask, source: PostingSource, classes_of: ClassesOf
) -> wq.Query | None:
    """Give the query for the best partial matches; None where nothing can be left out.

    Fields and exclusions stay in force; only words and phrases joined by AND may be missing.

    Args:
        held: the documents that the filters allow.
    """
    if not isinstance(root, And):
        return None
    fixed = [child for child in root.children if _stays(child)]
    words = [
        child
        for child in root.children
        if not _stays(child) and not (isinstance(child, Term) and child.optional)
    ]
    if len(words) < 2:
        return None
    frame = translate(And(tuple(fixed)), classes_of) if fixed else wq.Every()
    allowed = where(held)
    if fixed:
        allowed = allowed[holds(frame, allowed, source)]
    coverage = np.zeros(source.size, dtype=np.uint8)
    for word in words:
        coverage[evaluate(translate(word, classes_of), source).docs.astype(np.intp)] += 1
    best = int(np.take(coverage, allowed).max(initial=0))
    if best == 0:
        return None
    enough = best if len(words) <= SHORT_QUERY_WORDS else (best + 1) // 2
    partial = wq.Or([translate(word, classes_of) for word in words], minmatch=enough)
    return wq.And([partial, frame]) if fixed else partial


def _stays(node: Node) -> bool:
    """Tell what narrows a query rather than being looked for."""
    if isinstance(node, And):
        return all(_stays(child) for child in node.children)
    return isinstance(node, Field | Not) or (isinstance(node, Term) and node.field != "text")
