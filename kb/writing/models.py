"""The table of texts being written. Nobody but the writer ever sees a row of it."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime


class WorkingCopy(SQLModel, table=True):
    """What one person has typed about one translation and not saved yet.

    Two tabs of a person share a row as long as one takes over what the other left; where both
    go on typing, each has a row of its own.
    """

    __tablename__ = "working_copy"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    locale: str
    person_id: int = Field(foreign_key="person.id", index=True)
    tab: str
    """Who wrote last: a random word of the page in the browser."""
    saves: int = 0
    """How often it was kept; a page that knows another number has not seen the latest text."""
    base_version: int = 0
    """The version of the translation that was opened; 0: there was none."""
    title: str = ""
    summary: str = ""
    body: str = Field(default="", sa_column=Column(Text, nullable=False))
    kept_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class DismissedHint(SQLModel, table=True):
    """A hint that an editor does not want to see again, about these words of this translation."""

    __tablename__ = "dismissed_hint"

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    locale: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    dismissed_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
