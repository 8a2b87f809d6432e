"""The command `lotse eval gaps`. What measures is imported inside it, so that help is fast."""

import json
from pathlib import Path

import rich_click as click

from kb.terminal import progress

PATH = click.Path(path_type=Path)


@click.command("gaps")
@click.argument("folders", nargs=-1, type=PATH)
@click.option(
    "--part",
    type=click.Choice(["all", "tuning", "reporting"]),
    default="reporting",
    help="Which half of the topics.",
)
@click.option("--sample", default=0, help="Only this many questions (a fixed choice).")
@click.option("--json", "figures", type=PATH, help="All figures as JSON.")
def eval_gaps(folders: tuple[Path, ...], part: str, sample: int, figures: Path | None) -> None:
    """Measure how well gaps hold together what asks the same, and whether they stay the same.

    FOLDERS hold questions with their intents, which are hidden; our everyday ones come along.
    """
    from dataclasses import asdict

    from evals.datasets.golden import Part
    from evals.datasets.intents import read
    from evals.gaps import measure
    from kb.config import Config

    with progress() as tell:
        measured = measure(read(folders, Part(part)), Config(), tell, sample)
    told = asdict(measured)
    click.echo(json.dumps(told, indent=2))
    if figures is not None:
        figures.write_text(json.dumps(told, indent=2))
