"""What can be read about generated answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from kb.generation.models import GeneratedAnswer, GenerationState


def of_question(session: Session, question_id: int) -> GeneratedAnswer | None:
    """Return what a model made of a question, if it was asked."""
    return session.get(GeneratedAnswer, question_id)


def tokens_since(session: Session, moment: datetime) -> int:
    """Return how many tokens were spent since a moment, asked and answered."""
    spent = select(
        func.sum(col(GeneratedAnswer.tokens_in) + col(GeneratedAnswer.tokens_out))
    ).where(col(GeneratedAnswer.made_at) >= moment)
    return int(session.exec(spent).one() or 0)


def latest(
    session: Session, *, limit: int, state: GenerationState | None = None
) -> Sequence[GeneratedAnswer]:
    """Return the newest, of one state or whatever came of them."""
    newest = select(GeneratedAnswer).order_by(col(GeneratedAnswer.made_at).desc()).limit(limit)
    if state is not None:
        newest = newest.where(col(GeneratedAnswer.state) == state)
    return session.exec(newest).all()
