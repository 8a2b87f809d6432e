"""Compare the index to SQL and report. Never repairs: sync does."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from kb.passages import queries
from retrieval.index.collections import SLOTS, Slot, fingerprint_of
from retrieval.index.follow import term_ids
from retrieval.index.stack import Engines
from retrieval.index.wanted import wanted


@dataclass(frozen=True)
class Finding:
    """How far one collection is from what SQL wants; all counts are 0 when it is in step."""

    slot: Slot
    collection: str
    chunks: int
    missing: int
    """Documents SQL wants and the collection has no chunks of."""
    surplus: int
    """Documents the collection has and SQL does not want."""
    without_vector: int
    without_terms: int
    strays: int
    """Vectors or terms no chunk row vouches for; they are never shown."""
    is_outdated: bool
    """The collection was made by another model, cutting or analysis."""

    @property
    def drift(self) -> int:
        counts = (self.missing, self.surplus, self.without_vector, self.without_terms, self.strays)
        return sum(counts) + int(self.is_outdated)


def audit(engine: Engine, engines: Engines) -> list[Finding]:
    """Return one finding per slot.

    Raises:
        IndexUnavailable: a store does not answer.
    """
    with Session(engine) as session:
        return [_finding(session, engines, slot, engines.fingerprint) for slot in SLOTS]


def _finding(session: Session, engines: Engines, slot: Slot, mark: str) -> Finding:
    collection = queries.serving(session, slot.key) or slot.collection(mark)
    stored = queries.stored_sources(session, collection)
    wants = wanted(session, slot)
    rows = queries.ids(session, collection)
    vectors, terms = engines.vectors.ids(collection), term_ids(engines.lexical, collection)
    return Finding(
        slot=slot,
        collection=collection,
        chunks=len(rows),
        missing=len(wants - stored),
        surplus=len(stored - wants),
        without_vector=len(rows - vectors),
        without_terms=len(rows - terms),
        strays=len((vectors | terms) - rows),
        is_outdated=fingerprint_of(collection) != mark,
    )
