"""The command `lotse eval ground`. What measures is imported inside it, so that help is fast."""

import json
from pathlib import Path

import rich_click as click


@click.command("ground")
@click.option(
    "--split", type=click.Choice(["holdout", "tuning"]), default="holdout", show_default=True
)
@click.option("--json", "figures", type=click.Path(path_type=Path), help="All figures as JSON.")
def eval_ground(split: str, figures: Path | None) -> None:
    """Tell claims about articles that hold from claims that do not, as generated ones are told."""
    from evals.ground import as_json, measure
    from kb.config import Config

    told = json.dumps(as_json(measure(Config(), split)), indent=2, ensure_ascii=False)
    click.echo(told)
    if figures is not None:
        figures.write_text(told, encoding="utf-8")
