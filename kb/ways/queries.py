"""What can be read about meetings, and how long a first reply takes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from sqlmodel import Session, col, func, select

from kb.access import STAFF_ROLES, Viewer
from kb.cases.models import Case, Message
from kb.people.models import Person
from kb.ways import policy
from kb.ways.hours import Span
from kb.ways.models import Meeting, MeetingState, Place, Way


def by_public_id(session: Session, public_id: str) -> Meeting | None:
    """Return the meeting of a customer's private link."""
    return session.exec(select(Meeting).where(Meeting.public_id == public_id)).first()


def of_case(session: Session, case_id: int) -> Sequence[Meeting]:
    """Return what was agreed in a case, in order."""
    return session.exec(
        select(Meeting).where(Meeting.case_id == case_id).order_by(col(Meeting.starts_at))
    ).all()


def taken(session: Session, way: Way, *, since: datetime) -> list[Span]:
    """Return the places that are given away, each as the time it takes."""
    rows = session.exec(
        select(Place.starts_at, Place.ends_at).where(Place.way == way, col(Place.ends_at) > since)
    ).all()
    return [Span(starts_at, ends_at) for starts_at, ends_at in rows]


def between(
    session: Session, viewer: Viewer, since: datetime, until: datetime
) -> Sequence[tuple[Meeting, Case, Person]]:
    """Return the meetings of a stretch of time, cancelled ones left out, to staff only."""
    if not viewer.is_staff:
        return []
    rows = session.exec(
        select(Meeting, Case, Person)
        .join(Case, col(Case.id) == col(Meeting.case_id))
        .join(Person, col(Person.id) == col(Case.customer_id))
        .where(
            col(Meeting.starts_at) < until,
            col(Meeting.ends_at) > since,
            col(Meeting.state) != MeetingState.CANCELLED,
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    ).all()
    return [(meeting, case, customer) for meeting, case, customer in rows]


def usual_wait(session: Session, *, now: datetime) -> timedelta | None:
    """Return the median time to the first reply of late; None when there are too few to tell."""
    replied = (
        select(Message.case_id, func.min(col(Message.written_at)).label("at"))
        .where(
            col(Message.author_role).in_(STAFF_ROLES),
            col(Message.is_internal).is_(False),
            col(Message.written_at) > now - policy.LOOKS_BACK,
        )
        .group_by(col(Message.case_id))
        .subquery()
    )
    rows = session.exec(
        select(Case.created_at, replied.c.at)
        .join(replied, col(Case.id) == replied.c.case_id)
        .where(col(Case.created_at) > now - policy.LOOKS_BACK)
    ).all()
    waits = [at - created_at for created_at, at in rows if at >= created_at]
    return median(waits) if len(waits) >= policy.FEWEST_REPLIES else None
