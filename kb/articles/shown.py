"""What a search shows of articles: values only and never a body, for a search reads hundreds.

Who may read what is decided by the clause that decides it everywhere, in the query itself.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from kb.access import Audience, Viewer
from kb.articles.models import Article, Revision, Translation
from kb.articles.queries import readable_clause


class Shown(NamedTuple):
    """A revision on show, as a search shows it."""

    revision_id: int
    article_id: int
    locale: str
    title: str
    slug: str
    audience: Audience
    category_id: int | None


_COLUMNS = (
    col(Revision.id),
    col(Translation.article_id),
    col(Translation.locale),
    col(Revision.title),
    col(Translation.slug),
    col(Article.audience),
    col(Article.category_id),
)


def of_revisions(session: Session, viewer: Viewer, ids: Iterable[int]) -> dict[int, Shown]:
    """Return those of the revisions that are on show and readable, by revision id."""
    found = _found(session, viewer, col(Revision.id).in_(set(ids)))
    return {one.revision_id: one for one in found}


def of_articles(
    session: Session, viewer: Viewer, ids: Iterable[int], *, locale: str
) -> dict[int, Shown]:
    """Return those of the articles on show in this language and readable, by article id."""
    wanted = (col(Article.id).in_(set(ids)), col(Translation.locale) == locale)
    return {one.article_id: one for one in _found(session, viewer, *wanted)}


def _found(session: Session, viewer: Viewer, *clauses: ColumnElement[bool]) -> list[Shown]:
    rows = session.execute(
        select(*_COLUMNS)
        .join(Translation, col(Translation.published_id) == col(Revision.id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(readable_clause(viewer), *clauses)
    )
    return [Shown(*row) for row in rows]
