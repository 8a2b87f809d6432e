"""Find what a kill or a lost folder left between rows and vectors, so that sync makes it good."""

from dataclasses import dataclass

from sqlmodel import Session

from kb.errors import IndexUnavailable
from kb.passages import queries
from retrieval.engines.protocols import VectorStore

_BATCH = 500


@dataclass(frozen=True)
class Damage:
    """Where a collection's rows and vectors disagree."""

    strays: tuple[str, ...] = ()
    """Vectors no row vouches for: they are never shown, and go."""
    bare: frozenset[int] = frozenset()
    """Sources with a row whose vector is gone: they are embedded again."""


def damage(session: Session, vectors: VectorStore, collection: str) -> Damage:
    """Compare ids; a store that does not answer will say so when it is written to."""
    try:
        there = vectors.ids(collection)
    except IndexUnavailable:
        return Damage()
    rows = queries.ids(session, collection)
    lost = sorted(rows - there)
    batches = [lost[at : at + _BATCH] for at in range(0, len(lost), _BATCH)]
    return Damage(
        strays=tuple(sorted(there - rows)),
        bare=frozenset(
            chunk.source_id
            for batch in batches
            for chunk in queries.by_ids(session, collection, batch).values()
        ),
    )
