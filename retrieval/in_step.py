"""Bring the index into step from a command, unless a running Lotse does. Heavy imports wait."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import rich_click as click

from kb.terminal import progress

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kb.config import Config
    from retrieval.index.models import Models


def bring_into_step(
    config: "Config", engine: "Engine", *, rebuild: bool = False, can_wait: bool = False
) -> None:
    """Sync the index, and finish a change of model, unless another process does.

    Args:
        config: the settings.
        engine: the database.
        rebuild: build the index anew.
        can_wait: it is enough that a running Lotse will do it.
    """
    from retrieval.index.lock import Busy, writing

    # then nothing in the index belongs to one process, and those that serve will follow
    is_shared = bool(config.chroma_url) and engine.dialect.name == "postgresql"
    try:
        with writing(config.index_folder):
            _in_turn(config, engine, rebuild=rebuild)
    except Busy:
        if is_shared and not can_wait:
            _in_turn(config, engine, rebuild=rebuild)
        elif rebuild:
            raise click.ClickException(
                "A running Lotse keeps this index; stop it first."
            ) from None
        else:
            click.echo(
                "A running Lotse keeps this index; it takes up the changes by itself"
                f"{_and_model(config, engine)}."
            )


def _and_model(config: "Config", engine: "Engine") -> str:
    from retrieval.assembly import build_models

    name = build_models(config, engine).wanted()
    if name is None:
        return ""
    return (
        f", and prepares the model {name} while the present one answers; "
        "`lotse model list` shows how far it is"
    )


def _in_turn(config: "Config", engine: "Engine", *, rebuild: bool) -> None:
    from kb.errors import EmbedderUnavailable
    from retrieval.assembly import build_models
    from retrieval.index.activation import advance
    from retrieval.index.lock import turn
    from retrieval.index.sync import Report, sync

    models, report = build_models(config, engine), Report()
    with turn(engine, wait=True), progress() as tell:
        models.settle()
        # a model that does not load must not be in the way of another
        with suppress(*([EmbedderUnavailable] if models.wanted() else [])):
            report = sync(
                engine,
                models.now(),
                rebuild=rebuild,
                progress=lambda done, total: tell("index", done, total),
            )
        activated = advance(
            models,
            progress=lambda done, total: tell("prepare", done, total),
            between=_following(engine, models),
        )
        if activated is not None:
            report = report.and_then(sync(engine, models.now()))
    click.echo(f"index: {report.added} added, {report.removed} removed, {report.chunks} passages")
    if activated is not None:
        click.echo(f"{activated} answers now. {_kept(config, engine)}")


def _following(engine: "Engine", models: "Models") -> Callable[[], None]:
    """Return what keeps the collections that serve in step while others are filled."""
    from sqlmodel import Session

    from kb import outbox
    from kb.errors import EmbedderUnavailable
    from retrieval.index.sync import sync

    def position() -> int:
        with Session(engine) as session:
            return outbox.position(session, outbox.INDEXED)

    seen = position()

    def follow() -> None:
        nonlocal seen
        newest = position()
        if newest != seen:
            with suppress(EmbedderUnavailable):
                sync(engine, models.now(), since=seen)
            seen = newest

    return follow


def _kept(config: "Config", engine: "Engine") -> str:
    from sqlmodel import Session

    from retrieval.training.overview import Role, disk_use, lines, megabytes

    with Session(engine) as session:
        told = lines(session, [])
    everything = sum(line.passages for line in told) or 1
    kept = next((line for line in told if line.role is Role.KEPT), None)
    if kept is None:
        return ""
    share = disk_use(config.index_folder) * kept.passages // everything
    return (
        f"The index of {kept.name} is kept for `lotse model rollback`: "
        f"{kept.passages:,} passages, {megabytes(share)} on this machine."
    )
