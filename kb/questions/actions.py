"""What can be done with questions: record them, what readers say, and wishes to be told."""

import secrets

from sqlmodel import Session, col, delete, select

from kb import clock
from kb.db import stored_id
from kb.questions import policy
from kb.questions.models import Feedback, FeedbackReason, Question, QuestionOutcome, Wish
from kb.text import clean


def record(session: Session, question: Question) -> Question:
    """Keep a question with the answer as it was shown."""
    question.wording = policy.wording(question.text)
    session.add(question)
    session.flush()
    return question


def record_without_words(session: Session, question: Question) -> None:
    """Keep that a question was asked, and whether it was answered, but not which."""
    question.public_id = secrets.token_urlsafe(16)
    question.text, question.said, question.wording, question.follows = "", None, None, None
    question.mood = question.urgency = question.affect_reasons = None
    session.add(question)
    session.flush()


def give_feedback(
    session: Session, *, revision_id: int, helpful: bool, question: Question | None = None
) -> Feedback:
    """Note a yes or no about a revision, and how the question ended; a reason may follow."""
    question_id = stored_id(question.id) if question is not None else None
    feedback = Feedback(revision_id=revision_id, helpful=helpful, question_id=question_id)
    session.add(feedback)
    if question is not None:
        ended = QuestionOutcome.SOLVED_ALONE if helpful else QuestionOutcome.NOT_YET
        end(session, question, ended)
    session.flush()
    return feedback


def end(session: Session, question: Question, outcome: QuestionOutcome) -> None:
    """Note how asking ended; who comes back may end it differently."""
    question.outcome = outcome
    session.add(question)


def give_reason(session: Session, feedback: Feedback, reason: FeedbackReason) -> None:
    """Note what was missing; who wants a person is handed over."""
    feedback.reason = reason
    session.add(feedback)
    if reason is FeedbackReason.PERSON and feedback.question_id is not None:
        question = session.get_one(Question, feedback.question_id)
        end(session, question, QuestionOutcome.HANDED_OVER)


def comment(session: Session, feedback: Feedback, text: str) -> None:
    """Add why, in the reader's words."""
    feedback.comment = clean(text).strip()[:4000]
    session.add(feedback)


def note_wish(session: Session, question: Question, *, email: str, locale: str) -> Wish | None:
    """Note that somebody wants to be told; None where this address has confirmed that before.

    The address is not confirmed yet. Asking twice is asking once.
    """
    forget_unconfirmed(session)
    email = email.strip().casefold()
    known = session.exec(
        select(Wish).where(Wish.question_id == question.id, Wish.email == email)
    ).first()
    if known is not None:
        return None if known.confirmed_at else known
    made = Wish(question_id=stored_id(question.id), email=email, locale=locale)
    session.add(made)
    session.flush()
    return made


def confirm(session: Session, wish: Wish) -> None:
    """From now on this address is known to be theirs who asked."""
    wish.confirmed_at = wish.confirmed_at or clock.now()
    session.add(wish)


def stop(session: Session, wish: Wish) -> None:
    """Take a wish back; the address is forgotten."""
    wish.stopped_at = wish.stopped_at or clock.now()
    wish.email = None
    session.add(wish)


def tell(session: Session, wish: Wish, *, article_id: int) -> None:
    """Note that the letter is on its way; the address is forgotten here."""
    wish.told_at, wish.article_id, wish.email = clock.now(), article_id, None
    session.add(wish)


def forget_unconfirmed(session: Session) -> None:
    """Remove the wishes nobody confirmed in time."""
    before = clock.now() - policy.UNCONFIRMED_FOR
    session.exec(
        delete(Wish).where(col(Wish.confirmed_at).is_(None), col(Wish.created_at) < before)
    )
