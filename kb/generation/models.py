"""The table of generated answers: a snapshot that shows, any time later, how one came about."""

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
