"""Which articles came near a gap, and why they did not do: as search and readers said then."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from kb.articles.models import Article, Revision, Translation
from kb.cases.models import Case
from kb.db import stored_id
from kb.gaps import queries
from kb.gaps.models import Evidence, Gap
from kb.questions.models import Feedback, FeedbackReason, Question

_FIRST = 3
"""Hits of a question that count as near."""


@dataclass
class _Counted:
    times: int = 0
    sure: list[float] = field(default_factory=list)
    said: Counter[FeedbackReason | None] = field(default_factory=Counter)


@dataclass(frozen=True)
class Near:
    """An article that came near, and what was the matter."""

    public_id: str
    title: str
    locale: str
    times: int
    """So many of the questions found it."""
    confidence: float | None
    """How sure search was that it answers, on average; None: readers judged it instead."""
    said: Sequence[tuple[FeedbackReason | None, int]]
    """What readers said was wrong, the most frequent first; None: no reason given."""


def near(session: Session, gap: Gap, *, limit: int = 3) -> list[Near]:
    """Return the articles that came nearest, the most frequent first."""
    asked = queries.questions(session, gap)
    counted = _counted(asked, _said(session, asked))
    best = sorted(counted, key=lambda one: -counted[one].times)
    rows = session.exec(
        select(Revision, Translation, Article)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(col(Revision.id).in_(best), col(Article.is_archived).is_(False))
    ).all()
    known = {stored_id(revision.id): (revision, where, of) for revision, where, of in rows}
    shown: dict[str, Near] = {}
    for number in best:
        if number in known:
            revision, where, article = known[number]
            one = counted[number]
            sure = sum(one.sure) / len(one.sure) if one.sure else None
            told = Near(
                article.public_id,
                revision.title,
                where.locale,
                one.times,
                sure,
                one.said.most_common(),
            )
            shown.setdefault(article.public_id, told)
    return list(shown.values())[:limit]


def affect(session: Session, gap: Gap) -> Counter[str]:
    """Return how those who asked sounded, as far as it was estimated."""
    cases = [item.ref_id for item in queries.items(session, gap.id) if item.kind is Evidence.CASE]
    moods = [one.mood for one in queries.questions(session, gap)]
    told = session.exec(select(Case).where(col(Case.id).in_(cases))).all()
    moods += [case.mood for case in told]
    return Counter(str(mood) for mood in moods if mood is not None)


def _counted(
    asked: Sequence[Question], said: dict[int, list[FeedbackReason | None]]
) -> dict[int, _Counted]:
    counted: dict[int, _Counted] = {}
    for one in asked:
        judged = said.get(one.id or 0, [])
        hits = one.hits[:1] if judged else one.hits[:_FIRST]
        for number in hits:
            entry = counted.setdefault(number, _Counted())
            entry.times += 1
            entry.said.update(judged)
            if not judged and number == one.hits[0]:
                entry.sure.append(one.confidence)
    return counted


def _said(session: Session, asked: Sequence[Question]) -> dict[int, list[FeedbackReason | None]]:
    found: dict[int, list[FeedbackReason | None]] = {}
    rows = session.exec(
        select(Feedback).where(
            col(Feedback.question_id).in_({one.id for one in asked}),
            col(Feedback.helpful).is_(False),
        )
    ).all()
    for row in rows:
        found.setdefault(row.question_id or 0, []).append(row.reason)
    return found
