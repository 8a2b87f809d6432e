"""What can be done with texts being written. Actions never commit."""

from dataclasses import dataclass

from sqlmodel import Session

from kb import clock
from kb.errors import TooLarge
from kb.text import clean, one_line
from kb.writing import policy, queries
from kb.writing.models import DismissedHint, WorkingCopy
from kb.writing.policy import Seen, Text


@dataclass(frozen=True)
class Desk:
    """Whose text about which translation, and which version of it was opened."""

    article_id: int
    locale: str
    person_id: int
    base_version: int = 0


def keep(session: Session, desk: Desk, text: Text, seen: Seen) -> WorkingCopy:
    """Keep what stands in the editor. A text the page has not seen is never written over.

    Raises:
        TooLarge: longer than any article.
    """
    if len(text.body) > policy.LONGEST_BODY:
        raise TooLarge
    copy = _row(session, desk, seen)
    if policy.text_of(copy) != text or copy.id is None:
        copy.title, copy.summary, copy.body = (
            text.title[:300],
            text.summary[:500],
            clean(text.body),
        )
        copy.saves += 1
        copy.kept_at = clock.now()
    copy.tab, copy.base_version = seen.tab, desk.base_version
    session.add(copy)
    session.flush()
    return copy


def finish(session: Session, desk: Desk, copy_id: int) -> None:
    """Forget the text that has become a revision, or that nobody wants."""
    for each in _own(session, desk):
        if each.id == copy_id:
            session.delete(each)
    session.flush()


def dismiss(session: Session, desk: Desk, key: str) -> None:
    """Show a hint no more."""
    session.merge(
        DismissedHint(
            article_id=desk.article_id,
            locale=desk.locale,
            key=one_line(key, limit=32),
            person_id=desk.person_id,
        )
    )


def _row(session: Session, desk: Desk, seen: Seen) -> WorkingCopy:
    """Return the row to write to: the page's own, the one it goes on with, or a new one."""
    own = _own(session, desk)
    same_tab = (each for each in own if seen.tab and each.tab == seen.tab)
    found = next((each for each in own if each.id == seen.copy_id), None)
    if found is not None and policy.may_write_over(found, seen):
        return found
    if (before := next(same_tab, None)) is not None:
        return before
    return WorkingCopy(
        article_id=desk.article_id, locale=desk.locale, person_id=desk.person_id, tab=seen.tab
    )


def _own(session: Session, desk: Desk) -> list[WorkingCopy]:
    return list(
        queries.own(
            session, article_id=desk.article_id, locale=desk.locale, person_id=desk.person_id
        )
    )
