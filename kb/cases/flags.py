"""What agents say about articles while they work on a case; editors settle it.

Actions never commit: the caller's transaction does.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select, update

from kb import clock
from kb.access import Viewer
from kb.cases.marks import ArticleFlag, ArticleLack, Fault
from kb.cases.models import Case
from kb.db import hold, stored_id
from kb.errors import InvalidInput, NotAllowed, StaleRevision
from kb.text import clean, one_line

LONGEST_NOTE = 1_000
LONGEST_WORDS = 300


def flag(  # who says what of which text, and where
    session: Session,
    *,
    case: Case,
    revision_id: int,
    fault: Fault,
    note: str = "",
    by_id: int,
) -> ArticleFlag:
    """Note what is the matter with a revision; said again by the same agent it replaces that.

    The caller has looked the revision up, as the agent may read it.
    """
    said = ArticleFlag(
        case_id=stored_id(case.id), revision_id=revision_id, fault=fault, by_id=by_id
    )
    found = hold(session, said, by=("case_id", "revision_id", "by_id"))
    found.fault, found.note = fault, clean(note).strip()[:LONGEST_NOTE]
    found.made_at, found.settled_at = clock.now(), None
    found.answer, found.settled_by = "", None
    session.add(found)
    session.flush()
    return found


def lacking(session: Session, *, case: Case, words: str, by_id: int | None) -> ArticleLack:
    """Note that no article fits a case, in words a customer would use; the last words count.

    Raises:
        InvalidInput: there are no words.
    """
    said = one_line(words, limit=LONGEST_WORDS)
    if not said:
        raise InvalidInput(field="words")
    lack = ArticleLack(case_id=stored_id(case.id), locale=case.locale, words=said, by_id=by_id)
    found = hold(session, lack, by=("case_id",))
    found.words, found.by_id = said, by_id
    found.made_at, found.settled_at = clock.now(), None
    session.add(found)
    session.flush()
    return found


def take_back(session: Session, case_id: int) -> None:
    """Say that there is an article after all."""
    found = lack_of(session, case_id)
    if found is not None:
        session.delete(found)


def lack_of(session: Session, case_id: int) -> ArticleLack | None:
    """Return what a case says is missing, if it does."""
    return session.exec(select(ArticleLack).where(ArticleLack.case_id == case_id)).first()


def of_case(session: Session, case_id: int) -> Sequence[ArticleFlag]:
    """Return what was said about articles from one case."""
    return session.exec(
        select(ArticleFlag).where(ArticleFlag.case_id == case_id).order_by(col(ArticleFlag.id))
    ).all()


def open_flags(session: Session) -> Sequence[ArticleFlag]:
    """Return what no editor has seen to yet, oldest first."""
    return session.exec(
        select(ArticleFlag)
        .where(col(ArticleFlag.settled_at).is_(None))
        .order_by(col(ArticleFlag.made_at), col(ArticleFlag.id))
    ).all()


def open_lacks(session: Session) -> Sequence[ArticleLack]:
    """Return the missing articles nobody has seen to yet, oldest first."""
    return session.exec(
        select(ArticleLack)
        .where(col(ArticleLack.settled_at).is_(None))
        .order_by(col(ArticleLack.made_at), col(ArticleLack.id))
    ).all()


def settle(  # what is answered how, and by whom
    session: Session,
    revision_ids: Collection[int],
    answer: str,
    *,
    seen: datetime,
    by: Viewer,
) -> None:
    """Answer all that was said of these revisions until `seen`; what came later stays open.

    Raises:
        NotAllowed: this is no editor.
        InvalidInput: no words, or too many.
        StaleRevision: somebody else has answered meanwhile.
    """
    if not by.is_editor:
        raise NotAllowed
    words = clean(answer).strip()
    if not words or len(words) > LONGEST_NOTE:
        raise InvalidInput(field="answer")
    session.flush()
    settled = session.connection().execute(
        update(ArticleFlag)
        .where(
            col(ArticleFlag.revision_id).in_(revision_ids),
            col(ArticleFlag.settled_at).is_(None),
            col(ArticleFlag.made_at) <= seen,
        )
        .values(settled_at=clock.now(), settled_by=by.person_id, answer=words)
    )
    if not settled.rowcount:
        raise StaleRevision


def settle_lacks(session: Session, case_ids: Collection[int]) -> None:
    """Note that there is an article for these cases now; settled twice changes nothing."""
    open_ones = session.exec(
        select(ArticleLack).where(
            col(ArticleLack.case_id).in_(case_ids), col(ArticleLack.settled_at).is_(None)
        )
    )
    for one in open_ones:
        one.settled_at = clock.now()
        session.add(one)
