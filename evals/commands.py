"""The commands of `lotse eval`. What measures is imported inside them, so that help is fast."""

import json
from pathlib import Path
from typing import Any

import rich_click as click

from kb.terminal import opened, progress


@click.group("eval")
def evaluations() -> None:
    """Measure how good search and answers are."""


@evaluations.command("run")
@click.argument("dataset")
@click.option("--system", type=click.Choice(["hybrid", "dense", "lexical"]), default="hybrid")
@click.option("--locale-filter", is_flag=True, help="Search only in the question's language.")
@click.option("--sample", default=0, help="Only this many articles (a fixed choice).")
@click.option("--run", "lines", type=click.Path(path_type=Path), help="A JSON line a question.")
@click.option("--json", "figures", type=click.Path(path_type=Path), help="All figures as JSON.")
def eval_run(dataset: str, lines: Path | None, figures: Path | None, **chosen: Any) -> None:  # noqa: ANN401
    """Measure on DATASET: a folder with corpus, queries and qrels, or `demo`."""
    from evals import report
    from evals.ask import System
    from evals.run import Order, measure, write_lines
    from kb.db import transaction
    from kb.evaluations.actions import keep

    order = Order(dataset, **{**chosen, "system": System(chosen["system"])})
    config, engine = opened()
    with progress() as tell:
        measured = measure(order, config, tell)
    report.print_run(measured.run)
    if lines is not None:
        write_lines(lines, measured.asked)
    if figures is not None:
        figures.write_text(json.dumps(measured.run.figures, indent=2))
    with transaction(engine) as session:
        click.echo(f"kept as run {keep(session, measured.run).id}")


@evaluations.command("compare")
@click.argument("before", type=int)
@click.argument("after", type=int)
def eval_compare(before: int, after: int) -> None:
    """Compare two runs by number: what changed, and how certain that is."""
    from sqlmodel import Session

    from evals.compare import compare
    from evals.report import print_differences
    from kb.evaluations.queries import run

    _, engine = opened()
    with Session(engine) as session:
        left, right = run(session, before), run(session, after)
    if left is None or right is None:
        raise click.ClickException("No such run. `lotse eval run` prints the number of each.")
    print_differences(compare(left, right))


@evaluations.command("calibrate")
@click.argument("datasets", nargs=-1, required=True)
def eval_calibrate(datasets: tuple[str, ...]) -> None:
    """Fit the confidence on DATASETS and write it beside the code."""
    from evals.calibrate import calibrate
    from evals.report import print_calibration

    config, _ = opened()
    with progress() as tell:
        fitted = calibrate(datasets, config, tell)
    print_calibration(fitted)
