"""What can be done with chunks: written, removed, and another collection put to service."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from kb.passages.models import Chunk, CollectionState


def write(session: Session, chunks: Sequence[Chunk]) -> None:
    """Write chunks; one that is there already is replaced."""
    for chunk in chunks:
        session.merge(chunk)


def remove(session: Session, collection: str, source_ids: Sequence[int]) -> None:
    session.exec(
        delete(Chunk).where(
            col(Chunk.collection) == collection, col(Chunk.source_id).in_(source_ids)
        )
    )


def drop(session: Session, collection: str) -> None:
    """Forget every chunk of a collection that no longer serves."""
    session.exec(delete(Chunk).where(col(Chunk.collection) == collection))


def serve(session: Session, kind: str, collection: str) -> None:
    """From this commit on, `collection` answers for `kind`."""
    session.merge(CollectionState(kind=kind, serving=collection))
