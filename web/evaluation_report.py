"""An evaluation as a table for people, as JSON, and as the reasons to refuse an index."""

import dataclasses
from collections.abc import Iterator, Mapping

from search.evaluation import Evaluation, Figures
from web.serializers import Json

_WIDEST_QUERY = 48


def write_evaluation(evaluation: Evaluation) -> Iterator[str]:
    """Give the lines of a table: each query, what it missed, and the means."""
    texts = [result.text for result in evaluation.results]
    width = min(_WIDEST_QUERY, max(map(len, [*texts, f"mean of {len(texts)}"])))
    yield f"{'query':{width}}  recall@{evaluation.k:<3}    MRR   nDCG"
    for result in evaluation.results:
        yield _row(result.text, result.figures, width) + ("  (partial)" if result.relaxed else "")
        if result.missed:
            yield f"  not among the first {evaluation.k}: {', '.join(result.missed)}"
        for name, successor in result.moved.items():
            yield f"  {name} is gone; {successor} counts in its place"
    yield _row(f"mean of {len(texts)}", evaluation.mean, width)


def evaluation_to_json(evaluation: Evaluation) -> Json:
    """Give an evaluation as JSON, figures unrounded."""
    return {
        "k": evaluation.k,
        "mean": dataclasses.asdict(evaluation.mean),
        "queries": [
            {
                "q": result.text,
                **dataclasses.asdict(result.figures),
                "missed": list(result.missed),
                "unknown": list(result.unknown),
                "moved": dict(result.moved),
                "relaxed": result.relaxed,
            }
            for result in evaluation.results
        ],
    }


def find_failures(evaluation: Evaluation, least: Mapping[str, float | None]) -> list[str]:
    """Give a sentence for each expected passage that no index has had and each mean too low.

    Args:
        least: the lowest allowed mean by the name of the figure; None allows any.
    """
    failures = [
        f"No passage has the id {name}, expected by the query {result.text!r}."
        for result in evaluation.results
        for name in result.unknown
    ]
    for name, lowest in least.items():
        actual: float = getattr(evaluation.mean, name)
        if lowest is not None and actual < lowest:
            failures.append(f"The mean {name} is {actual:.3f}, below {lowest:g}.")
    return failures


def _row(text: str, figures: Figures, width: int) -> str:
    shown = text if len(text) <= width else text[: width - 1] + "…"
    return f"{shown:{width}}  {figures.recall:10.3f}  {figures.mrr:5.3f}  {figures.ndcg:5.3f}"
