"""What can be done with meetings. A place is taken first: who gets none has changed nothing."""

from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete

from kb import clock, outbox
from kb.cases.models import Case
from kb.db import stored_id
from kb.errors import MeetingOver, SlotTaken
from kb.ways import policy
from kb.ways.hours import Span
from kb.ways.models import Meeting, MeetingState, Place, Way


@dataclass(frozen=True)
class Agreed:
    """How and where to talk."""

    way: Way
    span: Span
    phone: str = ""
    room: str = ""


def take(session: Session, way: Way, span: Span, *, capacity: int, holder: str) -> None:
    """Take a place of this time. Two who want the last one wait for each other; one gets it.

    Raises:
        SlotTaken: every place is given away.
    """
    for number in range(1, capacity + 1):
        if _took(session, way, span, number, holder):
            return
    raise SlotTaken


def agree(session: Session, case: Case, agreed: Agreed, *, public_id: str) -> Meeting:
    """Note what was agreed in a case; a place for it was taken before, where it needs one."""
    meeting = Meeting(
        public_id=public_id,
        case_id=stored_id(case.id),
        way=agreed.way,
        starts_at=agreed.span.starts_at,
        ends_at=agreed.span.ends_at,
        phone=agreed.phone,
        room=agreed.room,
    )
    session.add(meeting)
    session.flush()
    _noted(session, meeting)
    return meeting


def confirm(session: Session, meeting: Meeting) -> None:
    """Note that the customer will be there; saying it twice is no error.

    Raises:
        MeetingOver: it is cancelled, or has begun.
    """
    _changeable(meeting)
    meeting.confirmed_at = meeting.confirmed_at or clock.now()
    _noted(session, meeting)


def move(session: Session, meeting: Meeting, span: Span, *, capacity: int) -> None:
    """Move the meeting to another time; the old one is free again only when the new one is taken.

    Raises:
        MeetingOver: it is cancelled, or has begun.
        SlotTaken: every place of the new time is given away.
    """
    _changeable(meeting)
    if span.starts_at == meeting.starts_at:
        return
    take(session, meeting.way, span, capacity=capacity, holder=meeting.public_id)
    _release(session, meeting)
    meeting.starts_at, meeting.ends_at = span.starts_at, span.ends_at
    meeting.confirmed_at = None
    meeting.version += 1
    _noted(session, meeting)


def cancel(session: Session, meeting: Meeting) -> None:
    """Cancel the meeting and free its place; cancelling twice is no error.

    Raises:
        MeetingOver: it has begun.
    """
    if meeting.state is MeetingState.CANCELLED:
        return
    _changeable(meeting)
    _release(session, meeting)
    meeting.state = MeetingState.CANCELLED
    meeting.version += 1
    _noted(session, meeting)


def decide(session: Session, meeting: Meeting, state: MeetingState, *, by: int | None) -> None:
    """Note what became of the meeting: DONE or MISSED; decided again it is as it was.

    Raises:
        MeetingOver: it was cancelled.
    """
    if meeting.state is state:
        return
    if not policy.may_decide(meeting):
        raise MeetingOver
    meeting.state, meeting.decided_by = state, by
    _noted(session, meeting)


def _noted(session: Session, meeting: Meeting) -> None:
    """Tell whoever has the case before them."""
    session.add(meeting)
    outbox.note(session, outbox.Subject.CASE, meeting.case_id)


def _changeable(meeting: Meeting) -> None:
    if not policy.may_change(meeting, at=clock.now()):
        raise MeetingOver


def _took(session: Session, way: Way, span: Span, number: int, holder: str) -> bool:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    values = {
        "way": way,
        "starts_at": span.starts_at,
        "number": number,
        "ends_at": span.ends_at,
        "holder": holder,
    }
    wanted = insert(Place).values(values).on_conflict_do_nothing().returning(col(Place.number))
    return session.connection().execute(wanted).first() is not None


def _release(session: Session, meeting: Meeting) -> None:
    session.connection().execute(
        delete(Place).where(
            col(Place.holder) == meeting.public_id, col(Place.starts_at) == meeting.starts_at
        )
    )
