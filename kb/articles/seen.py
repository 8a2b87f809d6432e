"""How often articles are read: a number a day for each revision, and nothing about who read it."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Field, Session, SQLModel, col, func, select

from kb.articles.models import Revision
from kb.db import hold


class Seen(SQLModel, table=True):
    """How often one revision was opened on one day, in UTC."""

    __tablename__ = "article_seen"

    revision_id: int = Field(foreign_key="revision.id", primary_key=True)
    day: date = Field(primary_key=True)
    times: int = 0


def note(session: Session, counted: Mapping[tuple[int, date], int]) -> None:
    """Add what was counted; a revision that is gone meanwhile is left out."""
    known = set(
        session.exec(
            select(Revision.id).where(col(Revision.id).in_({number for number, _ in counted}))
        ).all()
    )
    for (revision_id, day), times in sorted(counted.items()):
        if revision_id in known:
            row = hold(session, Seen(revision_id=revision_id, day=day))
            row.times += times
            session.add(row)
            session.flush()


def by_day(session: Session, translation_id: int, *, since: date) -> dict[date, int]:
    """Return how often a translation was opened on each day it was."""
    rows = session.exec(
        select(col(Seen.day), func.sum(col(Seen.times)))
        .join(Revision, col(Revision.id) == col(Seen.revision_id))
        .where(Revision.translation_id == translation_id, Seen.day >= since)
        .group_by(col(Seen.day))
    ).all()
    return {day: int(times) for day, times in rows}
