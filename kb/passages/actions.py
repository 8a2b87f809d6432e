"""What can be done with chunks: written, removed; another collection or model put to service."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, delete, update

from kb.passages.models import Chunk, CollectionState, ModelChoice


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
    state = session.get(CollectionState, kind) or CollectionState(kind=kind, serving=collection)
    state.serving = collection
    session.add(state)


def choose(session: Session, name: str) -> ModelChoice:
    """Write down the model that answers, where that was never done."""
    choice = ModelChoice(active=name)
    session.add(choice)
    return choice


def want(session: Session, name: str | None) -> None:
    """Ask for a model; for none, or the active one, to leave things as they are."""
    choice = session.get_one(ModelChoice, 1)
    wanted = None if name == choice.active else name
    if wanted != choice.wanted:  # what was begun for another is of no use any more
        session.exec(update(CollectionState).values(coming=None))
    choice.wanted = wanted
    session.add(choice)


def prepare(session: Session, collections: Mapping[str, str]) -> None:
    """Note which collection is being filled for each kind."""
    for kind, collection in collections.items():
        state = session.get_one(CollectionState, kind)
        state.coming = None if collection == state.serving else collection
        session.add(state)


def activate(session: Session, name: str, collections: Mapping[str, str]) -> bool:
    """From this commit on, the model and its collections answer; those before are kept.

    Returns:
        False where it is no longer wanted: somebody changed their mind, and nothing is changed.
    """
    before = session.get_one(ModelChoice, 1).active
    taken = session.exec(
        update(ModelChoice)
        .where(col(ModelChoice.wanted) == name)
        .values(active=name, previous=before, wanted=None)
    )
    if not taken.rowcount:
        return False
    for kind, collection in collections.items():
        state = session.get(CollectionState, kind) or CollectionState(kind=kind, serving="")
        if state.serving not in ("", collection):
            state.kept = state.serving
        state.serving, state.coming = collection, None
        session.add(state)
    return True
