"""Shelves of the start page: what many find helpful, what is new, what has changed.

Who may read what is asked anew for every page; popularity is told for what helped many only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session

from kb import clock
from kb.access import Viewer
from kb.articles import browsing
from kb.articles.browsing import Entry
from kb.articles.policy import address
from kb.questions import popularity

EACH = 4
"""Articles on a shelf."""
_OF_LATE = timedelta(days=90)


class Kind(StrEnum):
    """The shelves, in their order."""

    POPULAR = "popular"
    NEW = "new"
    CHANGED = "changed"


_ICONS = {Kind.POPULAR: "star", Kind.NEW: "sparkle", Kind.CHANGED: "refresh"}


@dataclass(frozen=True)
class Book:
    """An article on a shelf."""

    title: str
    url: str


@dataclass(frozen=True)
class Shelf:
    """Some articles for one reason."""

    kind: Kind
    books: Sequence[Book]

    @property
    def icon(self) -> str:
        return _ICONS[self.kind]


def shelves(session: Session, viewer: Viewer, locale: str) -> list[Shelf]:
    """Return the shelves with something on them; no article stands on two."""
    found: list[Shelf] = []
    seen: set[int] = set()
    for kind, fetch in _FETCH.items():
        entries = [one for one in fetch(session, viewer, locale) if one.article_id not in seen]
        books = [Book(one.title, address(locale, one.slug)) for one in entries[:EACH]]
        seen |= {one.article_id for one in entries[:EACH]}
        if books:
            found.append(Shelf(kind, books))
    return found


def _popular(session: Session, viewer: Viewer, locale: str) -> list[Entry]:
    helped = popularity.helped(session, since=clock.now() - _OF_LATE)
    return browsing.popular(session, viewer, locale, helped, limit=EACH)


def _new(session: Session, viewer: Viewer, locale: str) -> list[Entry]:
    return browsing.newest(session, viewer, locale, since=clock.now() - _OF_LATE, limit=2 * EACH)


def _changed(session: Session, viewer: Viewer, locale: str) -> list[Entry]:
    return browsing.changed(session, viewer, locale, since=clock.now() - _OF_LATE, limit=3 * EACH)


_FETCH: dict[Kind, Callable[[Session, Viewer, str], list[Entry]]] = {
    Kind.POPULAR: _popular,
    Kind.NEW: _new,
    Kind.CHANGED: _changed,
}
