"""What can be read about chunks."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, func, select

from kb.passages.models import Chunk, CollectionState


def stored_sources(session: Session, collection: str) -> set[int]:
    """Return the ids of the revisions or solutions this collection holds chunks of."""
    return set(
        session.exec(
            select(Chunk.source_id).where(Chunk.collection == collection).distinct()
        ).all()
    )


def collections(session: Session) -> Sequence[str]:
    """Return the names of all collections that have chunks."""
    return session.exec(select(Chunk.collection).distinct()).all()


def by_ids(session: Session, collection: str, ids: Iterable[str]) -> dict[str, Chunk]:
    rows = session.exec(
        select(Chunk).where(Chunk.collection == collection, col(Chunk.id).in_(set(ids)))
    ).all()
    return {row.id: row for row in rows}


def of_sources(session: Session, collection: str, source_ids: Sequence[int]) -> Sequence[Chunk]:
    return session.exec(
        select(Chunk)
        .where(Chunk.collection == collection, col(Chunk.source_id).in_(source_ids))
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
