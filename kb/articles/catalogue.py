"""Every article in any state, as those who write them list it. Only for editors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from kb.access import Audience
from kb.articles.models import Article, Category, CategoryName, Revision, State, Translation
from kb.db import stored_id
from kb.people import queries as people


@dataclass(frozen=True)
class Filter:
    """Which articles; whatever is empty is not asked for."""

    words: str = ""
    state: State | None = None
    """Archived: the translation, or its whole family."""
    category: str = ""
    """Key."""
    locale: str = ""
    audience: Audience | None = None


@dataclass(frozen=True)
class Written:
    """An article in one language: its latest text, published or not."""

    locale: str
    state: State
    title: str
    updated: datetime
    has_news: bool
    """A later revision than the one on show is there."""


@dataclass(frozen=True)
class Entry:
    """An article of the list."""

    public_id: str
    audience: Audience
    is_archived: bool
    category_id: int | None
    owner: str
    updated: datetime
    written: Sequence[Written]


def listed(session: Session, wanted: Filter, *, limit: int, offset: int = 0) -> list[Entry]:
    """Return a page of the articles, those changed last first."""
    changed = func.max(Revision.created_at)
    ids = session.exec(
        select(Article.id)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, _latest())
        .where(*_clauses(wanted))
        .group_by(col(Article.id))
        .order_by(changed.desc(), col(Article.id).desc())
        .limit(limit)
        .offset(offset)
    ).all()
    return _entries(session, [stored_id(each) for each in ids])


def counted(session: Session, wanted: Filter) -> int:
    """Return how many there are."""
    return session.exec(
        select(func.count(func.distinct(col(Article.id))))
        .select_from(Article)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, _latest())
        .where(*_clauses(wanted))
    ).one()


def category_names(session: Session, locale: str) -> dict[str, tuple[int, str]]:
    """Return every category by its key: its id and what it is called, in their order."""
    rows = session.exec(
        select(Category, CategoryName.locale, CategoryName.name)
        .join(CategoryName, col(CategoryName.category_id) == col(Category.id), isouter=True)
        .order_by(col(Category.position), col(Category.id))
    ).all()
    found: dict[str, tuple[int, str]] = {}
    for category, name_locale, name in rows:
        if category.key not in found or name_locale == locale:
            found[category.key] = (stored_id(category.id), name or category.key)
    return found


def latest(session: Session, article_id: int, locale: str) -> tuple[Translation, Revision] | None:
    """Return a translation with its latest revision, whatever its state."""
    return session.exec(
        select(Translation, Revision)
        .join(Revision, _latest())
        .where(Translation.article_id == article_id, Translation.locale == locale)
    ).first()


def revision(session: Session, translation_id: int, number: int) -> Revision | None:
    """Return one version of a translation."""
    return session.exec(
        select(Revision).where(
            Revision.translation_id == translation_id, Revision.number == number
        )
    ).first()


def by_public_id(session: Session, public_id: str) -> Article | None:
    """Return an article, whatever its state and audience."""
    return session.exec(select(Article).where(Article.public_id == public_id)).first()


def _latest() -> ColumnElement[bool]:
    """The number of the latest revision is the version of its translation."""
    return and_(
        col(Revision.translation_id) == col(Translation.id),
        col(Revision.number) == col(Translation.version),
    )


def _clauses(wanted: Filter) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = [
        or_(
            col(Revision.title).icontains(word, autoescape=True),
            col(Revision.summary).icontains(word, autoescape=True),
            col(Revision.body).icontains(word, autoescape=True),
        )
        for word in wanted.words.split()[:8]
    ]
    if wanted.state is State.ARCHIVED:
        archived = col(Translation.state) == State.ARCHIVED
        clauses.append(or_(archived, col(Article.is_archived).is_(True)))
    else:
        clauses.append(col(Article.is_archived).is_(False))
        if wanted.state is not None:
            clauses.append(col(Translation.state) == wanted.state)
    if wanted.category:
        found = select(Category.id).where(Category.key == wanted.category)
        clauses.append(col(Article.category_id).in_(found))
    if wanted.locale:
        clauses.append(col(Translation.locale) == wanted.locale)
    if wanted.audience is not None:
        clauses.append(col(Article.audience) == wanted.audience)
    return clauses


def _entries(session: Session, ids: Sequence[int]) -> list[Entry]:
    rows = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, _latest())
        .where(col(Article.id).in_(ids))
        .order_by(col(Translation.locale))
    ).all()
    owners = people.names(session, {a.owner_id for a, _, _ in rows if a.owner_id is not None})
    families: dict[int, list[tuple[Article, Translation, Revision]]] = {}
    for article, translation, revision_ in rows:
        families.setdefault(stored_id(article.id), []).append((article, translation, revision_))
    return [_entry(families[each], owners) for each in ids]


def _entry(rows: list[tuple[Article, Translation, Revision]], owners: dict[int, str]) -> Entry:
    article = rows[0][0]
    return Entry(
        public_id=article.public_id,
        audience=article.audience,
        is_archived=article.is_archived,
        category_id=article.category_id,
        owner=owners.get(article.owner_id or 0, ""),
        updated=max(each.created_at for _, _, each in rows),
        written=[_written(translation, each) for _, translation, each in rows],
    )


def _written(translation: Translation, latest_one: Revision) -> Written:
    return Written(
        locale=translation.locale,
        state=translation.state,
        title=latest_one.title,
        updated=latest_one.created_at,
        has_news=(
            translation.state is State.PUBLISHED and translation.published_id != latest_one.id
        ),
    )
