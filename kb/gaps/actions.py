"""What can be done with gaps. Actions never commit: the caller does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from kb import clock
from kb.access import Viewer
from kb.cases import flags
from kb.db import stored_id
from kb.errors import InvalidInput, NotAllowed
from kb.gaps import policy, vectors
from kb.gaps.models import Evidence, Gap, GapItem, GapState, NotOurs
from kb.text import clean

LONGEST_NOTE = 1_000


@dataclass(frozen=True)
class Refusal:
    """Why a gap is not ours to fill."""

    reason: NotOurs | None
    note: str = ""


def plan(session: Session, gap: Gap, *, by: Viewer, article_id: int | None = None) -> None:
    """Note that somebody will see to it, and in which article if that is there already."""
    gap.article_id = article_id or gap.article_id
    _decide(session, gap, GapState.PLANNED, by=by)


def answer(session: Session, gap: Gap, *, by: Viewer, article_id: int) -> None:
    """Note which article answers it, and that the cases in it lack none any more."""
    gap.article_id = article_id
    cases = select(GapItem.ref_id).where(GapItem.gap_id == gap.id, GapItem.kind == Evidence.CASE)
    flags.settle_lacks(session, session.exec(cases).all())
    _decide(session, gap, GapState.ANSWERED, by=by)


def refuse(session: Session, gap: Gap, refusal: Refusal, *, by: Viewer) -> None:
    """Note that no article should fill it; it rests until clearly more speaks for it.

    Raises:
        InvalidInput: no reason is given.
    """
    if refusal.reason is None:
        raise InvalidInput(field="reason")
    gap.reason, gap.note = refusal.reason, clean(refusal.note).strip()[:LONGEST_NOTE]
    _decide(session, gap, GapState.NOT_OURS, by=by)


def reopen(session: Session, gap: Gap, *, by: Viewer) -> None:
    """Take it up again; the article stays beside it."""
    gap.reason, gap.note = None, ""
    _decide(session, gap, GapState.OPEN, by=by)


def merge(session: Session, gap: Gap, into: Gap, *, by: Viewer) -> None:
    """Let one gap take in another: all that spoke for it, and its article if there is but one.

    An editor has looked at it, so it keeps its members; what asks the same joins it from now on.

    Raises:
        NotAllowed: this is no editor.
        InvalidInput: it is the same gap, or one that is settled, or of another model.
    """
    if not policy.may_decide(by):
        raise NotAllowed
    is_settled = into.state not in {GapState.OPEN, GapState.PLANNED}
    if gap.id == into.id or is_settled or gap.fingerprint != into.fingerprint:
        raise InvalidInput(field="into")
    _move(session, _items(session, gap), into)
    into.article_id = into.article_id or gap.article_id
    session.delete(gap)
    _looked_at(session, into, by=by)


def split(session: Session, gap: Gap, item_ids: Collection[int], *, by: Viewer) -> Gap:
    """Take what was chosen out of a gap into one of its own; both keep their members.

    Raises:
        NotAllowed: this is no editor.
        InvalidInput: nothing was chosen, or everything.
    """
    if not policy.may_decide(by):
        raise NotAllowed
    own = _items(session, gap)
    chosen = [item for item in own if item.id in item_ids]
    if not 0 < len(chosen) < len(own):
        raise InvalidInput(field="items")
    apart = Gap(centroid=chosen[0].vector, fingerprint=gap.fingerprint)
    session.add(apart)
    session.flush()
    _move(session, chosen, apart)
    for one in (gap, apart):
        _looked_at(session, one, by=by)
    return apart


def bring_back(session: Session) -> int:
    """Open what was put away and has clearly more evidence now; return how many."""
    put_away = session.exec(
        select(Gap).where(col(Gap.state).in_((GapState.ANSWERED, GapState.NOT_OURS)))
    ).all()
    sizes = counts(session)
    back = [gap for gap in put_away if policy.comes_back(gap, sizes.get(gap.id or 0, 0))]
    for gap in back:
        gap.state = GapState.OPEN
        session.add(gap)
    session.flush()
    return len(back)


def forget(session: Session, items: list[GapItem]) -> None:
    """Remove items whose words are erased, and open gaps that nothing speaks for any more."""
    for item in items:
        session.delete(item)
    session.flush()
    remove_empty(session)


def forget_case(session: Session, case_id: int) -> None:
    """Remove a case from what speaks for gaps."""
    found = session.exec(
        select(GapItem).where(GapItem.kind == Evidence.CASE, GapItem.ref_id == case_id)
    ).all()
    forget(session, list(found))


def remove_empty(session: Session) -> None:
    """Remove gaps without items that nobody decided on."""
    session.flush()
    lost = session.exec(
        select(Gap).where(
            col(Gap.id).not_in(select(GapItem.gap_id)), col(Gap.decided_at).is_(None)
        )
    ).all()
    for gap in lost:
        session.delete(gap)
    session.flush()


def counts(session: Session) -> dict[int, int]:
    """Return how many items each gap has."""
    rows = session.exec(
        select(GapItem.gap_id, func.count(col(GapItem.id))).group_by(col(GapItem.gap_id))
    ).all()
    return dict(rows)


def _items(session: Session, gap: Gap) -> Sequence[GapItem]:
    query = select(GapItem).where(GapItem.gap_id == gap.id).order_by(col(GapItem.id))
    return session.exec(query).all()


def _move(session: Session, items: Sequence[GapItem], into: Gap) -> None:
    for item in items:
        item.gap_id = stored_id(into.id)
        session.add(item)
    session.flush()


def _looked_at(session: Session, gap: Gap, *, by: Viewer) -> None:
    """Keep its state and give it the middle of its members; its words follow when it is named."""
    own = _items(session, gap)
    gap.centroid, sample = vectors.middle([item.vector for item in own])
    gap.sample_id, gap.words = own[sample].id, {}
    gap.decided_by, gap.decided_at, gap.items_then = by.person_id, clock.now(), len(own)
    session.add(gap)
    session.flush()


def _decide(session: Session, gap: Gap, state: GapState, *, by: Viewer) -> None:
    if not policy.may_decide(by):
        raise NotAllowed
    gap.state, gap.decided_by, gap.decided_at = state, by.person_id, clock.now()
    gap.items_then = counts(session).get(stored_id(gap.id), 0)
    session.add(gap)
    session.flush()
