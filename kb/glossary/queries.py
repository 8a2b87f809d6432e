"""What can be read of the glossary."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.glossary.models import GlossaryTerm


@dataclass(frozen=True)
class Explained:
    """A term as articles show it."""

    term: str
    meaning: str
    spellings: tuple[str, ...] = ()


def explained(session: Session, locale: str) -> list[Explained]:
    """Return the terms of a language, by name."""
    rows = session.exec(
        select(GlossaryTerm.term, GlossaryTerm.meaning, GlossaryTerm.spellings)
        .where(GlossaryTerm.locale == locale)
        .order_by(col(GlossaryTerm.term))
    ).all()
    return [Explained(term, meaning, tuple(others)) for term, meaning, others in rows]


def of_source(session: Session, source: str) -> Sequence[GlossaryTerm]:
    """Return the terms an import brought."""
    return session.exec(select(GlossaryTerm).where(GlossaryTerm.source == source)).all()


def named(session: Session, locale: str, term: str) -> GlossaryTerm | None:
    return session.exec(
        select(GlossaryTerm).where(GlossaryTerm.locale == locale, GlossaryTerm.term == term)
    ).first()
