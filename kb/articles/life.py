"""Tables of the life of articles: times on show, reviews with comments, and what is planned."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class ReviewState(StrEnum):
    """How far a review has come. Only OPEN waits for somebody."""

    OPEN = "open"
    APPROVED = "approved"
    SENT_BACK = "sent back"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What can be planned for a time."""

    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


class Publication(SQLModel, table=True):
    """A time a revision was on show; it lasts while nothing ended it."""

    id: int | None = Field(default=None, primary_key=True)
    translation_id: int = Field(foreign_key="translation.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    began_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Review(SQLModel, table=True):
    """A revision that somebody asks others to look at, and what they decided."""

    __tablename__ = "article_review"

    id: int | None = Field(default=None, primary_key=True)
    translation_id: int = Field(foreign_key="translation.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    state: ReviewState = Field(default=ReviewState.OPEN, sa_column=enum_column(ReviewState))
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What whoever asks wants looked at."""
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What whoever decided says."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReviewComment(SQLModel, table=True):
    """What somebody says about a passage; it stays with the translation until it is resolved."""

    __tablename__ = "review_comment"

    id: int | None = Field(default=None, primary_key=True)
    translation_id: int = Field(foreign_key="translation.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    quote: str = Field(default="", sa_column=Column(Text, nullable=False))
    """The passage as it stood; empty: about the whole."""
    note: str = Field(sa_column=Column(Text, nullable=False))
    author_id: int | None = Field(default=None, foreign_key="person.id")
    written_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    resolved_by: int | None = Field(default=None, foreign_key="person.id")
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Scheduled(SQLModel, table=True):
    """What shall happen to a translation at a time. Done once, by whichever process is first."""

    __tablename__ = "scheduled_deed"

    id: int | None = Field(default=None, primary_key=True)
    translation_id: int = Field(foreign_key="translation.id", index=True)
    deed: Deed = Field(sa_column=enum_column(Deed))
    revision_id: int | None = Field(default=None, foreign_key="revision.id")
    """What to publish."""
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    planned_by: int | None = Field(default=None, foreign_key="person.id")
    planned_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
