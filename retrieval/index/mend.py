"""Find what a kill or a lost folder left between rows and vectors, so that sync makes it good.

To compare every id is slow where there are many. So a process does it once, and as long as it
follows the notes nothing can go astray but by another's hand; the counts tell that.
"""

from dataclasses import dataclass

from sqlmodel import Session

from kb.errors import IndexUnavailable
from kb.passages import queries
from retrieval.engines.protocols import VectorStore
from retrieval.index.collections import whole_of
from retrieval.index.stack import Engines

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
            piece.source_id
            for batch in batches
            for piece in queries.pieces(session, collection, batch)
        ),
    )


def is_whole(session: Session, engines: Engines, collection: str) -> bool:
    """Say whether there are as many vectors and as many terms as rows; cheap at any size."""
    rows = queries.count(session, collection)
    terms = engines.lexical.size(collection) + engines.lexical.size(whole_of(collection))
    try:
        return rows == terms and rows == engines.vectors.count(collection)
    except IndexUnavailable:
        return True
