"""Rules about cases."""

from kb.access import Role, Viewer
from kb.cases.models import Case, CaseState, Message

UNFINISHED = frozenset({CaseState.NEW, CaseState.OPEN, CaseState.WAITING})


def may_work_on(viewer: Viewer) -> bool:
    """Only staff works on cases; a customer reaches their own by its private link."""
    return viewer.is_staff


def is_shown_to_customer(message: Message) -> bool:
    return not message.is_internal


def state_after_message(case: Case, author: Role, *, internal: bool) -> CaseState:
    """A customer's word opens the case again; an agent's answer waits for the customer."""
    if internal or case.state is CaseState.CLOSED:
        return case.state
    if author is Role.CUSTOMER:
        return CaseState.NEW if case.state is CaseState.NEW else CaseState.OPEN
    return CaseState.WAITING
