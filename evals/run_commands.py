"""The commands that measure: `lotse eval run`, `gate` and `freeze`.

What measures is imported inside them, so that help is fast.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from kb.terminal import opened, progress

if TYPE_CHECKING:
    from evals.bench import Terms
    from evals.run import Order
    from kb.evaluations.models import EvalRun

SYSTEMS = click.Choice(["hybrid", "dense", "lexical"])
PARTS = click.Choice(["all", "tuning", "reporting"])
PATH = click.Path(path_type=Path)


@click.command("run")
@click.argument("name")
@click.argument("data", default="")
@click.option(
    "--system", "systems", type=SYSTEMS, multiple=True, help="One or more, by one index."
)
@click.option("--part", type=PARTS, default="all", help="Which half of the questions.")
@click.option("--limit", default=0, help="Only this many questions (a fixed choice).")
@click.option("--locale-filter", is_flag=True, help="Search only in the question's language.")
@click.option("--sample", default=0, help="Only this many articles (a fixed choice).")
@click.option("--strangers", type=PATH, multiple=True, help="Questions nothing here answers.")
@click.option("--attacks", type=PATH, help="A folder of texts that talk to machines.")
@click.option("--workers", default=1, help="Questions asked at once, where a model is asked.")
@click.option("--report", type=PATH, help="A page with diagrams: OUT.html, or a folder.")
@click.option("--run", "lines", type=PATH, help="A JSON line a question.")
@click.option("--json", "figures", type=PATH, help="All figures as JSON.")
@click.option(
    "--compare", "--baseline", "baseline", help="A kept run or its number; worse is an error."
)
@click.option("--keep-baseline", type=PATH, help="Keep the run in a file to compare with.")
def eval_run(name: str, data: str, **chosen: Any) -> None:  # noqa: ANN401
    """Measure NAME: a task, a suite (small, full, generated), or a data set to search.

    A data set is `demo`, `everyday`, or a folder with corpus, queries and qrels. A task is
    measured on DATA, or on what it is usually measured on. A run that was killed goes on.
    """
    from evals.tasks.catalogue import steps
    from kb.evaluations.tasks import Task

    wanted = steps(name, data)
    if len(wanted) == 1 and wanted[0][0] is Task.SEARCH:
        _search(_order(wanted[0][1], chosen), chosen)
        return
    from evals.task_report import print_task
    from evals.tasks.catalogue import measure

    config, _ = opened()
    with progress() as tell:
        runs = measure(wanted, _terms(chosen), config, tell)
    for one in runs:
        _print_run(one) if one.task is Task.SEARCH else print_task(one)
    _write(runs, [row for one in runs for row in one.per_query], chosen)
    _hold_against(runs, chosen["baseline"], chosen["keep_baseline"])


@click.command("gate")
@click.argument("suite", default="small")
@click.option("--margin", default=0.01, show_default=True, help="A loss up to this is none.")
@click.option("--baselines", type=PATH, help="Where the kept runs are; else beside the code.")
@click.option("--keep", is_flag=True, help="Make these runs the baselines instead.")
def eval_gate(suite: str, margin: float, baselines: Path | None, *, keep: bool) -> None:
    """Measure SUITE and hold it against the baselines; a certain loss is an error."""
    from evals import gate
    from evals.bench import Terms
    from evals.task_report import print_gate
    from evals.tasks.catalogue import measure, steps

    config, _ = opened()
    with progress() as tell:
        runs = measure(steps(suite), Terms(), config, tell)
    _store(runs)
    folder = baselines or gate.BASELINES
    if keep:
        for path in gate.keep(runs, folder=folder):
            click.echo(f"kept {path}")
        return
    found = gate.hold(runs, folder=folder, margin=margin)
    print_gate(found, margin)
    if lost := [one.name for one in found if not one.passes]:
        raise click.ClickException(f"The gate is closed by {', '.join(lost)}")


@click.command("freeze")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--source", required=True, help="Where the questions come from.")
@click.option("--licence", required=True, help="Under what they may be used.")
def eval_freeze(folder: Path, source: str, licence: str) -> None:
    """Freeze the data set in FOLDER: after that it is measured only as it is now."""
    from evals.datasets.frozen import Provenance, freeze

    told = freeze(folder, Provenance(source, licence))
    click.echo(f"{told['name']}: {len(told['files'])} files frozen, {told['halves'] or 'unsplit'}")


def _search(order: "Order", chosen: dict[str, Any]) -> None:
    from evals.report import print_differences
    from evals.run import measure

    config, _ = opened()
    with progress() as tell:
        measured = measure(order, config, tell)
    first, *others = (one.run for one in measured)
    for run in (first, *others):
        _print_run(run)
    from evals.compare import compare

    for other in others:
        print_differences(compare(other, first), f"{first.system} minus {other.system}")
    _write([first, *others], [one.line() for one in measured[0].asked], chosen)
    _hold_against([first], chosen["baseline"], chosen["keep_baseline"])


def _print_run(run: "EvalRun") -> None:
    from evals.report import print_run

    print_run(run)


def _order(dataset: str, chosen: dict[str, Any]) -> "Order":
    from evals.ask import System
    from evals.datasets.golden import Part
    from evals.run import Order

    return Order(
        dataset,
        tuple(map(System, chosen["systems"])) or (System.HYBRID,),
        chosen["locale_filter"],
        chosen["sample"],
        Part(chosen["part"]),
        chosen["strangers"],
        chosen["limit"],
    )


def _terms(chosen: dict[str, Any]) -> "Terms":
    from evals.ask import System
    from evals.bench import Terms
    from evals.datasets.golden import Part

    return Terms(
        chosen["limit"],
        Part(chosen["part"]),
        chosen["sample"],
        System(next(iter(chosen["systems"]), System.HYBRID)),
        chosen["strangers"],
        chosen["attacks"],
        chosen["workers"],
    )


def _write(
    runs: "Sequence[EvalRun]", lines: Sequence[dict[str, Any]], chosen: dict[str, Any]
) -> None:
    from evals import page

    if chosen["lines"] is not None:
        texts = (json.dumps(line, ensure_ascii=False) for line in lines)
        chosen["lines"].write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    if chosen["figures"] is not None:
        told = {_named(run): run.figures for run in runs}
        chosen["figures"].write_text(json.dumps(told, indent=2))
    if chosen["report"] is not None:
        page.write(chosen["report"], runs)
    _store(runs)


def _named(run: "EvalRun") -> str:
    """Return the name of a run among others: of search the system, as ever."""
    from kb.evaluations.tasks import Task

    return run.system if run.task is Task.SEARCH else f"{run.task} {run.dataset}"


def _store(runs: "Sequence[EvalRun]") -> None:
    from kb.db import transaction
    from kb.evaluations.actions import keep

    _, engine = opened()
    with transaction(engine) as session:
        for run in runs:
            number = keep(session, run).id
            click.echo(f"{run.task} on {run.dataset}, {run.system}: kept as run {number}")


def _hold_against(
    runs: "Sequence[EvalRun]", before: str | None, keep_baseline: Path | None
) -> None:
    from evals import baseline, gate
    from evals.report import print_differences

    if keep_baseline is not None:
        several = len(runs) > 1
        for run in runs:
            path = gate.file_of(run, keep_baseline) if several else keep_baseline
            baseline.write(path, run)
    if before is None:
        return
    lost = []
    for run in runs:
        found = _differences(before, run, several=len(runs) > 1)
        print_differences(found, "This run minus the baseline")
        lost += [f"{one.group} {one.measure}" for one in baseline.losses(found)]
    if lost:
        raise click.ClickException(f"Worse than the baseline with certainty: {', '.join(lost)}")


def _differences(before: str, run: "EvalRun", *, several: bool) -> "list[Any]":
    from sqlmodel import Session

    from evals import baseline, gate
    from evals.compare import compare
    from kb.evaluations.queries import run as by_number

    if not before.isdigit():
        path = gate.file_of(run, Path(before)) if several else Path(before)
        return baseline.against(path, run)
    _, engine = opened()
    with Session(engine) as session:
        kept = by_number(session, int(before))
    if kept is None:
        raise click.ClickException(f"There is no run {before}")
    return compare(kept, run)
