"""Bring the gaps up to date with what customers asked: forget, join, fit what is loose, name.

`safe` takes people's data out of a text. Nothing is embedded, counted or named before that, and
no words are kept but those a gap is called by.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from sqlmodel import Session, col, select

from kb import clock
from kb.db import stored_id
from kb.gaps import actions, evidence, policy
from kb.gaps.evidence import Said
from kb.gaps.models import Evidence, Gap, GapItem
from retrieval.engines.protocols import Vectors
from retrieval.gaps import grouping
from retrieval.gaps.naming import names
from retrieval.index.stack import Engines

Safe = Callable[[str], str]

_LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True)
class Gathered:
    """What changed."""

    joined: int = 0
    """Questions and cases that came to a gap, an old or a new one."""
    opened: int = 0
    forgotten: int = 0
    back: int = 0
    """Gaps that had been put away."""


def gather(session: Session, engines: Engines, safe: Safe) -> Gathered:
    """Bring the gaps up to date. The caller commits.

    Raises:
        EmbedderUnavailable: the model cannot be loaded or fails; nothing has changed then.
    """
    said = evidence.fresh(session, since=clock.now() - _LOOK_BACK)
    mark = engines.fingerprint
    vectors = engines.embedder.embed([safe(one.text) for one in said]) if said else None
    _embed_anew(session, engines, safe)
    known = {stored_id(gap.id) for gap in session.exec(select(Gap)).all()}
    erased = evidence.erased(session, session.exec(select(GapItem)).all())
    gone = list({one.id: one for one in (*erased, *evidence.helped_since(session))}.values())
    actions.forget(session, gone)
    are_named = all(session.exec(select(Gap.words)).all())
    if not said and not gone and are_named:
        return Gathered()
    loose = [] if vectors is None else _join(session, said, vectors)
    _fit(session, loose, mark)
    _settle(session, safe)
    back = actions.bring_back(session)
    now = {stored_id(gap.id) for gap in session.exec(select(Gap)).all()}
    return Gathered(len(said), len(now - known), len(gone), back)


def row_of(vector: bytes) -> Vectors:
    return np.frombuffer(vector, dtype=np.float32)


def _embed_anew(session: Session, engines: Engines, safe: Safe) -> None:
    """Where another model has taken over, its vectors take the place of the old ones."""
    gaps = session.exec(select(Gap).where(col(Gap.fingerprint) != engines.fingerprint)).all()
    for gap in gaps:
        items = _items(session, stored_id(gap.id))
        words = evidence.words_of(session, items)
        kept = [item for item in items if (item.kind, item.ref_id) in words]
        if not kept:
            continue
        rows = engines.embedder.embed([safe(words[item.kind, item.ref_id]) for item in kept])
        for item, row in zip(kept, rows, strict=True):
            item.vector = row.tobytes()
            session.add(item)
        gap.fingerprint, gap.centroid = engines.fingerprint, grouping.centroid(rows).tobytes()
        session.add(gap)
    session.flush()


def _join(session: Session, said: Sequence[Said], vectors: Vectors) -> list[tuple[Said, Vectors]]:
    """Let what is near enough join a settled gap; return what is left."""
    sizes = actions.counts(session)
    settled = [
        gap
        for gap in session.exec(select(Gap).order_by(col(Gap.id))).all()
        if policy.is_settled(gap, sizes.get(stored_id(gap.id), 0))
    ]
    centroids = np.array([row_of(gap.centroid) for gap in settled], dtype=np.float32)
    left: list[tuple[Said, Vectors]] = []
    nearest = grouping.joined(vectors, centroids)
    for one, row, at in zip(said, vectors, nearest, strict=True):
        if at < 0:
            left.append((one, row))
        else:
            session.add(_item(one, row, stored_id(settled[at].id)))
    session.flush()
    return left


def _fit(session: Session, loose: Sequence[tuple[Said, Vectors]], mark: str) -> None:
    """Fit what joined none together with what stands nearly alone; old names go on."""
    if not loose:
        return
    sizes = actions.counts(session)
    small = {
        stored_id(gap.id): gap
        for gap in session.exec(select(Gap)).all()
        if not policy.is_settled(gap, sizes.get(stored_id(gap.id), 0))
    }
    old = session.exec(select(GapItem).where(col(GapItem.gap_id).in_(small))).all()
    rows = np.vstack([*(row_of(item.vector) for item in old), *(row for _, row in loose)])
    found = [int(label) for label in grouping.fitted(rows)]
    before = [item.gap_id for item in old] + [None] * len(loose)
    goes_on = grouping.keeping_names(before, found)
    ids = {new: was or _opened(session, rows, mark) for new, was in goes_on.items()}
    for item, label in zip(old, found, strict=False):
        item.gap_id = ids[label]
        session.add(item)
    for (one, row), label in zip(loose, found[len(old) :], strict=True):
        session.add(_item(one, row, ids[label]))
    actions.remove_empty(session)


def _opened(session: Session, rows: Vectors, mark: str) -> int:
    gap = Gap(centroid=rows[0].tobytes(), fingerprint=mark)  # its own centroid comes right after
    session.add(gap)
    session.flush()
    return stored_id(gap.id)


def _settle(session: Session, safe: Safe) -> None:
    """Give every gap its centroid, the item that speaks best for it, and its words."""
    items = session.exec(select(GapItem).order_by(col(GapItem.id))).all()
    words = evidence.words_of(session, items)
    together: dict[int, list[GapItem]] = {}
    for item in items:
        together.setdefault(item.gap_id, []).append(item)
    called = names({key: _texts(own, words, safe) for key, own in together.items()})
    for gap in session.exec(select(Gap).where(col(Gap.id).in_(together))).all():
        own = together[stored_id(gap.id)]
        rows = np.vstack([row_of(item.vector) for item in own])
        middle = grouping.centroid(rows)
        gap.centroid, gap.words = middle.tobytes(), called[stored_id(gap.id)]
        gap.sample_id = own[int((rows @ middle).argmax())].id
        session.add(gap)
    session.flush()


def _texts(
    own: Sequence[GapItem], words: Mapping[tuple[Evidence, int], str], safe: Safe
) -> list[tuple[str, str]]:
    return [(item.locale, safe(words.get((item.kind, item.ref_id), ""))) for item in own]


def _items(session: Session, gap_id: int) -> Sequence[GapItem]:
    return session.exec(select(GapItem).where(GapItem.gap_id == gap_id)).all()


def _item(one: Said, row: Vectors, gap_id: int) -> GapItem:
    return GapItem(
        gap_id=gap_id,
        kind=one.kind,
        ref_id=one.ref_id,
        locale=one.locale,
        why=one.why,
        vector=row.astype(np.float32).tobytes(),
        happened_at=one.happened_at,
    )
