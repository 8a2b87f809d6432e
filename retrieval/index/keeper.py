"""Keeps the index in step with the outbox for as long as a process lives."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from kb import outbox
from kb.errors import EmbedderUnavailable, IndexUnavailable
from retrieval.index.lock import Busy, writing
from retrieval.index.stack import Engines
from retrieval.index.sync import sync

log = structlog.get_logger()

_PAUSE = 1.0
"""Seconds between looks at the outbox."""
_LONGEST_PAUSE = 60.0


def keep(
    engine: Engine,
    engines: Engines,
    folder: Path,
    *,
    stop: Event,
    on_held: Callable[[], None] = lambda: None,
    on_done: Callable[[], None] = lambda: None,
) -> None:
    """Sync whenever something changed, until told to stop; what fails is tried again later.

    The right to write is held all the while: an embedded index that a second process wrote to
    would go stale in this one. `on_held` tells when nobody else writes any more, and so when
    such an index may be opened.
    """
    while not stop.is_set():
        try:
            with writing(folder):
                on_held()
                _watch(engine, engines, stop=stop, on_done=on_done)
        except Busy:
            stop.wait(_PAUSE)


def _watch(engine: Engine, engines: Engines, *, stop: Event, on_done: Callable[[], None]) -> None:
    seen = -1
    pause = _PAUSE
    while not stop.is_set():
        try:
            seen = _look(engine, engines, seen)
            on_done()
            pause = _PAUSE
        except (EmbedderUnavailable, IndexUnavailable, SQLAlchemyError) as error:
            pause = min(pause * 2, _LONGEST_PAUSE)
            log.warning("index_waits", kind=type(error).__name__, seconds=pause)
        stop.wait(pause)


def _look(engine: Engine, engines: Engines, seen: int) -> int:
    with Session(engine) as session:
        newest = outbox.position(session)
    if newest == seen:
        return seen
    report = sync(engine, engines)
    if report.added or report.removed:
        log.info("index_synced", added=report.added, removed=report.removed)
    return newest
