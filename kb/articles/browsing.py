"""What readers find without a question: what is popular, new or changed; addresses, former too.

Rights are decided by the clause that decides them everywhere.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from kb.access import Viewer
from kb.articles import staleness
from kb.articles.models import Article, FormerSlug, Revision, Translation
from kb.articles.queries import Published, readable_clause

SETTLED = timedelta(days=1)
"""What changes sooner than this after the article came is still its first version."""
POPULAR_FROM = 5
"""Answers and votes below which an article is not called popular."""


class Address(NamedTuple):
    """Where one translation is, and when it changed last."""

    article_id: int
    locale: str
    slug: str
    changed: datetime


@dataclass(frozen=True)
class Entry:
    """An article in a list of what is new, changed or popular."""

    article_id: int
    title: str
    slug: str
    category_id: int | None
    at: datetime
    """When it came, or changed."""


def newest(
    session: Session, viewer: Viewer, locale: str, *, since: datetime, limit: int
) -> list[Entry]:
    """Return the articles that came since then, the newest first."""
    came = col(Article.created_at)
    query = _entries(viewer, locale, came).where(came >= since)
    rows = session.execute(query.order_by(came.desc(), col(Article.id).desc()).limit(limit))
    return [Entry(*row) for row in rows]


def changed(
    session: Session, viewer: Viewer, locale: str, *, since: datetime, limit: int
) -> list[Entry]:
    """Return the articles whose text changed since then, some time after they came."""
    at = col(Revision.created_at)
    query = _entries(viewer, locale, at, col(Article.created_at))
    query = query.where(at >= since, col(Revision.number) > 1)
    rows = session.execute(query.order_by(at.desc(), col(Article.id).desc()).limit(4 * limit))
    return [Entry(*row[:5]) for row in rows if row[4] - row[5] >= SETTLED][:limit]


def popular(
    session: Session, viewer: Viewer, locale: str, helped: Mapping[int, int], *, limit: int
) -> list[Entry]:
    """Return the articles that helped most, by how often each of their revisions did.

    What helped a few is not named: it might tell who asked.
    """
    families = session.exec(
        select(Revision.id, Translation.article_id)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .where(col(Revision.id).in_(helped))
    ).all()
    counted: Counter[int] = Counter()
    for revision_id, article_id in families:
        counted[article_id] += helped[revision_id or 0]
    often = [(count, family) for family, count in counted.items() if count >= POPULAR_FROM]
    ids = [family for _, family in sorted(often, key=lambda one: (-one[0], one[1]))]
    query = _entries(viewer, locale, col(Revision.created_at)).where(col(Article.id).in_(ids))
    found = {row[0]: Entry(*row) for row in session.execute(query)}
    return [found[family] for family in ids if family in found][:limit]


def addresses(session: Session, viewer: Viewer, *, limit: int) -> Sequence[Address]:
    """Return where readable translations are, those of an article together."""
    rows = session.exec(
        select(Article.id, Translation.locale, Translation.slug, Revision.created_at)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(readable_clause(viewer))
        .order_by(col(Article.id), col(Translation.locale))
        .limit(limit)
    ).all()
    return [Address(family or 0, locale, slug, at) for family, locale, slug, at in rows]


def moved_to(session: Session, viewer: Viewer, *, locale: str, slug: str) -> str | None:
    """Return the address a translation has now that was at this one, if the viewer may read it."""
    return session.exec(
        select(Translation.slug)
        .join(FormerSlug, col(FormerSlug.translation_id) == col(Translation.id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(readable_clause(viewer), FormerSlug.locale == locale, FormerSlug.slug == slug)
    ).first()


def newer_original(session: Session, viewer: Viewer, shown: Published) -> Published | None:
    """Return the translation the article was first written in, if this one is older: see there."""
    first = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(readable_clause(viewer), Article.id == shown.article.id)
        .where(col(Translation.id) < shown.translation.id)
        .order_by(col(Translation.id))
    ).first()
    if first is None:
        return None
    edits = staleness.edits_of(session, first[1], up_to=first[2].number)
    own = staleness.edits_of(session, shown.translation, up_to=shown.revision.number)
    told = staleness.told_at(shown.translation, own)
    return Published(*first) if staleness.since(edits, than=told) else None


def _entries(
    viewer: Viewer,
    locale: str,
    at: ColumnElement[datetime] | Mapped[datetime],
    *more: ColumnElement[datetime] | Mapped[datetime],
) -> Select[*tuple[Any, ...]]:
    head = (Article.id, Revision.title, Translation.slug, Article.category_id)
    return (
        select_columns(*map(col, head), at, *more)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(readable_clause(viewer), col(Translation.locale) == locale)
    )
