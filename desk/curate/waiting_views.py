"""What editors see of the customers who wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from desk.curate.areas import Tab
from desk.rendering import PrivateView
from kb.access import ANYONE
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.errors import Problem
from kb.questions import queries
from kb.questions.models import Question, Wish
from retrieval.assembly import Retrieval

FOUND = 3
_MOST = 50
"""Groups on a page: each is a search."""


@dataclass(frozen=True)
class FoundNow:
    """A public article that may be the answer."""

    public_id: str
    title: str
    url: str
    locale: str
    is_newer: bool
    """Changed since the first of them asked."""


@dataclass(frozen=True)
class Group:
    """One question, however it was written, with those who wait for its answer."""

    public_id: str
    """Of the first of these questions."""
    text: str
    locale: str
    people: int
    since: datetime
    found: Sequence[FoundNow]


@dataclass(frozen=True)
class WaitingList(PrivateView):
    """The page."""

    template: ClassVar[str] = "curate/waiting.html"
    areas: Sequence[Tab]
    groups: Sequence[Group]
    is_down: bool
    may_decide: bool


def groups(session: Session, retrieval: Retrieval | None) -> list[Group]:
    """Return what is waited for, the most wanted first, each with what search finds now."""
    together: dict[tuple[str, str], list[tuple[Wish, Question]]] = {}
    for wish, question in queries.waiting(session):
        key = (question.locale, question.wording or question.text)
        together.setdefault(key, []).append((wish, question))
    wanted = sorted(together.values(), key=lambda pairs: -len(pairs))[:_MOST]
    return [_group(session, retrieval, pairs) for pairs in wanted]


def _group(
    session: Session, retrieval: Retrieval | None, pairs: Sequence[tuple[Wish, Question]]
) -> Group:
    first = pairs[0][1]
    since = min(wish.created_at for wish, _ in pairs)
    return Group(
        public_id=first.public_id,
        text=first.text,
        locale=first.locale,
        people=len(pairs),
        since=since,
        found=_found(session, retrieval, first, since),
    )


def _found(
    session: Session, retrieval: Retrieval | None, question: Question, since: datetime
) -> list[FoundNow]:
    """Search as anybody: what is told to customers must be theirs to read."""
    if retrieval is None:
        return []
    try:
        found = retrieval.search(session, question.text, ANYONE, question.locale, limit=FOUND)
    except Problem:
        return []
    ids = [hit.passage.source_id for hit in found.hits]
    known = articles.by_revisions(session, ANYONE, ids)
    return [
        FoundNow(
            public_id=one.article.public_id,
            title=one.revision.title,
            url=address(one.translation.locale, one.translation.slug),
            locale=one.translation.locale,
            is_newer=one.revision.created_at > since,
        )
        for one in (known[number] for number in ids if number in known)
    ]
