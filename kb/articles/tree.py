"""The category tree as editors change it. Nothing is removed that holds something."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from kb import outbox
from kb.access import Audience
from kb.articles import actions
from kb.articles.models import Article, Category, CategoryName, State, Translation
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound
from kb.text import one_line, slugify

DEEPEST = 5


@dataclass(frozen=True)
class Node:
    """A category in its place, with what it holds itself."""

    id: int
    key: str
    icon: str
    names: Mapping[str, str]
    parent_id: int | None
    depth: int
    articles: int
    """That are not archived."""
    on_show: int
    """Of them, those that customers can read in some language."""
    is_first: bool
    is_last: bool
    has_children: bool

    @property
    def is_empty(self) -> bool:
        return not self.articles and not self.has_children


@dataclass(frozen=True)
class Wanted:
    """What a category shall be."""

    names: Mapping[str, str]
    icon: str = "folder"
    parent_id: int | None = None


def nodes(session: Session) -> list[Node]:
    """Return every category, parents before their children, in their order."""
    rows = session.exec(select(Category).order_by(col(Category.position), col(Category.id))).all()
    known = {stored_id(row.id) for row in rows}
    below: dict[int | None, list[Category]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    names: dict[int, dict[str, str]] = defaultdict(dict)
    for name in session.exec(select(CategoryName)):
        names[name.category_id][name.locale] = name.name
    counts = _counted(session), _on_show(session)
    return list(_walk(below, None, 0, names, counts))


def add(session: Session, wanted: Wanted) -> Category:
    """Add a category, as the last among its siblings.

    Raises:
        InvalidInput: no name in any language.
    """
    named = _names(wanted)
    key = _free_key(session, slugify(next(iter(named.values())), fallback="category"))
    _check_parent(session, None, wanted.parent_id)
    added = actions.category(session, key=key, names=named, icon=wanted.icon)
    added.parent_id = wanted.parent_id
    added.position = _end(session, wanted.parent_id)
    session.add(added)
    session.flush()
    return added


def change(session: Session, category: Category, wanted: Wanted) -> None:
    """Give a category other names, another icon, or another place.

    Raises:
        InvalidInput: no name, or a place inside itself.
    """
    named = _names(wanted)
    _check_parent(session, category, wanted.parent_id)
    if category.parent_id != wanted.parent_id:
        category.parent_id = wanted.parent_id
        category.position = _end(session, wanted.parent_id)
    category.icon = wanted.icon
    session.add(category)
    for locale, name in named.items():
        session.merge(CategoryName(category_id=stored_id(category.id), locale=locale, name=name))
    session.flush()


def move(session: Session, category: Category, *, by: int) -> None:
    """Put a category before (-1) or after (1) the next among its siblings."""
    siblings = _siblings(session, category.parent_id)
    at = siblings.index(category)
    there = at + by
    if 0 <= there < len(siblings):
        siblings[at], siblings[there] = siblings[there], siblings[at]
    for position, each in enumerate(siblings):
        each.position = position
        session.add(each)
    session.flush()


def remove(session: Session, category: Category, *, into: Category | None = None) -> None:
    """Remove a category; what it holds goes into another one first.

    Raises:
        InvalidInput: it holds something, and there is nowhere for it to go.
    """
    articles = session.exec(select(Article).where(Article.category_id == category.id)).all()
    children = session.exec(select(Category).where(Category.parent_id == category.id)).all()
    if (articles or children) and into is None:
        raise InvalidInput(field="into")
    if into is not None:
        for child in children:
            _check_parent(session, child, into.id)
            child.parent_id, child.position = into.id, _end(session, into.id)
            session.add(child)
        for article in articles:
            article.category_id = into.id
            session.add(article)
            outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))
    named = select(CategoryName).where(CategoryName.category_id == category.id)
    for name in session.exec(named):
        session.delete(name)
    session.flush()
    session.delete(category)
    session.flush()


def category(session: Session, category_id: int) -> Category:
    """Return a category.

    Raises:
        NotFound: there is none.
    """
    found = session.get(Category, category_id)
    if found is None:
        raise NotFound
    return found


def _walk(
    below: Mapping[int | None, Sequence[Category]],
    parent: int | None,
    depth: int,
    names: Mapping[int, Mapping[str, str]],
    counts: tuple[Mapping[int, int], Mapping[int, int]],
) -> list[Node]:
    found: list[Node] = []
    siblings = below.get(parent, [])
    for at, row in enumerate(siblings):
        own = stored_id(row.id)
        inner = _walk(below, own, depth + 1, names, counts)
        node = Node(
            id=own,
            key=row.key,
            icon=row.icon,
            names=names.get(own, {}),
            parent_id=parent,
            depth=depth,
            articles=counts[0].get(own, 0),
            on_show=counts[1].get(own, 0),
            is_first=at == 0,
            is_last=at == len(siblings) - 1,
            has_children=bool(inner),
        )
        found += [node, *inner]
    return found


def _counted(session: Session) -> Mapping[int, int]:
    rows = session.exec(
        select(Article.category_id, func.count(col(Article.id)))
        .where(col(Article.is_archived).is_(False))
        .group_by(col(Article.category_id))
    ).all()
    return {key: count for key, count in rows if key is not None}


def _on_show(session: Session) -> Mapping[int, int]:
    rows = session.exec(
        select(Article.category_id, col(Article.id))
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .where(col(Article.is_archived).is_(False), col(Article.audience) == Audience.PUBLIC)
        .where(col(Translation.state) == State.PUBLISHED)
        .distinct()
    ).all()
    return Counter(key for key, _ in rows if key is not None)


def _names(wanted: Wanted) -> dict[str, str]:
    found = {locale: one_line(name, limit=80) for locale, name in wanted.names.items()}
    named = {locale: name for locale, name in found.items() if name}
    if not named:
        raise InvalidInput(field="name")
    return named


def _check_parent(session: Session, category: Category | None, parent_id: int | None) -> None:
    """A category is never inside itself, nor deeper than readers find their way."""
    seen, at = 0, parent_id
    while at is not None:
        if (category is not None and at == category.id) or seen >= DEEPEST:
            raise InvalidInput(field="parent")
        above = session.get(Category, at)
        if above is None:
            raise InvalidInput(field="parent")
        at, seen = above.parent_id, seen + 1


def _siblings(session: Session, parent_id: int | None) -> list[Category]:
    above = (
        col(Category.parent_id).is_(None)
        if parent_id is None
        else col(Category.parent_id) == parent_id
    )
    return list(
        session.exec(
            select(Category).where(above).order_by(col(Category.position), col(Category.id))
        )
    )


def _end(session: Session, parent_id: int | None) -> int:
    return max((each.position for each in _siblings(session, parent_id)), default=-1) + 1


def _free_key(session: Session, wanted: str) -> str:
    taken = set(session.exec(select(Category.key)).all())
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)
