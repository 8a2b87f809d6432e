"""Keeping articles right: who owns one, how often somebody shall look, and what is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from kb import clock, outbox
from kb.articles import actions
from kb.articles.models import Article, Revision, State, Translation
from kb.db import stored_id

INTERVALS = (3, 6, 12, 24)
"""Months to choose from."""
AHEAD = timedelta(days=14)
"""So long before it is due an article counts as expiring."""


@dataclass(frozen=True)
class Due:
    """A translation on show that somebody should look at."""

    article: Article
    translation: Translation
    title: str
    due_at: datetime
    last: datetime | None
    """When somebody last found it right; None: nobody ever has."""


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same day so many months later, or the last of a shorter month.

    >>> months_later(datetime(2026, 8, 31), 6).date().isoformat()
    '2027-02-28'
    """
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def due_at(article: Article, translation: Translation, shown: Revision) -> datetime | None:
    """Return when somebody should look next; None: nobody has asked for it."""
    if article.verify_months is None:
        return None
    seen = translation.verified_at
    latest = max(seen, shown.created_at) if seen is not None else shown.created_at
    return months_later(latest, article.verify_months)


def expiring(session: Session) -> list[Due]:
    """Return what is due or will be soon, the longest due first."""
    rows = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(col(Article.is_archived).is_(False), col(Article.verify_months).is_not(None))
        .where(col(Translation.state) == State.PUBLISHED)
    ).all()
    until = clock.now() + AHEAD
    found = [
        Due(article, translation, shown.title, at, translation.verified_at)
        for article, translation, shown in rows
        if (at := due_at(article, translation, shown)) is not None and at <= until
    ]
    return sorted(found, key=lambda one: (one.due_at, stored_id(one.translation.id)))


def still_true(session: Session, translation: Translation, *, by: str) -> None:
    """Note that somebody has looked, now, and finds it right."""
    actions.verify(session, translation, by=by, at=clock.now())


def look_after(
    session: Session,
    article: Article,
    *,
    category_id: int | None,
    owner_id: int | None,
    verify_months: int | None,
) -> None:
    """Say where the article belongs, who answers for it, and how often somebody shall look."""
    article.owner_id, article.verify_months = owner_id, verify_months
    if article.category_id != category_id:
        article.category_id = category_id
        outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))
    session.add(article)
