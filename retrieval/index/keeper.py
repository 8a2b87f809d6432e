"""Keeps the index in step with the outbox for as long as a process lives.

Vectors are shared, but each machine has a lexical index of its own. So a keeper also follows when
another machine has put a new collection to service, and looks at everything now and then: what
was lost without a note, like a vector store that came back empty, is made good.
"""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from kb import outbox
from kb.passages import queries
from retrieval.engines.protocols import LexicalStore
from retrieval.index.follow import follow, forget_terms
from retrieval.index.lock import Busy, turn, writing
from retrieval.index.stack import Engines
from retrieval.index.sync import SLOTS, sync

log = structlog.get_logger()

_PAUSE = 1.0
"""Seconds between looks at the outbox."""
_LONGEST_PAUSE = 60.0
_THOROUGH = 600.0
"""Seconds until everything is looked at, though no note says that something changed."""


@dataclass(frozen=True)
class _Seen:
    """How the world was when the index was last in step with it."""

    newest: int = -1
    serving: Mapping[str, str] = field(default_factory=dict)
    """Slot -> the collection that serves it."""
    until: float = 0.0
    """When to look at everything again."""


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
    seen = _Seen()
    pause = _PAUSE
    while not stop.is_set():
        try:
            seen = _look(engine, engines, seen)
            on_done()
            pause = _PAUSE
        except Busy:  # another machine has the turn
            pause = _PAUSE
        except Exception as error:  # noqa: BLE001  # whatever it is: the thread must outlive it
            pause = min(pause * 2, _LONGEST_PAUSE)
            place = traceback.extract_tb(error.__traceback__)[-1]  # never what it says: no text
            log.warning(
                "index_waits",
                kind=type(error).__name__,
                place=f"{place.filename}:{place.lineno}",
                seconds=pause,
            )
        stop.wait(pause)


def _look(engine: Engine, engines: Engines, seen: _Seen) -> _Seen:
    with Session(engine) as session:
        newest, serving = outbox.position(session), queries.all_serving(session)
    is_due = monotonic() >= seen.until
    if not is_due and newest == seen.newest and serving == seen.serving:
        return seen
    with turn(engine):
        if is_due or newest != seen.newest:
            report = sync(engine, engines, since=None if is_due else seen.newest)
            if report.added or report.removed:
                log.info("index_synced", added=report.added, removed=report.removed)
        with Session(engine) as session:
            serving = queries.all_serving(session)
        _take_over(engine, engines.lexical, seen.serving, serving)
    return _Seen(newest, serving, monotonic() + _THOROUGH if is_due else seen.until)


def _take_over(
    engine: Engine, lexical: LexicalStore, before: Mapping[str, str], now: Mapping[str, str]
) -> None:
    """Learn the terms of collections that were put to service, and forget what they replaced."""
    for slot in SLOTS:
        old, new = before.get(slot.key), now.get(slot.key)
        if new is not None and new != old:
            follow(engine, lexical, slot, new)
        if old is not None and new != old:
            forget_terms(lexical, old)
