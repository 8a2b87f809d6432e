"""Reviews of articles: asked for, talked about, decided. Actions never commit.

What is reviewed is the newest revision: whoever decides says which one they have read, and if
there is a newer one, they are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from kb import clock
from kb.articles import actions
from kb.articles.life import Review, ReviewComment, ReviewState
from kb.articles.models import Article, Revision, State, Translation
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound, StaleRevision
from kb.text import clean

LONGEST_NOTE = 2_000
LONGEST_QUOTE = 1_000


@dataclass(frozen=True)
class Said:
    """Who says what."""

    by_id: int | None
    words: str = ""


def newest(session: Session, translation: Translation) -> Revision:
    """Return the latest revision, on show or not.

    Raises:
        NotFound: nothing was ever written.
    """
    found = session.exec(
        select(Revision)
        .where(Revision.translation_id == translation.id)
        .order_by(col(Revision.number).desc())
    ).first()
    if found is None:
        raise NotFound
    return found


def open_review(session: Session, translation: Translation) -> Review | None:
    """Return the review that waits for somebody."""
    return session.exec(
        select(Review).where(
            Review.translation_id == translation.id, col(Review.state) == ReviewState.OPEN
        )
    ).first()


def decided(session: Session, translation: Translation, *, limit: int = 5) -> Sequence[Review]:
    """Return what was decided, the latest first."""
    return session.exec(
        select(Review)
        .where(Review.translation_id == translation.id, col(Review.state) != ReviewState.OPEN)
        .order_by(col(Review.decided_at).desc())
        .limit(limit)
    ).all()


def comments(session: Session, translation: Translation) -> Sequence[ReviewComment]:
    """Return what was said about passages: the open ones first, then by time."""
    return session.exec(
        select(ReviewComment)
        .where(ReviewComment.translation_id == translation.id)
        .order_by(col(ReviewComment.resolved_at).is_not(None), col(ReviewComment.id))
    ).all()


def submit(session: Session, translation: Translation, said: Said) -> Review:
    """Ask for a review of the newest revision; twice is once, at the same moment, too."""
    _take_turn(session, translation)
    waiting = open_review(session, translation)
    if waiting is not None:
        return waiting
    review = Review(
        translation_id=stored_id(translation.id),
        revision_id=stored_id(newest(session, translation).id),
        note=clean(said.words).strip()[:LONGEST_NOTE],
        asked_by=said.by_id,
    )
    session.add(review)
    if translation.state is not State.PUBLISHED:
        translation.state = State.IN_REVIEW
        session.add(translation)
    session.flush()
    return review


def withdraw(session: Session, translation: Translation, said: Said) -> None:
    """Take the wish for a review back."""
    _decide(session, translation, ReviewState.WITHDRAWN, said)


def send_back(session: Session, translation: Translation, said: Said) -> None:
    """Give it back to whoever wrote it, with words.

    Raises:
        InvalidInput: no words.
    """
    if not said.words.strip():
        raise InvalidInput(field="words")
    _decide(session, translation, ReviewState.SENT_BACK, said)


def approve(
    session: Session, article: Article, translation: Translation, said: Said, *, read_id: int
) -> Revision:
    """Put the newest revision on show; an open review of it is approved.

    Raises:
        StaleRevision: `read_id` is not the newest revision any more.
    """
    revision = accept(session, translation, said, read_id=read_id)
    actions.publish(session, article, revision)
    return revision


def accept(session: Session, translation: Translation, said: Said, *, read_id: int) -> Revision:
    """Approve without publishing: for what is planned for later.

    Raises:
        StaleRevision: `read_id` is not the newest revision any more.
    """
    revision = newest(session, translation)
    if revision.id != read_id:
        raise StaleRevision(version=revision.number)
    if open_review(session, translation) is not None:
        _decide(session, translation, ReviewState.APPROVED, said)
    return revision


def comment(session: Session, revision: Revision, *, quote: str, said: Said) -> ReviewComment:
    """Say something about a passage, or about the whole.

    Raises:
        InvalidInput: nothing said.
    """
    note = clean(said.words).strip()[:LONGEST_NOTE]
    if not note:
        raise InvalidInput(field="note")
    added = ReviewComment(
        translation_id=revision.translation_id,
        revision_id=stored_id(revision.id),
        quote=clean(quote).strip()[:LONGEST_QUOTE],
        note=note,
        author_id=said.by_id,
    )
    session.add(added)
    session.flush()
    return added


def resolve(session: Session, comment: ReviewComment, *, by_id: int | None) -> None:
    """Note that it is seen to."""
    comment.resolved_at, comment.resolved_by = clock.now(), by_id
    session.add(comment)


def reopen(session: Session, comment: ReviewComment) -> None:
    """Note that it is not seen to, after all."""
    comment.resolved_at = comment.resolved_by = None
    session.add(comment)


def _decide(session: Session, translation: Translation, state: ReviewState, said: Said) -> None:
    _take_turn(session, translation)
    review = open_review(session, translation)
    if review is None:
        raise StaleRevision(version=translation.version)
    review.state, review.decided_by, review.decided_at = state, said.by_id, clock.now()
    review.words = clean(said.words).strip()[:LONGEST_NOTE]
    review.revision_id = stored_id(newest(session, translation).id)
    session.add(review)
    if translation.state is State.IN_REVIEW:
        translation.state = State.DRAFT
        session.add(translation)
    session.flush()


def _take_turn(session: Session, translation: Translation) -> None:
    """Wait for whoever reviews the same text at this moment: a write holds its row."""
    session.flush()
    session.connection().execute(
        update(Translation)
        .where(col(Translation.id) == translation.id)
        .values(version=Translation.version)
    )
