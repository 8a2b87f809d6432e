"""What an agent is writing to a customer: one draft per case and person, kept while they type.

Each keeping counts a version up. A tab names the version it has last seen; if another tab has kept
something since, the first is told, and nothing is overwritten.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, Session, SQLModel

from kb import clock
from kb.db import UtcDateTime, hold
from kb.errors import StaleDraft
from kb.text import clean

LONGEST = 20_000


class Draft(SQLModel, table=True):
    """A reply that is not sent yet; without text it is over, and still counts its versions."""

    __tablename__ = "reply_draft"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    sources: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Ids of the suggestions it was made from."""
    version: int = 0
    tab: str = ""
    """The form that kept it last: that one always has the newest text."""
    kept_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


def of(session: Session, case_id: int, person_id: int) -> Draft | None:
    """Return the draft, if there is something in it."""
    found = session.get(Draft, (case_id, person_id))
    return found if found is not None and found.text else None


def version(session: Session, case_id: int, person_id: int) -> int:
    """Return how often a draft of this person was kept in this case."""
    found = session.get(Draft, (case_id, person_id))
    return found.version if found is not None else 0


def keep(  # noqa: PLR0913  # the last two tell tabs apart, which few callers need
    session: Session,
    case_id: int,
    person_id: int,
    text: str,
    sources: Sequence[int] = (),
    *,
    expected: int | None = None,
    tab: str = "",
) -> Draft:
    """Keep what was typed, over what was kept before.

    Args:
        session: the caller's.
        case_id: the case.
        person_id: whose draft it is.
        text: all of it; empty: there is none any more.
        sources: suggestions it was made from.
        expected: the version the writer has seen; None: whatever it is.
        tab: names the form it comes from.

    Raises:
        StaleDraft: another form has kept another text since.
    """
    words = clean(text).strip()[:LONGEST]
    found = hold(session, Draft(case_id=case_id, person_id=person_id))
    is_own = bool(tab) and tab == found.tab
    if expected is not None and expected != found.version and not is_own:
        if words != found.text:
            raise StaleDraft
        return found
    if words != found.text or sources:
        found.text, found.kept_at = words, clock.now()
        found.version += 1
        found.sources = sorted({*found.sources, *sources}) if words else []
    found.tab = tab
    session.add(found)
    session.flush()
    return found


def discard(session: Session, case_id: int, person_id: int) -> None:
    """Empty the draft: it was sent, or is not wanted."""
    found = session.get(Draft, (case_id, person_id))
    if found is not None:
        found.text, found.sources, found.tab = "", [], ""
        found.version += 1
        session.add(found)
        session.flush()
