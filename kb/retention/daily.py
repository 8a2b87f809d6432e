"""Every day, as long as a process lives. Several may do it: what is erased is erased once."""

from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kb.db import transaction
from kb.retention.actions import erase_old_words

log = structlog.get_logger()

_AT_FIRST = 60.0
"""Seconds after the start: a process that has just come up has other things to do."""
_A_DAY = 24 * 60 * 60.0


def tidy_until(stop: Event, engine: Engine, days: int) -> None:
    """Erase what is due, every day until told to stop; what fails is tried the next time."""
    pause = _AT_FIRST
    while not stop.wait(pause):
        try:
            with transaction(engine) as session:
                erased = erase_old_words(session, days=days)
            log.info("words_erased", questions=erased.questions, comments=erased.comments)
        except SQLAlchemyError as error:
            log.warning("words_not_erased", kind=type(error).__name__)
        pause = _A_DAY
