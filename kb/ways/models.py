"""Tables of what was agreed with customers: call-backs, video calls, appointments.

A place is what keeps two people from getting the same time: it is numbered up to the capacity, and
no number of a time can be given away twice. `public_id` is the customer's private link.
"""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class Way(StrEnum):
    """How a customer can reach a person."""

    MESSAGE = "message"
    CALLBACK = "callback"
    CALL = "call"
    VIDEO = "video"
    APPOINTMENT = "appointment"


class MeetingState(StrEnum):
    """What became of a meeting."""

    AGREED = "agreed"
    CANCELLED = "cancelled"
    DONE = "done"
    MISSED = "missed"


class Meeting(SQLModel, table=True):
    """A time to talk: a window for a call-back, a video call now, or an appointment."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(unique=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    way: Way = Field(sa_column=enum_column(Way))
    starts_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    phone: str = ""
    """International, where we call."""
    room: str = ""
    """The address of the video room."""
    state: MeetingState = Field(
        default=MeetingState.AGREED, sa_column=enum_column(MeetingState, index=True)
    )
    version: int = 1
    """Grows with every change, so that calendars know the newer one."""
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Place(SQLModel, table=True):
    """One of the places of a time; the primary key is the guard."""

    __tablename__ = "meeting_place"

    way: Way = Field(sa_column=enum_column(Way, primary_key=True))
    starts_at: datetime = Field(sa_type=UtcDateTime, primary_key=True)
    number: int = Field(primary_key=True)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    holder: str = Field(index=True)
    """The `public_id` of the meeting: a place is taken before anything else is written."""


def new_public_id() -> str:
    """Return an id nobody can guess."""
    return secrets.token_urlsafe(24)
