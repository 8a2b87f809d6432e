"""Lists of cases that answer what to do next: what is in them, in which order, and how many.

In the lists of what waits for us those go first that are distressed or urgent, or that the team
has put first; then whoever has waited longest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy import case as when
from sqlmodel import Session, col, func, select

from kb.access import Viewer
from kb.affect import Mood, Urgency
from kb.cases import policy
from kb.cases.labels import CaseTag
from kb.cases.models import Case, CaseState, Message, Priority
from kb.people.models import Person

MOST_WORDS = 8
_OURS = (CaseState.NEW, CaseState.OPEN)
"""States in which it is for us to do something."""


class CaseList(StrEnum):
    """The lists an agent can open."""

    FOR_ME = "me"
    NEW = "new"
    DISTRESSED = "distressed"
    LONGEST = "longest"
    OPEN = "open"
    MINE = "mine"
    WAITING = "waiting"
    SOLVED = "solved"


_STATES = {
    CaseList.MINE: policy.UNFINISHED,
    CaseList.WAITING: (CaseState.WAITING,),
    CaseList.SOLVED: (CaseState.SOLVED, CaseState.CLOSED),
}
"""In which a case stands in a list; in the others: those that are ours."""


class Who(StrEnum):
    """Whose cases, where a list does not say it."""

    ME = "me"
    NOBODY = "nobody"
    OTHERS = "others"


@dataclass(frozen=True)
class Narrowed:
    """What of a list is wanted; None and empty: all of it."""

    words: str = ""
    locale: str = ""
    mood: Mood | None = None
    urgency: Urgency | None = None
    tag: str = ""
    topic_id: int | None = None
    priority: Priority | None = None
    who: Who | None = None
    near: tuple[int, ...] = ()
    """Cases that are about what the words say, found by meaning, the nearest first."""

    @property
    def is_all(self) -> bool:
        return replace(self, words="", near=()) == Narrowed()


def listed(  # noqa: PLR0913  # what is listed, in which order, and which page of it
    session: Session,
    viewer: Viewer,
    which: CaseList,
    *,
    narrowed: Narrowed = Narrowed(),  # frozen
    by_mood: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Sequence[tuple[Case, Person]]:
    """Return a page of a list with the customers; solved ones newest first."""
    if not policy.may_work_on(viewer):
        return []
    order = (*_order(which, narrowed, by_mood=by_mood), col(Case.id))
    page = (  # found and put in order by an index alone: rows are read of what is shown
        select(Case.id)
        .where(in_list(which, viewer), *matching(narrowed, viewer, which=which))
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    rows = session.exec(
        select(Case, Person)
        .join(Person, col(Person.id) == col(Case.customer_id))
        .where(col(Case.id).in_(page))
        .order_by(*order)
    ).all()
    return [(found, customer) for found, customer in rows]


def changed_since(
    session: Session, viewer: Viewer, which: CaseList, *, narrowed: Narrowed, since: datetime
) -> int:
    """Return how many cases of a list are new there, or were written into, since a moment."""
    if not policy.may_work_on(viewer):
        return 0
    return session.exec(
        select(func.count(col(Case.id))).where(
            in_list(which, viewer),
            col(Case.updated_at) > since,
            *matching(narrowed, viewer, which=which),
        )
    ).one()


def counts(session: Session, viewer: Viewer) -> dict[CaseList, int]:
    """Return how many cases stand in each list, counted in one go."""
    if not policy.may_work_on(viewer):
        return dict.fromkeys(CaseList, 0)
    done = select(func.count()).select_from(Case).where(in_list(CaseList.SOLVED, viewer))
    columns = [
        done.scalar_subquery()
        if which is CaseList.SOLVED
        else func.sum(when((in_list(which, viewer), 1), else_=0))
        for which in CaseList
    ]
    row = session.execute(select(*columns).where(col(Case.state).in_(policy.UNFINISHED))).one()
    return {which: number or 0 for which, number in zip(CaseList, row, strict=True)}


def in_list(which: CaseList, viewer: Viewer) -> ColumnElement[bool]:
    """Say in SQL which cases stand in a list."""
    state, mine = col(Case.state), col(Case.assignee_id) == viewer.person_id
    found = state.in_(_STATES.get(which, _OURS))
    match which:
        case CaseList.FOR_ME | CaseList.MINE:
            return found & mine
        case CaseList.NEW:
            return found & col(Case.assignee_id).is_(None)
        case CaseList.DISTRESSED:
            return found & (_in_need() > 0)
        case _:
            return found


def matching(narrowed: Narrowed, viewer: Viewer, *, which: CaseList) -> list[ColumnElement[bool]]:
    """Return what a case of this list has to be like."""
    wanted = {
        Case.locale: narrowed.locale,
        Case.mood: narrowed.mood,
        Case.urgency: narrowed.urgency,
        Case.priority: narrowed.priority,
        Case.topic_id: narrowed.topic_id,
    }
    clauses = [col(column) == value for column, value in wanted.items() if value]
    if narrowed.tag:
        tagged = select(CaseTag.case_id).where(CaseTag.tag == narrowed.tag)
        clauses.append(col(Case.id).in_(tagged))
    if narrowed.who is not None:
        clauses.append(_belongs(narrowed.who, viewer))
    if words := narrowed.words.split()[:MOST_WORDS]:
        says = _says_in_history if which is CaseList.SOLVED else _says
        said = and_(*map(says, words))
        clauses.append(or_(said, col(Case.id).in_(narrowed.near)) if narrowed.near else said)
    return clauses


def _order(which: CaseList, narrowed: Narrowed, *, by_mood: bool) -> list[ColumnElement[Any]]:
    """Return the order of a list: in SQL what `policy.precedence` and `policy.RANKS` say."""
    waited: ColumnElement[Any] = col(Case.updated_at).asc()
    nearest: list[ColumnElement[Any]] = []
    if narrowed.near:
        nearest = [when(*_places(narrowed.near), else_=len(narrowed.near))]
    match which:
        case CaseList.SOLVED:
            return [*nearest, col(Case.updated_at).desc()]
        case CaseList.LONGEST | CaseList.WAITING:
            return [*nearest, waited]
        case _:
            need = [_in_need().desc()] if by_mood else []
            return [*nearest, *need, _rank().desc(), waited]


def _in_need() -> ColumnElement[int]:
    is_distressed = when((col(Case.mood) == Mood.DISTRESSED, 1), else_=0)
    return is_distressed + when((col(Case.urgency) == Urgency.URGENT, 1), else_=0)


def _rank() -> ColumnElement[int]:
    ranks = [(col(Case.priority) == one, rank) for one, rank in policy.RANKS.items()]
    return when(*ranks, else_=0)


def _places(near: Sequence[int]) -> list[tuple[ColumnElement[bool], int]]:
    return [(col(Case.id) == case_id, place) for place, case_id in enumerate(near)]


def _belongs(who: Who, viewer: Viewer) -> ColumnElement[bool]:
    assignee = col(Case.assignee_id)
    match who:
        case Who.ME:
            return assignee == viewer.person_id
        case Who.NOBODY:
            return assignee.is_(None)
        case Who.OTHERS:
            return assignee.is_not(None) & (assignee != viewer.person_id)


def _says(word: str) -> ColumnElement[bool]:
    """Look into one case after the other: of those that are not solved there are not many."""
    return or_(
        _holds(Case.subject, word),
        exists().where(col(Person.id) == col(Case.customer_id), _holds(Person.name, word)),
        exists().where(col(Message.case_id) == col(Case.id), _holds(Message.body, word)),
        exists().where(col(CaseTag.case_id) == col(Case.id), _holds(CaseTag.tag, word)),
    )


def _says_in_history(word: str) -> ColumnElement[bool]:
    """Look through all there is at once: of solved cases there are more than of all others."""
    return or_(
        _holds(Case.subject, word),
        col(Case.customer_id).in_(select(Person.id).where(_holds(Person.name, word))),
        col(Case.id).in_(select(Message.case_id).where(_holds(Message.body, word))),
        col(Case.id).in_(select(CaseTag.case_id).where(_holds(CaseTag.tag, word))),
    )


def _holds(column: str, word: str) -> ColumnElement[bool]:
    """Say that a text has the word in it, in capitals or not.

    SQLite takes only the letters of English for the same in both, so others are asked for twice.
    """
    forms = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*[col(column).icontains(form, autoescape=True) for form in sorted(forms)])
