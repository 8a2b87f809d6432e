"""Keeps the index in step with the outbox for as long as a process lives.

Vectors are shared, but each machine has a lexical index of its own. So a keeper also follows when
another machine has put a new collection to service, and looks at everything now and then: what
was lost without a note, like a vector store that came back empty, is made good. And it prepares
the embedding model that was asked for, while the present one answers.
"""

import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from time import monotonic

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from kb import outbox
from kb.passages import queries
from kb.passages.queries import State
from retrieval.engines.protocols import LexicalStore
from retrieval.index.activation import advance
from retrieval.index.collections import SLOTS, whole_of
from retrieval.index.follow import follow, forget_terms
from retrieval.index.lock import Busy, turn, writing
from retrieval.index.models import Models
from retrieval.index.stack import Engines
from retrieval.index.sync import sync

log = structlog.get_logger()

_PAUSE = 1.0
"""Seconds between looks at the outbox."""
_LONGEST_PAUSE = 60.0
_THOROUGH = 600.0
"""Seconds until everything is looked at, though no note says that something changed."""


class _Stopped(Exception):
    """The process is to end while a model is being prepared; the next one goes on with it."""


@dataclass(frozen=True)
class _Seen:
    """How the world was when the index was last in step with it."""

    newest: int = -1
    states: Mapping[str, State] = field(default_factory=dict)
    """Slot -> its collections."""
    until: float = 0.0
    """When to look at everything again."""


def keep(
    engine: Engine,
    engines: Engines | Models,
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
                _Keeper(engine, engines, stop, on_done).watch()
        except Busy:
            _make_ready(engines)
            stop.wait(_PAUSE)


def _make_ready(engines: Engines | Models) -> None:
    """Load the model that another process prepares, so that nobody waits for it afterwards."""
    if isinstance(engines, Models):
        try:
            engines.load_wanted()
        except Exception as error:  # noqa: BLE001  # the one that prepares it says so louder
            log.debug("model_not_ready", kind=type(error).__name__)


@dataclass
class _Waits:
    """How long to leave a model alone that could not be prepared; another is tried at once."""

    name: str | None = None
    seconds: float = _PAUSE
    until: float = 0.0

    def for_(self, name: str) -> bool:
        return name == self.name and monotonic() < self.until

    def begin(self, name: str) -> float:
        """Wait, longer each time, and return how long."""
        before = self.seconds if name == self.name else _PAUSE
        self.name, self.seconds = name, min(before * 2, _LONGEST_PAUSE)
        self.until = monotonic() + self.seconds
        return self.seconds


class _Keeper:
    """The one process of a machine that writes its index."""

    def __init__(
        self,
        engine: Engine,
        engines: Engines | Models,
        stop: Event,
        on_done: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._engines = engines
        self._stop = stop
        self._on_done = on_done
        self._seen = _Seen()
        self._pause = _PAUSE
        self._waits = _Waits()

    def watch(self) -> None:
        while not self._stop.is_set():
            self._look(turn)
            if isinstance(self._engines, Models):
                self._change_model(self._engines)
            self._stop.wait(self._pause)

    def _look(self, taking: Callable[[Engine], AbstractContextManager[None]]) -> None:
        """Bring into step what serves; `taking` takes the turn, where it is not ours already."""
        try:
            self._seen = self._follow(taking)
            self._on_done()
            self._pause = _PAUSE
        except Exception as error:  # noqa: BLE001  # whatever it is: the thread must outlive it
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            log.warning("index_waits", **_told(error), seconds=self._pause)

    def _follow(self, taking: Callable[[Engine], AbstractContextManager[None]]) -> _Seen:
        seen = self._seen
        if isinstance(self._engines, Models) and seen.newest < 0:
            self._engines.settle()
        with Session(self._engine) as session:
            newest = outbox.position(session, outbox.INDEXED)
            states = queries.states(session)
        is_due = monotonic() >= seen.until
        if not is_due and newest == seen.newest and states == seen.states:
            return seen
        engines = self._engines.now()
        try:
            with taking(self._engine):
                if is_due or newest != seen.newest:
                    report = sync(self._engine, engines, since=None if is_due else seen.newest)
                    if report.added or report.removed:
                        log.info("index_synced", added=report.added, removed=report.removed)
                with Session(self._engine) as session:
                    states = queries.states(session)
                _take_over(self._engine, engines.lexical, seen.states, states)
        except Busy:  # another machine has the turn, for long where it prepares a model
            _learn(self._engine, engines, states)
            return replace(seen, states=states)
        return _Seen(newest, states, monotonic() + _THOROUGH if is_due else seen.until)

    def _change_model(self, models: Models) -> None:
        """Prepare the model that is wanted; what serves is kept in step meanwhile."""
        name = models.wanted()
        if name is None or self._waits.for_(name):
            return
        try:
            with turn(self._engine):
                activated = advance(models, between=self._between)
        except (Busy, _Stopped):
            return
        except Exception as error:  # noqa: BLE001  # as above; the present model answers on
            seconds = self._waits.begin(name)
            log.warning("model_waits", **_told(error), seconds=seconds)
            return
        self._waits = _Waits()
        if activated is not None:
            log.info("model_activated", name=activated)
            self._seen = _Seen()

    def _between(self) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._look(lambda _: nullcontext())


def _told(error: Exception) -> dict[str, str]:
    """Return what is logged of an error: never what it says, for that may be somebody's text."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return {"kind": type(error).__name__, "place": f"{place.filename}:{place.lineno}"}


def _take_over(
    engine: Engine, lexical: LexicalStore, before: Mapping[str, State], now: Mapping[str, State]
) -> None:
    """Learn the terms of collections that have come, and forget those of ones that are gone."""
    for slot in SLOTS:
        old, new = _names(before.get(slot.key)), _names(now.get(slot.key))
        for name in new - old:
            follow(engine, lexical, slot, name)
        for name in old - new:
            forget_terms(lexical, name)


def _learn(engine: Engine, engines: Engines, states: Mapping[str, State]) -> None:
    """Learn the words of what another machine has written so far, while it has the turn."""
    for slot in SLOTS:
        state = states.get(slot.key)
        for name in () if state is None else (state.serving, state.coming):
            if name is None:
                continue
            with Session(engine) as session:
                rows = queries.count(session, name)
            if rows != engines.lexical.size(name) + engines.lexical.size(whole_of(name)):
                follow(engine, engines.lexical, slot, name)


def _names(state: State | None) -> set[str]:
    return set() if state is None else {state.serving, *state.beside}
