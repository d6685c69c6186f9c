"""`kwerenda evaluate`: a team's own queries, and whether enough of what they expect is found."""

import json
import sys
from pathlib import Path

import click

from search.evaluation import evaluate_queries, read_judged_queries
from search.query import MAX_LIMIT
from search.request import DEFAULT_LIMIT
from search.whoosh_engine import open_engine
from web.evaluation_report import evaluation_to_json, find_failures, write_evaluation
from web.plain_errors import told_plainly
from web.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--k", type=click.IntRange(1, MAX_LIMIT), default=DEFAULT_LIMIT, show_default=True)
@click.option("--min-recall", type=click.FloatRange(0, 1), help="Fail below this mean.")
@click.option("--min-mrr", type=click.FloatRange(0, 1), help="Fail below this mean.")
@click.option("--min-ndcg", type=click.FloatRange(0, 1), help="Fail below this mean.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
@told_plainly
def evaluate(
    settings: Settings, /, file: Path, k: int, as_json: bool, **least: float | None
) -> None:
    """Ask the queries of FILE and compare the first k hits with the passages named there.

    Exits with 1 when a mean is below what is demanded, or an expected passage does not exist.
    """
    queries = read_judged_queries(file)
    engine = open_engine(Path(settings.index))
    try:
        evaluation = evaluate_queries(queries, engine, k)
    finally:
        engine.close()
    if as_json:
        click.echo(json.dumps(evaluation_to_json(evaluation), ensure_ascii=False))
    else:
        click.echo("\n".join(write_evaluation(evaluation)))
    failures = find_failures(
        evaluation, {name.removeprefix("min_"): value for name, value in least.items()}
    )
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        sys.exit(1)
