"""Tables of chunks, of collections and of the model they are made by.

Chunks are derived from revisions and solutions, and can be made anew at any time.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Text
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from kb.db import enum_column


class Source(StrEnum):
    """What a chunk was cut from."""

    REVISION = "revision"
    SOLUTION = "solution"


def chunk_id(source: Source, source_id: int, ordinal: int) -> str:
    """Return the id of a piece, the same in every store.

    >>> chunk_id(Source.REVISION, 7, 1)
    'r7.1'
    """
    return f"{source[0]}{source_id}.{ordinal}"


class Chunk(SQLModel, table=True):
    """A piece of a revision or a solution, as one collection cut it.

    `id` is made of source, source id and ordinal, so writing it twice is writing it once.
    Ordinal 0 is the lead: title, summary and opening of the whole article, never quoted.
    """

    __table_args__ = (Index("ix_chunk_collection_source", "collection", "source_id"),)

    collection: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    source: Source = Field(sa_column=enum_column(Source))
    source_id: int
    family_id: int
    """Article id, or case id of a solution: results are collapsed by it."""
    locale: str
    ordinal: int
    section: str = ""
    """Headings on the way to this piece, outermost first, joined by ' › '."""
    anchor: str = ""
    text: str = Field(sa_column=Column(Text, nullable=False))
    devices: str = Field(default="", sa_column_kwargs={"server_default": sql("''")})
    """Those it is for, with commas between; empty: for all."""


class CollectionState(SQLModel, table=True):
    """Which physical collection serves a kind; switching it is what makes a rebuild blue/green."""

    __tablename__ = "collection_state"

    kind: str = Field(primary_key=True)
    serving: str
    kept: str | None = None
    """The one that served before, by another model, for a rollback; nothing is added to it."""
    coming: str | None = None
    """The one that is being filled for the model that was asked for."""


class ModelChoice(SQLModel, table=True):
    """Which embedding model answers, by name; a table of one row, so that all machines agree."""

    __tablename__ = "model_choice"

    id: int = Field(default=1, primary_key=True)
    active: str
    previous: str | None = None
    """The one whose collections are kept."""
    wanted: str | None = None
    """The one that was asked for and is being prepared; the active one answers meanwhile."""
