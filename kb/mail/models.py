"""Tables of outgoing mail, and a letter before it is queued."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


@dataclass(frozen=True)
class Letter:
    """What somebody is written: the same in plain text and in HTML."""

    subject: str
    text: str
    html: str
    locale: str = "de"
    stop_url: str = ""
    """Where one click ends letters like this; empty where nothing is to be ended."""


class MailState(StrEnum):
    """What became of a letter."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class MailProblem(StrEnum):
    """Why a letter has not gone out. Never the server's own words: they may hold addresses."""

    SERVER_DOWN = "server down"
    SIGN_IN_REFUSED = "sign-in refused"
    NO_ENCRYPTION = "no encryption"
    SENDER_REFUSED = "sender refused"
    TRY_LATER = "try later"
    RECIPIENT_REFUSED = "recipient refused"
    LETTER_REFUSED = "letter refused"
    TOO_LATE = "too late"
    TOO_MANY = "too many"
    TAKEN_BACK = "taken back"


class Mail(SQLModel, table=True):
    """One letter to one address. Who claims it owns it until the lease ends."""

    __table_args__ = (
        Index("ix_mail_state_next_attempt_at", "state", "next_attempt_at"),
        Index("ix_mail_recipient_created_at", "recipient", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """The same key never makes a second letter."""
    thread: str = Field(default="", index=True)
    """What letters are about, like `case-7`: all of a key before its last slash."""
    token: str = Field(default_factory=lambda: secrets.token_urlsafe(18))
    """Stands in the Message-ID: sent twice, it is still one message."""
    recipient: str
    subject: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    html: str = Field(sa_column=Column(Text, nullable=False))
    locale: str
    stop_url: str = ""
    by_anyone: bool = False
    """Anybody could have caused it by typing the address, so an address gets only a few."""
    state: MailState = Field(default=MailState.QUEUED, sa_column=enum_column(MailState))
    problem: MailProblem | None = Field(
        default=None, sa_column=enum_column(MailProblem, nullable=True)
    )
    attempts: int = 0
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    next_attempt_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    not_after: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease: str = ""
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was sent, given up or taken back."""


class Mailbox(SQLModel, table=True):
    """An address whose owner has proven, by a link in a letter, that they read it."""

    address: str = Field(primary_key=True)
    confirmed_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
