"""What a search shows of articles: values only and never a body, for a search reads hundreds.

Who may read what is decided by the clause that decides it everywhere, in the query itself.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Executable, bindparam, select
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
    session.flush()  # a connection of one's own mind: it would not see what waits to be written
    rows = session.connection().execute(_revisions(viewer), {"ids": list(set(ids))})
    return {row[0]: Shown(*row) for row in rows}


def of_articles(
    session: Session, viewer: Viewer, ids: Iterable[int], *, locale: str
) -> dict[int, Shown]:
    """Return those of the articles on show in this language and readable, by article id."""
    wanted = (col(Article.id).in_(set(ids)), col(Translation.locale) == locale)
    return {row[1]: Shown(*row) for row in session.execute(_on_show(viewer, *wanted))}


@lru_cache(maxsize=256)
def _revisions(viewer: Viewer) -> Executable:
    """Put together once for a viewer: with hundreds of ids that takes as long as to run it."""
    return _on_show(viewer, col(Revision.id).in_(bindparam("ids", expanding=True)))


def _on_show(viewer: Viewer, *clauses: ColumnElement[bool]) -> Executable:
    return (
        select(*_COLUMNS)
        .join(Translation, col(Translation.published_id) == col(Revision.id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(readable_clause(viewer), *clauses)
    )
