"""Tables of questions and feedback. An answer is kept as the snapshot the person saw."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.access import Audience
from kb.db import UtcDateTime, enum_column


class NoAnswerReason(StrEnum):
    """Why there is no answer."""

    NOTHING_FOUND = "nothing found"
    NOT_SURE = "not sure enough"
    EMPTY = "empty question"


class FeedbackReason(StrEnum):
    """What was wrong, in the reader's view."""

    NOT_MY_CASE = "not my case"
    DID_NOT_WORK = "did not work"
    UNCLEAR = "unclear"
    WRONG = "wrong or outdated"
    OTHER = "other"


class Question(SQLModel, table=True):
    """Something asked, with the answer as it was shown, or the reason there was none."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(16), unique=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    locale: str
    audience: Audience = Field(sa_column=enum_column(Audience))
    answer: str | None = Field(default=None, sa_column=Column(Text))
    citations: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    hits: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Revision ids of the results, best first."""
    reason: NoAnswerReason | None = Field(
        default=None, sa_column=enum_column(NoAnswerReason, nullable=True)
    )
    confidence: float = 0.0
    engine: str = ""
    fingerprint: str = ""
    milliseconds: float = 0.0
    asked_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)


class Feedback(SQLModel, table=True):
    """What a reader said of a revision, on its page or under an answer that quotes it."""

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    helpful: bool
    reason: FeedbackReason | None = Field(
        default=None, sa_column=enum_column(FeedbackReason, nullable=True)
    )
    comment: str = ""
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(16), unique=True)
    given_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
