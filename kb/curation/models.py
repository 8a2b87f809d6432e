"""Tables of corrections and tips. `public_id` is the reader's private link: unguessable."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class Fault(StrEnum):
    """What a reader holds to be wrong with a passage."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSING = "missing"
    UNCLEAR = "unclear"
    OTHER = "other"


class CorrectionState(StrEnum):
    """What became of a correction. Every state but RECEIVED is an answer."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ANSWERED = "answered"


class TipState(StrEnum):
    """Only a PUBLISHED tip is ever shown to other readers."""

    RECEIVED = "received"
    PUBLISHED = "published"
    DECLINED = "declined"


class Correction(SQLModel, table=True):
    """What a reader says is wrong with one revision, and the editors' answer."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(24), unique=True)
    key: str = Field(default_factory=lambda: secrets.token_urlsafe(16), unique=True)
    """Of the form it came with: sent twice, it is one correction."""
    revision_id: int = Field(foreign_key="revision.id", index=True)
    locale: str
    """In which the reader was reading, and is answered."""
    fault: Fault = Field(sa_column=enum_column(Fault))
    section: str = ""
    """The heading the passage stands below."""
    passage: str = Field(default="", sa_column=Column(Text, nullable=False))
    """The words as the reader saw them; the article may say something else by now."""
    wording: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What should stand there instead, in the reader's view."""
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    email: str = ""
    """Where the answer goes; only ever one that was confirmed, and erased with the answer."""
    state: CorrectionState = Field(
        default=CorrectionState.RECEIVED, sa_column=enum_column(CorrectionState, index=True)
    )
    answer: str = Field(default="", sa_column=Column(Text, nullable=False))
    """The editor's words to the reader."""
    summary: str = ""
    """What changed, in the editor's words: it stands in the article's history, for everyone."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    received_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)


class Tip(SQLModel, table=True):
    """What worked for a reader, in their words; for others only as an editor has approved it."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(16), unique=True)
    feedback_id: int = Field(foreign_key="feedback.id", unique=True)
    """The yes it came with: one of them carries one tip."""
    revision_id: int = Field(foreign_key="revision.id", index=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    state: TipState = Field(default=TipState.RECEIVED, sa_column=enum_column(TipState, index=True))
    shown: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What readers are shown: the editor may have mended the words."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, index=True)
