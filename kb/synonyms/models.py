"""Tables of synonyms. A group points at its newest revision; revisions never change."""

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime


class SynonymGroup(SQLModel, table=True):
    """Words of one language that mean the same. `version` grows with every change."""

    __tablename__ = "synonym_group"

    id: int | None = Field(default=None, primary_key=True)
    locale: str
    version: int = 0


class SynonymRevision(SQLModel, table=True):
    """What a group was from one change to the next, and who made it so; no words: removed."""

    __tablename__ = "synonym_revision"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="synonym_group.id")
    number: int
    words: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    author_id: int | None = Field(default=None, foreign_key="person.id")
    """None: by the command line."""
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
