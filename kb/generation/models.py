"""What a model made: snapshots that show, any time later, how an answer or a text came about."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class GenerationState(StrEnum):
    """How asking a model ended. Only what is SHOWN is ever seen by a reader."""

    ASKED = "asked"
    """The model has not answered yet, or the process that asked is gone."""
    SHOWN = "shown"
    DECLINED = "declined"
    UNSUPPORTED = "unsupported"
    BESIDE_THE_POINT = "beside the point"
    NOT_UNDERSTOOD = "not understood"
    NOTHING_SAID = "nothing said"
    NOT_ASKED = "not asked"


class GeneratedAnswer(SQLModel, table=True):
    """What a model made of one question: its parts with their checks, its sources, its cost."""

    __tablename__ = "generated_answer"

    question_id: int = Field(foreign_key="question.id", primary_key=True)
    """One question is worded once."""
    state: GenerationState = Field(sa_column=enum_column(GenerationState))
    parts: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """In order, dropped ones too: text, numbers of sources, flaw, shared words, nearness."""
    sources: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """Number, revision, section and address of each passage the model saw."""
    prompt: str = ""
    prompt_digest: str = ""
    model: str = ""
    trouble: str = ""
    """Why nothing was said."""
    tokens_in: int = 0
    """Estimated by letters, as not every server counts."""
    tokens_out: int = 0
    milliseconds: float = 0.0
    made_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)


class Purpose(StrEnum):
    """What a text is for, besides answering a question."""

    DRAFT_REPLY = "draft reply"
    CASE_SUMMARY = "case summary"
    COACHING_PLAN = "coaching plan"
    ARTICLE_DRAFT = "article draft"
    PLAIN_LANGUAGE = "plain language"


class TextFate(StrEnum):
    """What the person who asked for a text made of it."""

    KEPT = "kept"
    EDITED = "edited"
    THROWN_AWAY = "thrown away"


class GeneratedText(SQLModel, table=True):
    """What a model made for somebody of the staff, who then decides about it."""

    __tablename__ = "generated_text"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(12), unique=True)
    purpose: Purpose = Field(sa_column=enum_column(Purpose))
    locale: str = "de"
    case_id: int | None = Field(
        default=None, foreign_key="customer_case.id", index=True, ondelete="CASCADE"
    )
    translation_id: int | None = Field(
        default=None, foreign_key="translation.id", index=True, ondelete="CASCADE"
    )
    asked_by: int | None = Field(
        default=None, foreign_key="person.id", index=True, ondelete="SET NULL"
    )
    basis: str = ""
    """Digest of what it was made from, to know whether it still stands."""
    state: GenerationState = Field(sa_column=enum_column(GenerationState))
    parts: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """As of an answer; dropped ones come last."""
    sources: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """Number, title, section; of a passage its revision and anchor, too."""
    prompt: str = ""
    prompt_digest: str = ""
    model: str = ""
    trouble: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: float = 0.0
    made_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)
    fate: TextFate | None = Field(default=None, sa_column=enum_column(TextFate, nullable=True))
    edits: int | None = None
    """Characters of its sentences that were changed until it was used."""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The parts that hold; none, where the whole does not."""
        if self.state is not GenerationState.SHOWN:
            return []
        return [one for one in self.parts if one["flaw"] is None]
