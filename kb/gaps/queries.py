"""What can be read about gaps, for staff."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from kb import clock
from kb.curation.effect import contact_share
from kb.gaps import policy, vectors
from kb.gaps.models import Evidence, Gap, GapItem, GapState, Why
from kb.gaps.policy import Worth
from kb.questions.models import Question, Wish
from kb.questions.queries import waiting_clause


@dataclass(frozen=True)
class Listed:
    """A gap with what speaks for it."""

    gap: Gap
    items: int
    cases: int
    locales: Sequence[str]
    waiting: int
    """People who want to be told."""
    weeks: Sequence[int]
    """How often in each of the last weeks, the oldest first."""
    first_at: datetime
    latest_at: datetime
    worth: Worth


def by_public_id(session: Session, public_id: str) -> Gap | None:
    return session.exec(select(Gap).where(Gap.public_id == public_id)).first()


def of_article(session: Session, article_id: int) -> Sequence[Gap]:
    """Return the gaps this article is written for, or answers."""
    return session.exec(select(Gap).where(Gap.article_id == article_id)).all()


def items(session: Session, gap_id: int | None) -> Sequence[GapItem]:
    """Return what speaks for a gap, the newest first."""
    return session.exec(
        select(GapItem)
        .where(GapItem.gap_id == gap_id)
        .order_by(col(GapItem.happened_at).desc(), col(GapItem.id).desc())
    ).all()


def counts(session: Session) -> dict[GapState, int]:
    """Return how many gaps are in each state."""
    counted = session.exec(select(Gap.state, func.count(col(Gap.id))).group_by(col(Gap.state)))
    return dict.fromkeys(GapState, 0) | {GapState(state): count for state, count in counted}


def listed(session: Session, state: GapState) -> list[Listed]:
    """Return the gaps of a state, those first that would save the most contacts."""
    found = session.exec(select(Gap).where(Gap.state == state)).all()
    told = _told(session, found)
    return sorted(
        told, key=lambda one: (-one.worth.contacts, -one.waiting, -one.items, one.gap.id or 0)
    )


def told(session: Session, gap: Gap) -> Listed | None:
    """Return one gap with what speaks for it; None where nothing does any more."""
    return next(iter(_told(session, [gap])), None)


def alike(session: Session, gap: Gap, *, limit: int) -> list[Gap]:
    """Return gaps nobody has filled yet that ask for something near, the nearest first."""
    others = session.exec(
        select(Gap).where(
            col(Gap.id) != gap.id,
            col(Gap.state).in_((GapState.OPEN, GapState.PLANNED)),
            Gap.fingerprint == gap.fingerprint,
        )
    ).all()
    near = sorted(others, key=lambda one: -vectors.likeness(one.centroid, gap.centroid))
    return near[:limit]


def _told(session: Session, gaps: Sequence[Gap]) -> list[Listed]:
    now, share = clock.now(), contact_share(session)
    rows = session.exec(
        select(GapItem).where(col(GapItem.gap_id).in_({gap.id for gap in gaps}))
    ).all()
    together: dict[int, list[GapItem]] = {}
    for row in rows:
        together.setdefault(row.gap_id, []).append(row)
    wanted = _waiting(session)
    return [
        _one(gap, together[gap.id], share=share, wanted=wanted, now=now)
        for gap in gaps
        if gap.id in together
    ]


def _one(
    gap: Gap, own: Sequence[GapItem], *, share: float, wanted: Counter[int], now: datetime
) -> Listed:
    late = [item for item in own if now - item.happened_at < policy.WINDOW]
    cases = sum(item.kind is Evidence.CASE for item in late)
    unhelpful = sum(item.why is Why.UNHELPFUL for item in late)
    asked = {item.ref_id for item in own if item.kind is Evidence.QUESTION}
    return Listed(
        gap=gap,
        items=len(own),
        cases=sum(item.kind is Evidence.CASE for item in own),
        locales=[locale for locale, _ in Counter(item.locale for item in own).most_common()],
        waiting=sum(wanted[number] for number in asked),
        weeks=policy.by_week((item.happened_at for item in own), now=now),
        first_at=min(item.happened_at for item in own),
        latest_at=max(item.happened_at for item in own),
        worth=Worth(len(late) - cases, cases, share, unhelpful),
    )


def waiting(session: Session, gap: Gap) -> Sequence[tuple[Wish, Question]]:
    """Return who waits to be told, with what they asked."""
    rows = session.exec(
        select(Wish, Question)
        .join(Question, col(Question.id) == col(Wish.question_id))
        .join(GapItem, col(GapItem.ref_id) == col(Question.id))
        .where(GapItem.kind == Evidence.QUESTION, GapItem.gap_id == gap.id, waiting_clause())
        .order_by(col(Wish.id))
    ).all()
    return [(wish, question) for wish, question in rows]


def questions(session: Session, gap: Gap) -> Sequence[Question]:
    """Return the questions of a gap whose words are still there, the newest first."""
    return session.exec(
        select(Question)
        .join(GapItem, col(GapItem.ref_id) == col(Question.id))
        .where(GapItem.kind == Evidence.QUESTION, GapItem.gap_id == gap.id, Question.text != "")
        .order_by(col(Question.id).desc())
    ).all()


def _waiting(session: Session) -> Counter[int]:
    rows = session.exec(select(Wish.question_id).where(waiting_clause())).all()
    return Counter(rows)
