"""What can be read about questions."""

from sqlmodel import Session, select

from kb.questions.models import Feedback, Question


def by_public_id(session: Session, public_id: str) -> Question | None:
    return session.exec(select(Question).where(Question.public_id == public_id)).first()


def feedback(session: Session, public_id: str) -> Feedback | None:
    return session.exec(select(Feedback).where(Feedback.public_id == public_id)).first()
