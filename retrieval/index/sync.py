"""Bring the index into step with SQL: read what is wanted, plan, then act in small commits.

Vectors are written before the chunk rows that vouch for them and removed before the rows go, so a
kill at any moment leaves work to do again, never a row without its vector. Who has compared
everything once needs to look only at what later notes name, as long as the counts agree.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from kb.db import transaction
from kb.passages import actions, queries
from kb.passages.models import Chunk
from retrieval.index import documents, plan
from retrieval.index.collections import SLOTS, Slot
from retrieval.index.follow import follow
from retrieval.index.forget import batches, forget, forget_replaced, remove, thin
from retrieval.index.mend import damage, is_whole
from retrieval.index.noted import Noted, noted
from retrieval.index.stack import Engines
from retrieval.index.wanted import wanted

_BATCH = 24
"""Documents per commit: a few hundred chunks."""

_ROUNDS = 5
"""What is published while a collection is filled is added in the next round; then it must do."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What a sync did: documents added and removed, collections put to service."""

    added: int = 0
    removed: int = 0
    chunks: int = 0
    switched: tuple[str, ...] = ()

    def and_then(self, other: "Report") -> "Report":
        """Return what two syncs did, one after the other."""
        return Report(
            self.added + other.added,
            self.removed + other.removed,
            self.chunks + other.chunks,
            self.switched + other.switched,
        )


@dataclass(frozen=True)
class _Work:
    slot: Slot
    target: plan.Target
    difference: plan.Difference
    strays: tuple[str, ...] = ()
    among: Collection[int] | None = None
    """The sources that were looked at; None: all."""


