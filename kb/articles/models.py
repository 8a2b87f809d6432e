"""Tables of articles. A published translation points at one revision; revisions never change."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.access import Audience
from kb.db import UtcDateTime, enum_column


class State(StrEnum):
    """Where a translation stands. Only PUBLISHED is ever shown outside curation."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Significance(StrEnum):
    """How much an edit changes for readers. A MAJOR one makes translations of it outdated."""

    TYPO = "typo"
    MINOR = "minor"
    MAJOR = "major"


class Category(SQLModel, table=True):
    """A node of the category tree; its names stand in CategoryName."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    parent_id: int | None = Field(default=None, foreign_key="category.id")
    icon: str = "folder"
    position: int = 0


class CategoryName(SQLModel, table=True):
    """What a category is called in one language."""

    __tablename__ = "category_name"

    category_id: int = Field(foreign_key="category.id", primary_key=True)
    locale: str = Field(primary_key=True)
    name: str


class Article(SQLModel, table=True):
    """A family: one topic, one audience, one category, one owner."""

    __table_args__ = (UniqueConstraint("source", "source_key"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(unique=True)
    audience: Audience = Field(sa_column=enum_column(Audience))
    category_id: int | None = Field(default=None, foreign_key="category.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    source: str = "desk"
    source_key: str
    is_archived: bool = False
    verify_months: int | None = None
    """How often somebody shall look whether it is still right; None: nobody is reminded."""
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Translation(SQLModel, table=True):
    """An article in one language. `version` grows with every edit, to notice stale ones."""

    __table_args__ = (UniqueConstraint("article_id", "locale"), UniqueConstraint("locale", "slug"))

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    locale: str
    slug: str
    state: State = Field(sa_column=enum_column(State))
    published_id: int | None = Field(default=None, index=True)
    """The revision on show. No foreign key: it would make a circle with Revision."""
    version: int = 0
    source_digest: str = ""
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When somebody last found that it is right; None: never said."""
    verified_by: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Who, as customers are told: a person or a team."""
    in_step_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When somebody last said that it says what the original says."""


class FormerSlug(SQLModel, table=True):
    """An address a translation had before; it leads to the one it has now."""

    __tablename__ = "former_slug"

    locale: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    translation_id: int = Field(foreign_key="translation.id", index=True)
    left_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Revision(SQLModel, table=True):
    """One immutable version of a translation: Markdown and what describes it."""

    # ids are never used again: the index tells what it holds by them
    __table_args__ = (
        UniqueConstraint("translation_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    translation_id: int = Field(foreign_key="translation.id", index=True)
    number: int
    title: str
    summary: str = ""
    body: str = Field(sa_column=Column(Text, nullable=False))
    tags: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    phrases: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    """Search phrases: how customers ask for this, though the text has other words. Never null,
    but a column that came later cannot say so on SQLite."""
    change_note: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """What changed and why, in the author's words; for staff."""
    significance: Significance = Field(
        default=Significance.MINOR,
        sa_column=enum_column(Significance, server_default=text("'minor'")),
    )
    author_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class Media(SQLModel, table=True):
    """An image an article shows; kept in SQL so that every machine and every backup has it."""

    id: str = Field(primary_key=True)
    """The sha256 of the bytes, first 32 hexadecimal digits."""
    file_name: str
    content_type: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    width: int | None = None
    height: int | None = None
    """Pixels, as a browser shows them; none where the bytes do not say."""


class ArticleMedia(SQLModel, table=True):
    """Which article shows which image: the right to see an image follows from the article."""

    __tablename__ = "article_media"

    article_id: int = Field(foreign_key="article.id", primary_key=True)
    media_id: str = Field(foreign_key="media.id", primary_key=True)
