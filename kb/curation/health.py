"""How an article does: read, found, answered from, solved or not, and what people say is wrong.

Every share comes with its counts and with the range it may lie in; few answers say little.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from kb import clock
from kb.access import Audience
from kb.articles import seen
from kb.articles.models import Revision, Translation
from kb.cases.marks import ArticleFlag
from kb.cases.models import CaseArticle
from kb.curation.models import Correction
from kb.db import stored_id
from kb.questions.models import Feedback, FeedbackReason, Question

WEEKS = 8
_LATE = timedelta(days=90)
_LOOKED_AT = 5_000
"""Of the latest questions."""
_FIRST = 3
_Z = 1.96


@dataclass(frozen=True)
class Share:
    """So many of so many, and the range the true share lies in, 19 times of 20."""

    yes: int
    all: int

    @property
    def share(self) -> float:
        return self.yes / self.all if self.all else 0.0

    @property
    def low(self) -> float:
        return self._range[0]

    @property
    def high(self) -> float:
        return self._range[1]

    @property
    def _range(self) -> tuple[float, float]:
        """Wilson's interval: honest for few answers, too."""
        if not self.all:
            return 0.0, 1.0
        n, p = self.all, self.share
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class OfRevision:
    """What readers said of one revision."""

    number: int
    created_at: datetime
    note: str
    solved: Share


@dataclass(frozen=True)
class Asked:
    """A wording it was found by, as it stands, and how often."""

    text: str
    times: int
    answered: int


@dataclass(frozen=True)
class Health:
    """Everything that was counted of one translation."""

    weeks: Sequence[int]
    """How often it was opened, the oldest first."""
    asked: Sequence[Asked]
    found: int
    answered: int
    solved: Share
    reasons: Sequence[tuple[FeedbackReason | None, int]]
    revisions: Sequence[OfRevision]
    """Those readers said something of, the newest first."""
    cases: int
    helped: int
    """Of the cases."""
    flags: Sequence[ArticleFlag]
    corrections: int


def health(session: Session, translation: Translation) -> Health:
    """Return how a translation does."""
    own = session.exec(select(Revision).where(Revision.translation_id == translation.id)).all()
    ids = {stored_id(one.id) for one in own}
    said = session.exec(select(Feedback).where(col(Feedback.revision_id).in_(ids))).all()
    asked = _asked(session, ids)
    linked = session.exec(
        select(CaseArticle).where(CaseArticle.article_id == translation.article_id)
    ).all()
    return Health(
        weeks=_weeks(session, stored_id(translation.id)),
        asked=asked[:10],
        found=sum(one.times for one in asked),
        answered=sum(one.answered for one in asked),
        solved=Share(sum(one.helpful for one in said), len(said)),
        reasons=Counter(one.reason for one in said if not one.helpful).most_common(),
        revisions=_revisions(own, said),
        cases=len(linked),
        helped=sum(one.helped for one in linked),
        flags=session.exec(
            select(ArticleFlag)
            .where(col(ArticleFlag.revision_id).in_(ids), col(ArticleFlag.settled_at).is_(None))
            .order_by(col(ArticleFlag.made_at).desc())
        ).all(),
        corrections=session.exec(
            select(func.count(col(Correction.id))).where(col(Correction.revision_id).in_(ids))
        ).one(),
    )


def _weeks(session: Session, translation_id: int) -> list[int]:
    today = clock.now().date()
    counted = seen.by_day(session, translation_id, since=today - timedelta(days=7 * WEEKS - 1))
    return [
        sum(counted.get(_day(today, week, day), 0) for day in range(7))
        for week in reversed(range(WEEKS))
    ]


def _day(today: date, week: int, day: int) -> date:
    return today - timedelta(days=7 * week + day)


def _asked(session: Session, ids: set[int]) -> list[Asked]:
    """Return by which wordings it was found of late, the most frequent first."""
    rows = session.exec(
        select(Question)
        .where(
            Question.asked_at >= clock.now() - _LATE,
            col(Question.audience) == Audience.PUBLIC,
            col(Question.text) != "",
        )
        .order_by(col(Question.id).desc())
        .limit(_LOOKED_AT)
    ).all()
    times: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    words: dict[str, str] = {}
    for one in rows:
        cited = {cite.get("revision") for cite in one.citations} if one.answer else set()
        if ids.isdisjoint(one.hits[:_FIRST]) and ids.isdisjoint(cited):
            continue
        key = one.wording or one.text
        words.setdefault(key, one.text)
        times[key] += 1
        answered[key] += not ids.isdisjoint(cited)
    return [Asked(words[key], count, answered[key]) for key, count in times.most_common()]


def _revisions(own: Sequence[Revision], said: Sequence[Feedback]) -> list[OfRevision]:
    every: Counter[int] = Counter(one.revision_id for one in said)
    yes: Counter[int] = Counter(one.revision_id for one in said if one.helpful)
    return [
        OfRevision(
            number=one.number,
            created_at=one.created_at,
            note=one.change_note,
            solved=Share(yes[one.id or 0], every[one.id or 0]),
        )
        for one in sorted(own, key=lambda one: -one.number)
        if every[one.id or 0]
    ][:12]
