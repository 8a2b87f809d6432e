"""The commands of `lotse eval`. What measures is imported inside them, so that help is fast."""

import json
from pathlib import Path
from typing import Any

import rich_click as click

from evals.gap_commands import eval_gaps
from evals.ground_commands import eval_ground
from evals.run_commands import eval_freeze, eval_gate, eval_run
from kb.terminal import opened, progress

PARTS = click.Choice(["all", "tuning", "reporting"])
PATH = click.Path(path_type=Path)


@click.group("eval")
def evaluations() -> None:
    """Measure how good search and answers are."""


@evaluations.command("assist")
@click.argument("dataset", default="demo")
@click.option("--strangers", type=PATH, multiple=True, help="Cases that nothing there solves.")
@click.option("--sample", default=0, help="Only this many cases a language (a fixed choice).")
@click.option("--json", "figures", type=PATH, help="All figures as JSON.")
def eval_assist(
    dataset: str, strangers: tuple[Path, ...], sample: int, figures: Path | None
) -> None:
    """Ask what helps with solved cases that are held out: `demo`, or a folder with cases."""
    from evals.assist import Order, measure

    config, _ = opened()
    with progress() as tell:
        told = measure(Order(dataset, strangers, sample), config, tell)
    click.echo(json.dumps(told, indent=2))
    if figures is not None:
        figures.write_text(json.dumps(told, indent=2))


@evaluations.command("train-assist")
@click.argument("dataset", default="demo")
@click.option("--strangers", type=PATH, multiple=True, help="Cases that nothing there solves.")
def eval_train_assist(dataset: str, strangers: tuple[Path, ...]) -> None:
    """Learn on the tuning half how likely suggestions are, and write it beside the code."""
    from evals.assist import Order, train

    config, _ = opened()
    with progress() as tell:
        found = train(Order(dataset, strangers), config, tell)
    click.echo(json.dumps({"weights": found.weights, "fits": found.fits}, indent=2))


@evaluations.command("coach")
@click.option("--bc-docs", type=PATH, help="The folder of bc_docs, to measure on it, too.")
@click.option("--json", "figures", type=PATH, help="All figures as JSON.")
def eval_coach(bc_docs: Path | None, figures: Path | None) -> None:
    """Hold the plans coaching derives from articles against plans made by hand."""
    from evals import coach_elsewhere
    from evals.coach import measure

    told: dict[str, Any] = dict(measure())
    told["bc_docs"] = coach_elsewhere.measure(bc_docs) if bc_docs else "not measured: no folder"
    click.echo(json.dumps(told, indent=2))
    if figures is not None:
        figures.write_text(json.dumps(told, indent=2))


@evaluations.command("findings")
@click.option("--json", "figures", type=PATH, help="All figures as JSON.")
def eval_findings(figures: Path | None) -> None:
    """Find planted duplicates and contradictions among others: precision and recall of each."""
    from evals.findings import measure

    config, _ = opened()
    with progress() as tell:
        told = measure(config, tell)
    click.echo(json.dumps(told, indent=2))
    if figures is not None:
        figures.write_text(json.dumps(told, indent=2))


@evaluations.command("compare")
@click.argument("before", type=int)
@click.argument("after", type=int)
@click.option("--report", type=PATH, help="Write a page with every question that changed.")
def eval_compare(before: int, after: int, report: Path | None) -> None:
    """Compare two runs by number: what changed, and how certain that is."""
    from sqlmodel import Session

    from evals import page
    from evals.compare import compare
    from evals.report import print_differences
    from kb.evaluations.queries import run

    _, engine = opened()
    with Session(engine) as session:
        left, right = run(session, before), run(session, after)
    if left is None or right is None:
        raise click.ClickException("No such run. `lotse eval run` prints the number of each.")
    print_differences(compare(left, right))
    if report is not None:
        report.write_text(page.compared(left, right), encoding="utf-8")


