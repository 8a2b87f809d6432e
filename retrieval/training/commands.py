"""The commands of `lotse model`. torch is imported inside them, so that help is fast."""

from pathlib import Path

import rich_click as click

from kb.terminal import progress

PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group("model")
def models() -> None:
    """Teach the embedding model."""


@models.command("train")
@click.argument("data", type=FOLDER)
@click.option("--out", type=PATH, required=True, help="Where the model goes.")
@click.option(
    "--work", type=PATH, help="Where a run goes on after a kill; beside OUT if not given."
)
@click.option("--teacher", type=FOLDER, help="Model that teaches; bundled if not given.")
@click.option("--without", multiple=True, help="A source to leave out, to measure on it later.")
@click.option("--threads", default=0, help="CPU threads; 0 takes what there is.")
@click.option("--smoke", is_flag=True, help="200 pairs, a few steps: to see that all works.")
def model_train(  # noqa: PLR0913  # click passes every option
    data: Path,
    out: Path,
    work: Path | None,
    teacher: Path | None,
    without: tuple[str, ...],
    threads: int,
    *,
    smoke: bool,
) -> None:
    """Teach an English model German from the parallel text in DATA (hours on two cores).

    Run it again after a kill, and it goes on where it was.
    """
    import torch

    from retrieval.engines.embedder import ENGLISH, bundled
    from retrieval.training import card
    from retrieval.training.parallel import NoParallelText
    from retrieval.training.train import Recipe, ship, train

    if threads:
        torch.set_num_threads(threads)
    teacher = teacher or bundled(ENGLISH)
    if teacher is None:
        raise click.ClickException("The English model is not installed: make install")
    recipe = Recipe(teacher, without=tuple(sorted(without)))
    recipe = recipe.smoke if smoke else recipe
    try:
        with progress() as tell:
            trained = train(recipe, data, work or out.with_name(f"{out.name}.work"), tell)
    except NoParallelText as error:
        raise click.ClickException(str(error)) from error
    ship(trained, out, card=card.write(recipe, data))
    click.echo(f"The model is in {out}. Use it with LOTSE_EMBEDDING_MODEL={out}")
