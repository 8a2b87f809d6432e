"""What agents see of call-backs, video calls and appointments: on the service's clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from desk.times import Teller
from kb.cases.models import Case
from kb.db import stored_id
from kb.people.models import Person
from kb.ways import policy
from kb.ways.models import Meeting


@dataclass(frozen=True)
class MeetingRow:
    """One of them."""

    id: int
    case_id: int
    way: str
    day: str
    time: str
    phone: str
    phone_url: str
    room: str
    state: str
    is_confirmed: bool
    can_decide: bool
    subject: str
    customer: str
    locale: str


def meeting_rows(
    teller: Teller, found: Iterable[tuple[Meeting, Case, Person]]
) -> list[MeetingRow]:
    """Put meetings into words."""
    return [
        MeetingRow(
            id=stored_id(meeting.id),
            case_id=meeting.case_id,
            way=meeting.way.value,
            day=teller.day(meeting.starts_at),
            time=teller.between(meeting.starts_at, meeting.ends_at),
            phone=meeting.phone,
            phone_url=f"tel:{meeting.phone.replace(' ', '')}",
            room=meeting.room,
            state=meeting.state.value,
            is_confirmed=meeting.confirmed_at is not None,
            can_decide=policy.may_decide(meeting),
            subject=case.subject,
            customer=customer.name,
            locale=case.locale,
        )
        for meeting, case, customer in found
    ]