@evaluations.command("calibrate")
@click.argument("datasets", nargs=-1, required=True)
@click.option("--strangers", type=PATH, multiple=True, help="Questions nothing in them answers.")
def eval_calibrate(datasets: tuple[str, ...], strangers: tuple[Path, ...]) -> None:
    """Fit the confidence on DATASETS and write it beside the code."""
    from evals.calibrate import calibrate
    from evals.report import print_calibration

    config, _ = opened()
    with progress() as tell:
        fitted = calibrate(datasets, config, tell, strangers)
    print_calibration(fitted)


@evaluations.command("train-ranker")
@click.argument("datasets", nargs=-1, required=True)
@click.option("--strangers", type=PATH, multiple=True, help="Questions nothing in them answers.")
def eval_train_ranker(datasets: tuple[str, ...], strangers: tuple[Path, ...]) -> None:
    """Learn how much each signal of search counts from DATASETS, and fit the confidence to it.

    FOLDER@300 takes 300 articles of a large set. Only tuning halves are learnt from.
    """
    from evals.rank import train_ranker
    from evals.report import print_calibration, print_weights

    config, _ = opened()
    with progress() as tell:
        learnt = train_ranker(datasets, config, tell, strangers)
    print_weights(learnt)
    print_calibration(learnt.confidence)


@evaluations.command("ablate")
@click.argument("datasets", nargs=-1, required=True)
@click.option("--without", "names", multiple=True, help="Only this part; may be repeated.")
@click.option("--part", type=PARTS, default="reporting", help="Which half of the questions.")
@click.option("--sample", default=0, help="Only this many articles (a fixed choice).")
@click.option("--json", "figures", type=PATH, help="All differences as JSON.")
def eval_ablate(datasets: tuple[str, ...], names: tuple[str, ...], **chosen: Any) -> None:  # noqa: ANN401
    """Switch off one part of search at a time on DATASETS: what is each worth?"""
    from dataclasses import asdict

    from evals.ablate import ablate, half
    from evals.ablate import chosen as of_names
    from evals.datasets.golden import Part
    from evals.report import print_worth

    config, _ = opened()
    wanted, told = of_names(names), {}
    for name in datasets:
        with half(name, Part(chosen["part"]), chosen["sample"]) as dataset:
            with progress() as tell:
                found = ablate(dataset, wanted, config, tell)
            print_worth(dataset.name, found)
            told[dataset.name] = [asdict(one) for one in found]
    if chosen["figures"] is not None:
        chosen["figures"].write_text(json.dumps(told, indent=2))


@evaluations.command("tables")
@click.argument("datasets", nargs=-1, required=True)
@click.option("--put", "document", type=PATH, help="A document that has marks for the tables.")
def eval_tables(datasets: tuple[str, ...], document: Path | None) -> None:
    """Measure every system on DATASETS and print the tables of docs/quality.md.

    FOLDER@300 takes 300 articles of a large set.
    """
    from evals import tables

    config, _ = opened()
    with progress() as tell:
        found = tables.tables(datasets, config, tell)
    if document is not None:
        tables.put(found, document)
    for table in found.values():
        click.echo(f"{table}\n")


@evaluations.command("train-affect")
def eval_train_affect() -> None:
    """Learn from labelled utterances how words sound, and write the weights beside the code."""
    from evals.affect import measure, train
    from evals.datasets.utterances import Split
    from evals.report import print_affect
    from kb.config import Config

    config = Config()
    train(config)
    print_affect(measure(config, Split.TUNING), "tuning split, which was learnt from")


@evaluations.command("affect")
@click.option("--split", type=click.Choice(["holdout", "tuning"]), default="holdout")
@click.option("--json", "figures", type=PATH, help="All figures as JSON.")
def eval_affect(split: str, figures: Path | None) -> None:
    """Measure how well mood and urgency are told, on utterances nothing was learnt from."""
    from evals.affect import measure, told
    from evals.datasets.utterances import Split
    from evals.report import print_affect
    from kb.config import Config

    measured = measure(Config(), Split(split))
    print_affect(measured, f"{split} split")
    if figures is not None:
        figures.write_text(json.dumps(told(measured), indent=2))


evaluations.add_command(eval_run)
evaluations.add_command(eval_gate)
evaluations.add_command(eval_freeze)
evaluations.add_command(eval_gaps)
evaluations.add_command(eval_ground)
