"""Tables of what agents leave beside a case: on articles, on suggestions, on customers.

Nothing of it is ever shown to a customer.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class Fault(StrEnum):
    """What is the matter with an article, as an agent saw it."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"


class ArticleFlag(SQLModel, table=True):
    """An agent says of a revision, from a case, that something is the matter with it."""

    __tablename__ = "article_flag"
    __table_args__ = (UniqueConstraint("case_id", "revision_id", "by_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    fault: Fault = Field(sa_column=enum_column(Fault))
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When an editor has seen to it."""
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = Field(
        default="", sa_column=Column(Text, nullable=False, server_default=text("''"))
    )
    """What the editor says to whoever flagged it."""


class ArticleLack(SQLModel, table=True):
    """For this case there is no article, in the words a customer would look for it."""

    __tablename__ = "article_lack"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", unique=True)
    locale: str
    words: str
    by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CustomerNote(SQLModel, table=True):
    """What the staff should know about a customer; whoever works here can erase it."""

    __tablename__ = "customer_note"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    by_id: int | None = Field(default=None, foreign_key="person.id")
    written_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class SuggestionUse(SQLModel, table=True):
    """A suggestion put into a reply. Its text is kept until the reply is out, and then measured.

    `edits` is how many characters differ between the two, of `length` that were put in.
    """

    __tablename__ = "suggestion_use"

    id: int | None = Field(default=None, primary_key=True)
    suggestion_id: int = Field(foreign_key="suggestion.id", index=True)
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    is_draft: bool = False
    """A whole reply, not only a quote."""
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    length: int
    edits: int | None = None
    made_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
