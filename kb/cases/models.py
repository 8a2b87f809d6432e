"""Tables of cases. `public_id` is the customer's private link: random, unguessable."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, Text, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from kb import clock
from kb.access import Role
from kb.affect import Mood, Urgency
from kb.db import UtcDateTime, enum_column


class CaseState(StrEnum):
    """Where a case stands; WAITING is for the customer."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"


class Priority(StrEnum):
    """How soon the team wants to see to a case; URGENT goes first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Outcome(StrEnum):
    """How a help episode ended."""

    SOLVED_ALONE = "solved alone"
    SOLVED_COACHED = "solved coached"
    SOLVED_BY_AGENT = "solved by agent"
    HANDED_OVER = "handed over"
    GAVE_UP = "gave up"
    UNKNOWN = "unknown"


class TrailKind(StrEnum):
    """What a customer did before the case, and with what; they chose what goes along."""

    ASKED = "asked"
    READ = "read"
    SAID = "said"
    """What was missing in an article, in the reader's view."""
    TICKED = "ticked"
    DEVICE = "device"
    LOCALE = "locale"
    AFFECT = "affect"


class SuggestionKind(StrEnum):
    """What assist offers."""

    ARTICLE = "article"
    SOLUTION = "solution"


class Fate(StrEnum):
    """What became of a suggestion."""

    SHOWN = "shown"
    INSERTED = "inserted"
    EDITED = "edited"
    SENT = "sent"
    DISMISSED = "dismissed"


class SolutionState(StrEnum):
    """A solution is a CANDIDATE until somebody has looked at it."""

    CANDIDATE = "candidate"
    VALIDATED = "validated"


class Case(SQLModel, table=True):
    """A customer's matter."""

    __tablename__ = "customer_case"
    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        Index("ix_customer_case_state_updated_at", "state", "updated_at"),
        Index(  # all that a list is found and put in order by: its table is not read
            "ix_customer_case_list",
            "state",
            "assignee_id",
            "mood",
            "urgency",
            "priority",
            "updated_at",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(24), unique=True)
    subject: str
    locale: str
    state: CaseState = Field(sa_column=enum_column(CaseState, index=True))
    customer_id: int = Field(foreign_key="person.id", index=True)
    assignee_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    outcome: Outcome = Field(default=Outcome.UNKNOWN, sa_column=enum_column(Outcome))
    priority: Priority = Field(
        default=Priority.NORMAL, sa_column=enum_column(Priority, server_default="normal")
    )
    topic_id: int | None = Field(default=None, foreign_key="category.id", index=True)
    wants_mail: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """Whether the customer is written to when something happens in the case."""
    mood: Mood | None = Field(default=None, sa_column=enum_column(Mood, nullable=True))
    urgency: Urgency | None = Field(default=None, sa_column=enum_column(Urgency, nullable=True))
    affect_reasons: list[str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    source: str = "contact"
    source_key: str = Field(default_factory=lambda: secrets.token_urlsafe(12))
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)
    solved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Message(SQLModel, table=True):
    """Something said in a case. An internal one is never shown to the customer."""

    __table_args__ = (UniqueConstraint("case_id", "idempotency_key"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    author_role: Role = Field(sa_column=enum_column(Role))
    author_id: int | None = Field(default=None, foreign_key="person.id")
    is_internal: bool = False
    body: str = Field(sa_column=Column(Text, nullable=False))
    mood: Mood | None = Field(default=None, sa_column=enum_column(Mood, nullable=True))
    urgency: Urgency | None = Field(default=None, sa_column=enum_column(Urgency, nullable=True))
    affect_reasons: list[str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    idempotency_key: str | None = None
    written_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    visible_from: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    """Until then it is not for the customer, and its author can take it back; None: at once."""
    state_before: CaseState | None = Field(
        default=None, sa_column=enum_column(CaseState, nullable=True)
    )
    """Where the case stood before a message that was held back."""


class MoodCorrection(SQLModel, table=True):
    """What an agent said against an estimate; nothing is learnt from it by itself."""

    __tablename__ = "mood_correction"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="message.id")
    """The customer's last message when it was said."""
    mood_before: Mood | None = Field(default=None, sa_column=enum_column(Mood, nullable=True))
    urgency_before: Urgency | None = Field(
        default=None, sa_column=enum_column(Urgency, nullable=True)
    )
    mood: Mood = Field(sa_column=enum_column(Mood))
    urgency: Urgency = Field(sa_column=enum_column(Urgency))
    corrected_by: int | None = Field(default=None, foreign_key="person.id")
    corrected_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class CaseArticle(SQLModel, table=True):
    """An article linked to a case; `helped` when it is what solved it."""

    __tablename__ = "case_article"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    article_id: int = Field(foreign_key="article.id", primary_key=True)
    helped: bool = False
    linked_by: int | None = Field(default=None, foreign_key="person.id")
    linked_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Trail(SQLModel, table=True):
    """What the customer had asked or read before writing; it travels with the case."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    kind: TrailKind = Field(sa_column=enum_column(TrailKind))
    text: str
    article_id: int | None = Field(default=None, foreign_key="article.id")
    was_answered: bool = False
    happened_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Solution(SQLModel, table=True):
    """The redacted essence of a solved case: what is indexed, for staff only."""

    # ids are never used again: the index tells what it holds by them
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", unique=True)
    locale: str
    subject: str
    problem: str = Field(sa_column=Column(Text, nullable=False))
    resolution: str = Field(sa_column=Column(Text, nullable=False))
    cause: str = ""
    environment: str = ""
    state: SolutionState = Field(sa_column=enum_column(SolutionState))
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Suggestion(SQLModel, table=True):
    """Something assist offered for a case, and what became of it."""

    __table_args__ = (UniqueConstraint("case_id", "kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    kind: SuggestionKind = Field(sa_column=enum_column(SuggestionKind))
    subject_id: int
    """Article id or solution id, by kind."""
    score: float
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    fate: Fate = Field(default=Fate.SHOWN, sa_column=enum_column(Fate))
    fate_reason: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    pinned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when an agent wants it on top."""
    shown_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Rating(SQLModel, table=True):
    """How content the customer was in the end; given once."""

    __tablename__ = "case_rating"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    stars: int
    """From 1, not at all, to 5, very."""
    comment: str = ""
    rated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Sequel(SQLModel, table=True):
    """A case that goes on where an earlier one of the same customer ended."""

    __tablename__ = "case_sequel"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    earlier_id: int = Field(foreign_key="customer_case.id", index=True)
