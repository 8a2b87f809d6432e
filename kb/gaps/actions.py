"""What can be done with gaps. Actions never commit: the caller does."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from kb import clock
from kb.access import Viewer
from kb.db import stored_id
from kb.errors import InvalidInput, NotAllowed
from kb.gaps import policy
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
    """Note which article answers it."""
    gap.article_id = article_id
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


def _decide(session: Session, gap: Gap, state: GapState, *, by: Viewer) -> None:
    if not policy.may_decide(by):
        raise NotAllowed
    gap.state, gap.decided_by, gap.decided_at = state, by.person_id, clock.now()
    gap.items_then = counts(session).get(stored_id(gap.id), 0)
    session.add(gap)
    session.flush()
