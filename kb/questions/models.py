"""Tables of questions, feedback and wishes. An answer is kept as the person saw it."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from kb import clock
from kb.access import Audience
from kb.affect import Mood, Urgency
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
    PERSON = "wants a person"
    OTHER = "other"


class QuestionOutcome(StrEnum):
    """How asking ended, as far as the asker told."""

    SOLVED_ALONE = "solved alone"
    NOT_YET = "not solved yet"
    HANDED_OVER = "handed over"


class Question(SQLModel, table=True):
    """Something asked, with the answer as it was shown, or the reason there was none."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(16), unique=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    """What was looked for: of a follow-up, the question it stands for."""
    said: str | None = Field(default=None, sa_column=Column(Text))
    """What was typed, where that is not the text."""
    follows: str | None = None
    """Public id of the question this one follows up."""
    wording: str | None = None
    """By which questions that say the same are grouped, see `policy.wording`."""
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
    outcome: QuestionOutcome | None = Field(
        default=None, sa_column=enum_column(QuestionOutcome, nullable=True)
    )
    mood: Mood | None = Field(default=None, sa_column=enum_column(Mood, nullable=True))
    urgency: Urgency | None = Field(default=None, sa_column=enum_column(Urgency, nullable=True))
    affect_reasons: list[str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
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


class Wish(SQLModel, table=True):
    """Somebody wants to be told when there is an answer. Nothing is sent before they confirm."""

    __table_args__ = (UniqueConstraint("question_id", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    locale: str
    email: str | None = Field(default=None, index=True)
    """Forgotten as soon as it is of no more use."""
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    article_id: int | None = Field(default=None, foreign_key="article.id")
    """The article they were told of."""
