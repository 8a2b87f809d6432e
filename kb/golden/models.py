"""Tables of golden questions, which articles answer them, and when they turned out otherwise."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column
from kb.evaluations.causes import Cause


class Verdict(StrEnum):
    """How a golden question came out, the best first."""

    RIGHT = "right"
    """The article is quoted; or, where nothing answers it, nothing is."""
    FOUND = "found"
    """The article is among the first, but no answer was sure enough to be given."""
    WRONG = "wrong"


class GoldenQuestion(SQLModel, table=True):
    """A question whose answer is known, asked again whenever something changes."""

    __tablename__ = "golden_question"

    id: int | None = Field(default=None, primary_key=True)
    locale: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    gap_id: int | None = Field(default=None, foreign_key="gap.id", ondelete="SET NULL")
    """Where customers asked it, if it was taken from there; gaps come and go."""
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    """When somebody last said that the expected answer is the right one."""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verdict: Verdict | None = Field(default=None, sa_column=enum_column(Verdict, nullable=True))
    cause: Cause | None = Field(default=None, sa_column=enum_column(Cause, nullable=True))
    quoted_id: int | None = Field(default=None, foreign_key="article.id")
    """The article that was quoted, or else found first."""
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when it comes out like this."""
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was last asked; None: what is expected has changed since."""


class GoldenArticle(SQLModel, table=True):
    """An article that answers a golden question. Without any, nothing may be quoted."""

    __tablename__ = "golden_article"

    question_id: int = Field(foreign_key="golden_question.id", primary_key=True)
    article_id: int = Field(foreign_key="article.id", primary_key=True, index=True)


class GoldenTurn(SQLModel, table=True):
    """A golden question came out otherwise than before."""

    __tablename__ = "golden_turn"

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="golden_question.id", index=True)
    verdict: Verdict = Field(sa_column=enum_column(Verdict))
    cause: Cause | None = Field(default=None, sa_column=enum_column(Cause, nullable=True))
    turned_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
