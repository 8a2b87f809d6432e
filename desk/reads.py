"""How often articles are opened: counted in memory, written down once a minute as numbers a day.

Nothing about who reads is looked at. Whoever asks not to be remembered is not counted at all.
"""

from collections import Counter
from datetime import date
from threading import Event, Lock

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from kb import clock
from kb.articles import seen
from kb.db import transaction

log = structlog.get_logger()

_PAUSE = 60.0


class Reads:
    """What was opened since it was written down last."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[int, date]] = Counter()
        self._lock = Lock()

    def count(self, revision_id: int) -> None:
        with self._lock:
            self._counted[revision_id, clock.now().date()] += 1

    def write_down(self, session: Session) -> None:
        """Add what was counted to the caller's transaction."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
        if counted:
            seen.note(session, counted)


def write_until(stop: Event, engine: Engine, reads: Reads) -> None:
    """Write down what was counted every minute, and once more in the end."""
    is_over = False
    while not is_over:
        is_over = stop.wait(_PAUSE)
        try:
            with transaction(engine) as session:
                reads.write_down(session)
        except SQLAlchemyError as error:
            log.warning("reads_not_counted", kind=type(error).__name__)
