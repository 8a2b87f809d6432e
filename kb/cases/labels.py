"""What the team writes on a case to find and order it: tags, a topic, a priority."""

from collections.abc import Collection, Sequence

from sqlmodel import Field, Session, SQLModel, col, delete, func, select

from kb.cases.actions import noted
from kb.cases.models import Case, Priority
from kb.db import stored_id
from kb.errors import InvalidInput
from kb.text import one_line

LONGEST_TAG = 40
MOST_TAGS = 12


class CaseTag(SQLModel, table=True):
    """A word on a case, in small letters."""

    __tablename__ = "case_tag"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    tag: str = Field(primary_key=True, index=True)


def as_tag(words: str) -> str:
    """Return words as they are kept: `Rück Ruf` and `rück ruf` are one tag."""
    return one_line(words, limit=LONGEST_TAG).strip("#, ").casefold()


def tag(session: Session, case: Case, words: str) -> None:
    """Put tags on the case, several with commas between; what is on it already stays.

    Raises:
        InvalidInput: they are no tags, or too many.
    """
    given = {as_tag(one) for one in words.split(",")} - {""}
    known = set(tags(session, [stored_id(case.id)]).get(stored_id(case.id), []))
    if not given or len(known | given) > MOST_TAGS:
        raise InvalidInput(field="tag")
    session.add_all(CaseTag(case_id=stored_id(case.id), tag=one) for one in sorted(given - known))
    session.flush()
    noted(session, case)


def untag(session: Session, case: Case, words: str) -> None:
    """Take a tag off the case."""
    here = delete(CaseTag).where(col(CaseTag.case_id) == case.id)
    session.exec(here.where(col(CaseTag.tag) == as_tag(words)))
    noted(session, case)


def tags(session: Session, case_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the tags by case, in the order of the alphabet."""
    rows = session.exec(
        select(CaseTag).where(col(CaseTag.case_id).in_(case_ids)).order_by(col(CaseTag.tag))
    ).all()
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row.tag)
    return found


def used(session: Session, *, limit: int = 40) -> Sequence[str]:
    """Return the tags in use, the most used first."""
    return session.exec(
        select(CaseTag.tag)
        .group_by(col(CaseTag.tag))
        .order_by(func.count().desc(), col(CaseTag.tag))
        .limit(limit)
    ).all()


def set_priority(session: Session, case: Case, priority: Priority) -> None:
    """Say how soon it is to be seen to."""
    case.priority = priority
    session.add(case)
    noted(session, case)


def set_topic(session: Session, case: Case, category_id: int | None) -> None:
    """Say what it is about; the caller has checked that there is such a category."""
    case.topic_id = category_id
    session.add(case)
    noted(session, case)
