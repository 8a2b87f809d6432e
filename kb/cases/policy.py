"""Rules about cases."""

from datetime import datetime, timedelta

from kb.access import Role, Viewer
from kb.affect import Mood, Urgency
from kb.cases.models import Case, CaseState, Message, Priority

UNFINISHED = frozenset({CaseState.NEW, CaseState.OPEN, CaseState.WAITING})
REOPENED_WITHIN = timedelta(days=14)
"""How long a customer may take up an ended case again; later it becomes a case of its own."""
STARS = range(1, 6)
RANKS = {Priority.LOW: -1, Priority.NORMAL: 0, Priority.HIGH: 1, Priority.URGENT: 2}
"""How far in front the team has put a case, of those that fare alike."""


def may_work_on(viewer: Viewer) -> bool:
    """Only staff works on cases; a customer reaches their own by its private link."""
    return viewer.is_staff


def is_shown_to_customer(message: Message, *, at: datetime) -> bool:
    return not message.is_internal and not is_held(message, at=at)


def is_held(message: Message, *, at: datetime) -> bool:
    """Say whether a reply can still be taken back."""
    return message.visible_from is not None and message.visible_from > at


def state_after_message(case: Case, author: Role, *, internal: bool) -> CaseState:
    """A customer's word opens the case again; an agent's answer waits for the customer."""
    if internal or case.state is CaseState.CLOSED:
        return case.state
    if author is Role.CUSTOMER:
        return CaseState.NEW if case.state is CaseState.NEW else CaseState.OPEN
    return CaseState.WAITING


def precedence(case: Case) -> int:
    """Return how far in front of others of its list a case stands: 0, or more the worse it is."""
    return (case.mood is Mood.DISTRESSED) + (case.urgency is Urgency.URGENT)


def ended_at(case: Case) -> datetime | None:
    """Return since when the case is over, or None while it is not."""
    if case.state in UNFINISHED:
        return None
    return case.solved_at or case.updated_at


def may_be_reopened(case: Case, *, at: datetime) -> bool:
    """Say whether its customer may take an ended case up again."""
    ended = ended_at(case)
    return ended is not None and at - ended <= REOPENED_WITHIN


def takes_an_answer(case: Case, *, at: datetime) -> bool:
    """Say whether its customer may write into the case: a closed one has to be reopened first."""
    if case.state is CaseState.SOLVED:
        return may_be_reopened(case, at=at)
    return case.state in UNFINISHED
