"""The thread that keeps the gaps up to date.

Several processes may: what has a gap is not taken twice, and whoever comes second tries again.
"""

from threading import Event
from typing import Protocol

import structlog
from sqlalchemy import Engine

from kb.db import transaction
from retrieval.gaps.gathering import Safe, gather
from retrieval.index.stack import Engines

log = structlog.get_logger()

_AT_FIRST = 30.0
_BETWEEN = 120.0


class Now(Protocol):
    """Whatever knows the engines that answer now."""

    def now(self) -> Engines: ...


def gather_until(
    stop: Event,
    engine: Engine,
    engines: Now,
    safe: Safe,
) -> None:
    """Look every two minutes, until told to stop; what fails is tried again."""
    pause = _AT_FIRST
    while not stop.wait(pause):
        try:
            with transaction(engine) as session:
                done = gather(session, engines.now(), safe)
            if done.joined or done.forgotten:
                log.info(
                    "gaps_gathered",
                    joined=done.joined,
                    opened=done.opened,
                    forgotten=done.forgotten,
                )
        except Exception as error:  # noqa: BLE001  # whatever it is: the thread must outlive it
            log.warning("gaps_wait", kind=type(error).__name__)
        pause = _BETWEEN
