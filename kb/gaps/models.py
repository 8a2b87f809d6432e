"""Tables of gaps. No words of customers are kept here: an item points at where they stand."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class GapState(StrEnum):
    """What editors make of a gap."""

    OPEN = "open"
    PLANNED = "planned"
    ANSWERED = "answered"
    NOT_OURS = "not ours"


class NotOurs(StrEnum):
    """Why a gap is none that an article should fill."""

    OFF_TOPIC = "off topic"
    ONE_OFF = "one off"
    PERSON = "a person decides"
    COVERED = "an article says it"


class Evidence(StrEnum):
    """Where the words of an item stand."""

    QUESTION = "question"
    CASE = "case"


class Why(StrEnum):
    """What makes an item speak for a gap."""

    UNANSWERED = "unanswered"
    UNHELPFUL = "unhelpful"
    LACKING = "no article fits"
    UNLINKED = "no article linked"


class Gap(SQLModel, table=True):
    """Questions and cases that ask the same and have no good answer."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(9), unique=True)
    state: GapState = Field(default=GapState.OPEN, sa_column=enum_column(GapState, index=True))
    words: dict[str, list[str]] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False)
    )
    """Language -> the words that tell it from other gaps, as customers write them; redacted."""
    sample_id: int | None = None
    """The item that speaks best for the others."""
    centroid: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    fingerprint: str
    """Of the model the vectors come from."""
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    """The article that is being written for it, or answers it."""
    reason: NotOurs | None = Field(default=None, sa_column=enum_column(NotOurs, nullable=True))
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    """Why, in the editor's words."""
    items_then: int = 0
    """How many items it had when it was decided upon."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class GapItem(SQLModel, table=True):
    """One question or case that speaks for a gap; it goes when its words are erased."""

    __tablename__ = "gap_item"
    __table_args__ = (UniqueConstraint("kind", "ref_id"),)

    id: int | None = Field(default=None, primary_key=True)
    gap_id: int = Field(foreign_key="gap.id", index=True)
    kind: Evidence = Field(sa_column=enum_column(Evidence))
    ref_id: int
    """Of the question or the case."""
    locale: str
    why: Why = Field(sa_column=enum_column(Why))
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Of the redacted words."""
    happened_at: datetime = Field(sa_type=UtcDateTime, index=True)
