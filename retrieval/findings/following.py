"""Looks for findings beside the requests, for as long as a process lives, and takes its time."""

from collections.abc import Callable
from threading import Event
from time import perf_counter

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from kb import outbox
from kb.outbox import Subject
from retrieval.findings.looking import look, waiting
from retrieval.index.models import Models
from retrieval.index.stack import Engines

log = structlog.get_logger()

_PAUSE = 5.0
_LONGEST_PAUSE = 300.0


def look_until(stop: Event, engine: Engine, engines: Engines | Models, ready: Event) -> None:
    """Compare whatever changes, until told to stop; what fails is tried again later.

    `ready` says that the index may be opened: an embedded one belongs to one process.
    """
    seen, pause = -1, _PAUSE
    while not stop.is_set():
        stop.wait(pause)
        if stop.is_set() or not ready.is_set():
            continue
        try:
            with Session(engine) as session:
                newest = outbox.position(session, (Subject.ARTICLE,))
                is_behind = bool(waiting(session))
            if newest != seen or is_behind:
                look(engine, engines.now(), between=_resting(stop))
                seen = newest
            pause = _PAUSE
        except Exception as error:  # noqa: BLE001  # whatever it is: the thread must outlive it
            pause = min(pause * 2, _LONGEST_PAUSE)
            log.warning("findings_wait", kind=type(error).__name__, seconds=pause)


def _resting(stop: Event) -> Callable[[], bool]:
    """Rest as long as the last step took: whoever waits for a page goes first."""
    since = perf_counter()

    def rest() -> bool:
        nonlocal since
        stop.wait(min(perf_counter() - since, _PAUSE))
        since = perf_counter()
        return not stop.is_set()

    return rest
