"""What can be read about chunks."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from kb.passages.models import Chunk, CollectionState, ModelChoice, Source


class Piece(NamedTuple):
    """A chunk as a search reads it: values only, several times quicker than rows to change."""

    id: str
    source: Source
    source_id: int
    family_id: int
    locale: str
    ordinal: int
    section: str
    anchor: str
    text: str
    devices: str = ""


_PIECES = select_columns(*(col(getattr(Chunk, name)) for name in Piece._fields)).where(
    col(Chunk.collection) == bindparam("of"), col(Chunk.id).in_(bindparam("ids", expanding=True))
)
"""Put together once: with hundreds of ids that takes as long as to run it."""


def stored_sources(
    session: Session, collection: str, *, among: Collection[int] | None = None
) -> set[int]:
    """Return the ids of the revisions or solutions this collection holds chunks of.

    Args:
        session: an open session.
        collection: where to look.
        among: look for these only.
    """
    query = select(Chunk.source_id).where(Chunk.collection == collection).distinct()
    if among is not None:
        query = query.where(col(Chunk.source_id).in_(among))
    return set(session.exec(query).all())


def collections(session: Session) -> Sequence[str]:
    """Return the names of all collections that have chunks."""
    return session.exec(select(Chunk.collection).distinct()).all()


def pieces(session: Session, collection: str, ids: Iterable[str]) -> list[Piece]:
    """Return the chunks of these ids that there are, to be read only."""
    rows = session.connection().execute(_PIECES, {"of": collection, "ids": list(set(ids))})
    return [Piece(*row) for row in rows]


def of_sources(session: Session, collection: str, source_ids: Sequence[int]) -> Sequence[Chunk]:
    return session.exec(
        select(Chunk)
        .where(Chunk.collection == collection, col(Chunk.source_id).in_(source_ids))
        .order_by(col(Chunk.source_id), col(Chunk.ordinal))
    ).all()


def of_family(session: Session, collection: str, family_id: int) -> Sequence[Chunk]:
    """Return what a collection holds of one article, in order."""
    return session.exec(
        select(Chunk)
        .where(Chunk.collection == collection, Chunk.family_id == family_id)
        .order_by(col(Chunk.source_id), col(Chunk.ordinal))
    ).all()


def ids(session: Session, collection: str) -> set[str]:
    return set(session.exec(select(Chunk.id).where(Chunk.collection == collection)).all())


def count(session: Session, collection: str) -> int:
    return session.exec(
        select(func.count()).select_from(Chunk).where(Chunk.collection == collection)
    ).one()


def serving(session: Session, kind: str) -> str | None:
    """Return the name of the collection that serves this kind."""
    state = session.get(CollectionState, kind)
    return state.serving if state is not None else None


def all_serving(session: Session) -> dict[str, str]:
    """Return the names of the collections that serve, by kind."""
    return dict(session.exec(select(CollectionState.kind, CollectionState.serving)).all())


class State(NamedTuple):
    """The collections of one kind."""

    serving: str
    kept: str | None = None
    coming: str | None = None

    @property
    def beside(self) -> tuple[str, ...]:
        """Those that do not serve now, but did or will."""
        return tuple(name for name in (self.kept, self.coming) if name is not None)


def states(session: Session) -> dict[str, State]:
    """Return all that is known of collections, by kind."""
    rows = session.exec(
        select(
            CollectionState.kind,
            CollectionState.serving,
            CollectionState.kept,
            CollectionState.coming,
        )
    ).all()
    return {kind: State(serving, kept, coming) for kind, serving, kept, coming in rows}


def model_choice(session: Session) -> ModelChoice | None:
    """Return which model answers and which is wanted; None before the first sync."""
    return session.get(ModelChoice, 1)


def sources_in(session: Session, names: Collection[str]) -> int:
    """Return how many documents these collections hold, together."""
    return session.exec(
        select(func.count()).select_from(
            select(Chunk.collection, Chunk.source_id)
            .where(col(Chunk.collection).in_(names))
            .distinct()
            .subquery()
        )
    ).one()
