"""What can be done with generated answers: claim a question, and keep what came of it."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kb.generation.models import GeneratedAnswer, GenerationState


def claim(session: Session, question_id: int) -> bool:
    """Take a question for asking a model; False where somebody has asked already."""
    if session.get(GeneratedAnswer, question_id) is not None:
        return False
    session.add(GeneratedAnswer(question_id=question_id, state=GenerationState.ASKED))
    try:
        session.flush()
    except IntegrityError:  # at the same moment, elsewhere
        session.rollback()
        return False
    return True


def keep(session: Session, made: GeneratedAnswer) -> None:
    """Keep what came of it, in the place of the claim."""
    session.merge(made)
    session.flush()