def sync(
    engine: Engine,
    engines: Engines,
    *,
    rebuild: bool = False,
    since: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Bring every collection into step with SQL.

    Args:
        engine: the database.
        engines: embedder, vectors, lexical index.
        rebuild: fill new collections while the old ones serve, then switch (blue/green).
        since: the note up to which this process has already brought everything into step; only
            what later notes name is looked at, as long as the counts agree. None: everything.
        progress: called with documents done and documents to do.

    Raises:
        IndexUnavailable: a store does not answer; what was committed stays.
        EmbedderUnavailable: the model cannot be loaded.
    """
    if rebuild:
        _forget_unfinished(engine, engines)
    if rebuild or since is None:
        return _compared(engine, engines, rebuild=rebuild, progress=progress)
    with Session(engine) as session:
        named = noted(session, since)
    if named is None:
        return _compared(engine, engines, progress=progress)
    report = _act(engine, engines, _survey(engine, engines, named=named), progress)
    thin(engine, engines, named)
    if not report.switched and _all_whole(engine, engines):
        return report
    return report.and_then(_compared(engine, engines, progress=progress))


def _compared(
    engine: Engine, engines: Engines, *, rebuild: bool = False, progress: Progress | None = None
) -> Report:
    """Compare everything, id by id, and act."""
    report = _act(engine, engines, _survey(engine, engines, rebuild=rebuild), progress)
    forget_replaced(engine, engines)
    thin(engine, engines)
    return report


def fill(engine: Engine, engines: Engines, *, progress: Progress | None = None) -> dict[str, str]:
    """Bring collections of another model into step beside those that serve; nothing is switched.

    What was begun or kept is gone on with. Collections of the other model answer all the while.

    Returns:
        The names of the collections by the keys of their slots.

    Raises:
        IndexUnavailable: a store does not answer; what was committed stays.
        EmbedderUnavailable: the model cannot be loaded.
    """
    collections: dict[str, str] = {}
    for _ in range(_ROUNDS):
        work = _survey_beside(engine, engines)
        collections = {one.slot.key: one.target.collection for one in work}
        with transaction(engine) as session:
            actions.prepare(session, collections)
        report = _act(engine, engines, work, progress)
        if not report.added and not report.removed:
            break
    return collections


def _act(
    engine: Engine, engines: Engines, work: Sequence[_Work], progress: Progress | None
) -> Report:
    total = sum(len(one.difference.add) for one in work)
    done, removed, cut, switched = 0, 0, 0, []
    for one in work:
        engines.vectors.remove(one.target.collection, one.strays)
        remove(engine, engines, one.target.collection, one.difference.remove)
        removed += len(one.difference.remove)
        for batch in batches(one.difference.add, _BATCH):
            cut += _add(engine, engines, one, batch)
            done += len(batch)
            if progress is not None:
                progress(done, total)
        follow(engine, engines.lexical, one.slot, one.target.collection, among=one.among)
        if one.target.build is plan.Build.REPLACE:
            _switch(engine, one)
            switched.append(one.target.collection)
    return Report(done, removed, cut, tuple(switched))


def _survey(
    engine: Engine, engines: Engines, *, rebuild: bool = False, named: Noted | None = None
) -> list[_Work]:
    work, mark = [], engines.fingerprint
    with Session(engine) as session:
        serving = queries.all_serving(session)
        for slot in SLOTS:
            target = plan.target(
                slot, fingerprint=mark, serving=serving.get(slot.key), rebuild=rebuild
            )
            work.append(_work(session, engines, slot, target, named))
    return work


def _survey_beside(engine: Engine, engines: Engines) -> list[_Work]:
    with Session(engine) as session:
        serving, stored = queries.all_serving(session), queries.collections(session)
        return [
            _work(
                session,
                engines,
                slot,
                plan.beside(
                    slot,
                    fingerprint=engines.fingerprint,
                    serving=serving[slot.key],
                    stored=stored,
                ),
            )
            for slot in SLOTS
        ]


def _work(
    session: Session,
    engines: Engines,
    slot: Slot,
    target: plan.Target,
    named: Noted | None = None,
) -> _Work:
    """Find out what there is to do for a slot: of what was named, or of everything."""
    collection = target.collection
    if named is not None and target.build is plan.Build.FOLLOW:
        among = named.sources(slot.kind)
        wants = wanted(session, slot, among=named.subjects(slot.kind))
        stored = queries.stored_sources(session, collection, among=among)
        return _Work(slot, target, plan.difference(wanted=wants, stored=stored), among=among)
    found = damage(session, engines.vectors, collection)
    wants = wanted(session, slot)
    stored = queries.stored_sources(session, collection) - (found.bare & wants)
    return _Work(slot, target, plan.difference(wanted=wants, stored=stored), found.strays)


def _all_whole(engine: Engine, engines: Engines) -> bool:
    with Session(engine) as session:
        serving = queries.all_serving(session)
        return all(is_whole(session, engines, serving[slot.key]) for slot in SLOTS)


def _add(engine: Engine, engines: Engines, work: _Work, batch: Sequence[int]) -> int:
    collection = work.target.collection
    with transaction(engine) as session:
        made: list[Chunk] = []
        texts: list[str] = []
        for document in documents.load(session, work.slot.kind, batch):
            for chunk in documents.chunks(document, collection, engines.embedder):
                made.append(chunk)
                texts.append(documents.embedded_text(chunk, document.title))
        engines.vectors.add(
            collection, [chunk.id for chunk in made], engines.embedder.embed(texts)
        )
        actions.write(session, made)
    return len(made)


def _switch(engine: Engine, work: _Work) -> None:
    with transaction(engine) as session:
        actions.serve(session, work.slot.key, work.target.collection)


def _forget_unfinished(engine: Engine, engines: Engines) -> None:
    """Drop what an earlier, interrupted rebuild left: a rebuild starts from nothing."""
    for one in _survey(engine, engines, rebuild=True):
        with transaction(engine) as session:
            if queries.serving(session, one.slot.key) == one.target.collection:
                continue
            actions.drop(session, one.target.collection)
        forget(engines, one.target.collection)
