"""Tables of findings. A finding names two revisions on show and the passages it is about."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class FindingKind(StrEnum):
    """How two passages stand to each other."""

    CONTRADICTION = "contradiction"
    TRANSLATION = "translation"
    """One article in two languages, with different numbers."""
    DUPLICATE = "duplicate"


class Matter(StrEnum):
    """What two passages disagree about; of duplicates, nothing."""

    NOTHING = "nothing"
    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"
    TIME = "time"
    PRICE = "price"
    LIMIT = "limit"
    LABEL = "label"
    YES_NO = "yes or no"


class FindingState(StrEnum):
    """What became of a finding. Only what is OPEN asks for anything."""

    OPEN = "open"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class Finding(SQLModel, table=True):
    """Two passages that say the same or disagree."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """Digest of the evidence: what was dismissed does not come back for the same words."""
    kind: FindingKind = Field(sa_column=enum_column(FindingKind, index=True))
    matter: Matter = Field(sa_column=enum_column(Matter))
    score: float
    """How sure the rules are, 0 to 1."""
    rules: str = ""
    """The rules that found it: others may not find it again."""
    left_article_id: int = Field(foreign_key="article.id", index=True)
    left_revision_id: int = Field(foreign_key="revision.id", index=True)
    left_section: str = ""
    left_anchor: str = ""
    left_passage: str = Field(sa_column=Column(Text, nullable=False))
    left_statement: str = Field(default="", sa_column=Column(Text, nullable=False))
    """The part of the passage that disagrees; empty: all of it says the same."""
    left_marks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The words that disagree, as they stand in the statement."""
    right_article_id: int = Field(foreign_key="article.id", index=True)
    right_revision_id: int = Field(foreign_key="revision.id", index=True)
    right_section: str = ""
    right_anchor: str = ""
    right_passage: str = Field(sa_column=Column(Text, nullable=False))
    right_statement: str = Field(default="", sa_column=Column(Text, nullable=False))
    right_marks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    state: FindingState = Field(
        default=FindingState.OPEN, sa_column=enum_column(FindingState, index=True)
    )
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    """Why it is fine, in the editor's words."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    """None where it went away by itself: one of the articles says something else now."""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    found_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class FindingLook(SQLModel, table=True):
    """A revision that was compared with what lies near it, and by which rules."""

    __tablename__ = "finding_look"

    revision_id: int = Field(foreign_key="revision.id", primary_key=True)
    rules: str
    looked_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
