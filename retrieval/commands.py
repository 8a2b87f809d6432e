"""The commands of `lotse model`, but for `train`. Heavy imports wait, so that help is fast."""

from typing import TYPE_CHECKING

import rich_click as click

from kb.terminal import opened, progress
from retrieval.in_step import bring_into_step
from retrieval.training.commands import models

__all__ = ["models"]

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kb.config import Config
    from retrieval.training.own import Own
    from retrieval.training.store import Stored


@models.command("list")
def model_list() -> None:
    """Show the models there are, which one answers, and what they weigh."""
    from sqlmodel import Session

    from retrieval.training.overview import lines, print_lines
    from retrieval.training.store import stored

    config, engine = _settled()
    with Session(engine) as session:
        told = lines(session, stored(config.models_folder))
    print_lines(told, config.index_folder)
    if config.embedding_model:
        click.echo(f"LOTSE_EMBEDDING_MODEL={config.embedding_model} decides which one answers.")


@models.command("activate")
@click.argument("name")
def model_activate(name: str) -> None:
    """Put model NAME to service: its index is built while the present one answers.

    The one that answers now is kept until the next activation, for `lotse model rollback`.
    """
    config, engine = _settled()
    _stored(config, name)
    _change(config, engine, name)


@models.command("rollback")
def model_rollback() -> None:
    """Go back to the model that answered before; its index is still there."""
    from sqlmodel import Session

    from kb.passages.queries import model_choice

    config, engine = _settled()
    with Session(engine) as session:
        choice = model_choice(session)
    if choice is None or choice.previous is None:
        raise click.ClickException("There is nothing to go back to: no model was activated yet.")
    _change(config, engine, choice.previous)


@models.command("adapt")
@click.argument("name")
@click.option("--threads", default=0, help="CPU threads; 0 takes what there is.")
@click.option("--smoke", is_flag=True, help="A few steps: to see that all works.")
def model_adapt(name: str, *, threads: int, smoke: bool) -> None:
    """Teach the model that answers the words of this knowledge base, as NAME.

    It is offered for `lotse model activate` only if it is better on articles that were held out.
    Run it again after a kill, and it goes on where it was.
    """
    from retrieval.training import adapt, store
    from retrieval.training.overview import said_of
    from retrieval.training.own_lesson import SMOKE, Pace

    config, engine = _settled()
    if not store.is_free(config.models_folder, name):
        raise click.ClickException(
            f"{name} cannot be the name: it is taken, or not made of a-z, 0-9, dots and dashes."
        )
    adapt.use_threads(threads)
    start = _active(config, engine)
    try:
        with progress() as tell:
            adapted, made = adapt.adapt(
                adapt.Start(start.name, start.folder),
                _own(engine),
                config.models_folder / ".work",
                SMOKE if smoke else Pace(),
                tell,
            )
    except adapt.TooLittle as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"held-out part, mean reciprocal rank: {said_of(made)}")
    if not made.held_out.is_better:
        click.echo(f"That is not better with certainty, so {name} is not offered.")
        return
    adapt.offer(adapted, made, config.models_folder, name)
    click.echo(f"{name} is better. Put it to service with: lotse model activate {name}")


@models.command("compare")
@click.argument("before")
@click.argument("after")
def model_compare(before: str, after: str) -> None:
    """Hold two models against each other on the held-out articles of this home."""
    from retrieval.training import adapt
    from retrieval.training.overview import said_of_held_out

    config, engine = _settled()
    one, other = (_stored(config, name) for name in (before, after))
    try:
        with progress() as tell:
            held = adapt.hold_against(one.folder, other.folder, _own(engine), tell)
    except adapt.TooLittle as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"held-out part, mean reciprocal rank: {said_of_held_out(held)}")


def _own(engine: "Engine") -> "Own":
    from sqlmodel import Session

    from retrieval.training.own import collect

    with Session(engine) as session:
        return collect(session)


def _active(config: "Config", engine: "Engine") -> "Stored":
    from sqlmodel import Session

    from kb.passages.queries import model_choice

    with Session(engine) as session:
        choice = model_choice(session)
    return _stored(config, choice.active if choice is not None else "bundled")


def _stored(config: "Config", name: str) -> "Stored":
    from retrieval.training.store import stored

    there = {one.name: one for one in stored(config.models_folder)}
    if name not in there:
        raise click.ClickException(
            f"There is no model {name} here. There are: {', '.join(there)}. One of your own "
            f"belongs in {config.models_folder / name}"
        )
    return there[name]


def _settled() -> "tuple[Config, Engine]":
    from retrieval.assembly import build_models

    config, engine = opened()
    build_models(config, engine).settle()
    return config, engine


def _change(config: "Config", engine: "Engine", name: str) -> None:
    """Ask for a model, and prepare it, unless a running Lotse does."""
    from sqlmodel import Session

    from kb.db import transaction
    from kb.passages import actions, queries

    if config.embedding_model and name != config.embedding_model:
        raise click.ClickException(
            f"LOTSE_EMBEDDING_MODEL={config.embedding_model} decides which model answers. Take "
            f"the setting away on every machine first, then Lotse keeps the choice itself."
        )
    with transaction(engine) as session:
        actions.want(session, name)
    with Session(engine) as session:
        choice = queries.model_choice(session)
    if choice is None or choice.wanted is None:
        click.echo(f"{name} answers already.")
        return
    bring_into_step(config, engine, can_wait=True)
