"""What can be read about questions."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from kb.questions.models import Feedback, Question


def by_public_id(session: Session, public_id: str) -> Question | None:
    return session.exec(select(Question).where(Question.public_id == public_id)).first()


def feedback(session: Session, public_id: str) -> Feedback | None:
    return session.exec(select(Feedback).where(Feedback.public_id == public_id)).first()


def helped(session: Session) -> Sequence[tuple[Question, int]]:
    """Return questions whose answer helped, with the revision it quoted."""
    rows = session.exec(
        select(Question, Feedback.revision_id)
        .join(Feedback, col(Feedback.question_id) == col(Question.id))
        .where(col(Feedback.helpful).is_(True))
        .order_by(col(Question.id), col(Feedback.revision_id))
    ).all()
    return [(question, revision_id) for question, revision_id in rows]
