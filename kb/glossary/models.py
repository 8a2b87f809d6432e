"""The table of the glossary: a term in one language, and what it means in plain words."""

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel


class GlossaryTerm(SQLModel, table=True):
    """A term with other ways to write it, and a sentence or two that explain it."""

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("locale", "term"),)

    id: int | None = Field(default=None, primary_key=True)
    locale: str
    term: str
    spellings: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    meaning: str
    source: str = ""
    """The import it came with; empty: written in the desk, and no import touches it."""
