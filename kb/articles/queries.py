"""What can be read about articles. Everything for readers starts from `readable`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from kb.access import Audience, Viewer
from kb.articles.models import (
    Article,
    ArticleMedia,
    Category,
    CategoryName,
    Media,
    Revision,
    State,
    Translation,
)
from kb.db import stored_id


@dataclass(frozen=True)
class Published:
    """A published translation with the revision on show."""

    article: Article
    translation: Translation
    revision: Revision


@dataclass(frozen=True)
class CategoryEntry:
    """A category with its name in the reader's language and how many articles they can read."""

    id: int
    key: str
    icon: str
    name: str
    parent_id: int | None
    count: int


def readable_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL form of `policy.is_readable`, over Article joined with Translation."""
    return and_(
        col(Article.is_archived).is_(False),
        col(Article.audience).in_(viewer.audiences),
        col(Translation.state) == State.PUBLISHED,
        col(Translation.published_id).is_not(None),
    )


def readable(session: Session, viewer: Viewer) -> Sequence[Translation]:
    """Return every translation this viewer may read."""
    return session.exec(
        select(Translation)
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(readable_clause(viewer))
    ).all()


def published(session: Session, viewer: Viewer, *, locale: str, slug: str) -> Published | None:
    """Return the published translation at this address, if the viewer may read it."""
    return _one(session, viewer, Translation.locale == locale, Translation.slug == slug)


def published_in(
    session: Session, viewer: Viewer, *, article_id: int, locales: Sequence[str]
) -> Published | None:
    """Return the article in the first of these languages it is published in."""
    for locale in locales:
        clause = (Translation.article_id == article_id, Translation.locale == locale)
        found = _one(session, viewer, *clause)
        if found is not None:
            return found
    return None


def by_revisions(
    session: Session, viewer: Viewer, revision_ids: Iterable[int]
) -> dict[int, Published]:
    """Return those of the revisions that are on show and readable, by revision id."""
    rows = session.exec(_on_show(viewer).where(col(Revision.id).in_(set(revision_ids)))).all()
    return {stored_id(revision.id): Published(a, t, revision) for a, t, revision in rows}


def was_shown(session: Session, viewer: Viewer, revision_id: int) -> bool:
    """Say whether a reader may still have this revision before them: it is on show, or was before.

    What came after the one on show never was; of what came before, nobody notes what was skipped.
    """
    asked = aliased(Revision)
    return (
        session.exec(
            _on_show(viewer)
            .join(asked, col(asked.translation_id) == col(Translation.id))
            .where(asked.id == revision_id, col(asked.number) <= col(Revision.number))
        ).first()
        is not None
    )


def translations(session: Session, viewer: Viewer, article_id: int) -> Sequence[Translation]:
    """Return the readable translations of an article, for the language switch."""
    return session.exec(
        select(Translation)
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(readable_clause(viewer), Translation.article_id == article_id)
        .order_by(col(Translation.locale))
    ).all()


def in_category(
    session: Session, viewer: Viewer, *, category_id: int, locale: str
) -> Sequence[Published]:
    """Return the readable articles of a category in one language, by title."""
    rows = session.exec(
        _on_show(viewer)
        .where(Article.category_id == category_id, Translation.locale == locale)
        .order_by(col(Revision.title))
    ).all()
    return [Published(a, t, r) for a, t, r in rows]


def categories(session: Session, viewer: Viewer, locale: str) -> list[CategoryEntry]:
    """Return the categories with something to read in this language, in their order."""
    counted: dict[int | None, int] = dict(
        session.exec(
            select(Article.category_id, func.count(col(Translation.id)))
            .join(Translation, col(Translation.article_id) == col(Article.id))
            .where(readable_clause(viewer), Translation.locale == locale)
            .group_by(col(Article.category_id))
        ).all()
    )
    rows = session.exec(
        select(Category, CategoryName.locale, CategoryName.name)
        .join(CategoryName, col(CategoryName.category_id) == col(Category.id), isouter=True)
        .order_by(col(Category.position), col(Category.id))
    ).all()
    chosen: dict[int, CategoryEntry] = {}
    for category, name_locale, name in rows:
        key = stored_id(category.id)
        if not counted.get(key) or (key in chosen and name_locale != locale):
            continue
        chosen[key] = CategoryEntry(
            key,
            category.key,
            category.icon,
            name or category.key,
            category.parent_id,
            counted[key],
        )
    return list(chosen.values())


def slugs(
    session: Session, viewer: Viewer, public_ids: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return {public id: {locale: slug}} of readable articles, to resolve links in bodies."""
    rows = session.exec(
        select(Article.public_id, Translation.locale, Translation.slug)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .where(readable_clause(viewer), col(Article.public_id).in_(set(public_ids)))
    ).all()
    found: dict[str, dict[str, str]] = {}
    for public_id, locale, slug in rows:
        found.setdefault(public_id, {})[locale] = slug
    return found


def media(session: Session, viewer: Viewer, media_id: str) -> Media | None:
    """Return an image, if some article this viewer may read shows it."""
    return session.exec(
        select(Media)
        .join(ArticleMedia, col(ArticleMedia.media_id) == col(Media.id))
        .join(Article, col(Article.id) == col(ArticleMedia.article_id))
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .where(readable_clause(viewer), Media.id == media_id)
    ).first()


def indexable(
    session: Session,
    audience: Audience,
    locale: str,
    *,
    among: Collection[int] | None = None,
) -> set[int]:
    """Return the revision ids that belong into this audience's collection of this language.

    The staff collection holds staff articles only: staff search reads both collections.

    Args:
        session: an open session.
        audience: whose collection.
        locale: in which language.
        among: ids of articles, if only theirs are asked for.
    """
    query = (
        select(Translation.published_id)
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(
            col(Article.is_archived).is_(False),
            col(Article.audience) == audience,
            col(Translation.locale) == locale,
            col(Translation.state) == State.PUBLISHED,
            col(Translation.published_id).is_not(None),
        )
    )
    if among is not None:
        query = query.where(col(Article.id).in_(among))
    found = session.exec(query).all()
    return {revision_id for revision_id in found if revision_id is not None}


def revisions_of(session: Session, article_ids: Collection[int]) -> set[int]:
    """Return the ids of every revision these articles ever had, in any language."""
    found = session.exec(
        select(Revision.id)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .where(col(Translation.article_id).in_(article_ids))
    ).all()
    return {revision_id for revision_id in found if revision_id is not None}


def revision_with_family(
    session: Session, revision_ids: Sequence[int]
) -> Sequence[tuple[Revision, Translation]]:
    """Return revisions with their translations, for the indexer; no right is checked here."""
    rows = session.exec(
        select(Revision, Translation)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .where(col(Revision.id).in_(revision_ids))
    ).all()
    return [(revision, translation) for revision, translation in rows]


def _one(
    session: Session, viewer: Viewer, *clauses: ColumnElement[bool] | bool
) -> Published | None:
    row = session.exec(_on_show(viewer).where(*clauses)).first()
    return Published(*row) if row is not None else None


def _on_show(viewer: Viewer) -> Select[Article, Translation, Revision]:
    return (
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(readable_clause(viewer))
    )
