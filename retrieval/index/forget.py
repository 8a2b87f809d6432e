"""Take out of the index what is no longer wanted there. Rows go last: they vouch for the rest.

While the rows stand, a kill leaves this to be done again.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine
from sqlmodel import Session

from kb.db import transaction
from kb.passages import actions, queries
from retrieval.index import plan
from retrieval.index.collections import SLOTS, slot_key_of, whole_of
from retrieval.index.follow import forget_terms
from retrieval.index.noted import Noted
from retrieval.index.stack import Engines
from retrieval.index.wanted import wanted

_MOST = 500


def remove(engine: Engine, engines: Engines, collection: str, gone: Sequence[int]) -> None:
    for batch in batches(gone, _MOST):
        with transaction(engine) as session:
            rows = queries.of_sources(session, collection, batch)
            engines.vectors.remove(collection, [row.id for row in rows])
            actions.remove(session, collection, batch)


def forget_replaced(engine: Engine, engines: Engines) -> None:
    """Drop collections that neither serve, nor are kept, nor are being filled."""
    with Session(engine) as session:
        states = queries.states(session)
        old = [
            name
            for name in queries.collections(session)
            if (state := states.get(slot_key_of(name))) is not None
            and plan.is_replaced(name, state.serving, state.beside)
        ]
    for name in old:
        forget(engines, name)
        with transaction(engine) as session:
            actions.drop(session, name)


def thin(engine: Engine, engines: Engines, named: Noted | None = None) -> None:
    """Take out of collections that do not serve what SQL does not want any more.

    They are kept for a rollback, but no longer than the text they were made of; what is new is
    added when they are put to service.
    """
    with Session(engine) as session:
        states = queries.states(session)
        beside = [
            (slot, name)
            for slot in SLOTS
            if slot.key in states
            for name in states[slot.key].beside
        ]
    for slot, name in beside:
        subjects = None if named is None else named.subjects(slot.kind)
        among = None if named is None else named.sources(slot.kind)
        with Session(engine) as session:
            wants = wanted(session, slot, among=subjects)
            gone = queries.stored_sources(session, name, among=among) - wants
        if gone:
            remove(engine, engines, name, sorted(gone))
            engines.lexical.remove(name, sorted(gone))
            engines.lexical.remove(whole_of(name), sorted(gone))


def forget(engines: Engines, collection: str) -> None:
    """Drop vectors and terms of a collection."""
    engines.vectors.drop(collection)
    forget_terms(engines.lexical, collection)


def batches(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
