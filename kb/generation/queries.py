"""What can be read about what a model made: answers to questions, and texts for the staff."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from kb.generation.models import GeneratedAnswer, GeneratedText, GenerationState, Purpose


def of_question(session: Session, question_id: int) -> GeneratedAnswer | None:
    """Return what a model made of a question, if it was asked."""
    return session.get(GeneratedAnswer, question_id)


def tokens_since(session: Session, moment: datetime) -> int:
    """Return how many tokens were spent since a moment, asked and answered, on whatever."""
    return sum(
        int(
            session.exec(
                select(func.sum(col(kind.tokens_in) + col(kind.tokens_out))).where(
                    col(kind.made_at) >= moment
                )
            ).one()
            or 0
        )
        for kind in (GeneratedAnswer, GeneratedText)
    )


def text(session: Session, public_id: str) -> GeneratedText | None:
    """Return the text of this id."""
    return session.exec(select(GeneratedText).where(GeneratedText.public_id == public_id)).first()


def texts_since(session: Session, person_id: int, moment: datetime) -> int:
    """Return how many texts a model was asked for by somebody since a moment."""
    asked = select(func.count()).where(
        GeneratedText.asked_by == person_id, col(GeneratedText.made_at) >= moment
    )
    return int(session.exec(asked).one())


def texts_of_case(
    session: Session, case_id: int, purpose: Purpose, *, asked_by: int | None = None
) -> Sequence[GeneratedText]:
    """Return what was made for a case, newest first; for one person, or for anybody."""
    newest = (
        select(GeneratedText)
        .where(GeneratedText.case_id == case_id, GeneratedText.purpose == purpose)
        .order_by(col(GeneratedText.id).desc())
    )
    if asked_by is not None:
        newest = newest.where(GeneratedText.asked_by == asked_by)
    return session.exec(newest).all()


def latest_texts(
    session: Session, *, limit: int, purpose: Purpose | None = None
) -> Sequence[GeneratedText]:
    """Return the newest texts, for one purpose or for any."""
    newest = select(GeneratedText).order_by(col(GeneratedText.id).desc()).limit(limit)
    if purpose is not None:
        newest = newest.where(GeneratedText.purpose == purpose)
    return session.exec(newest).all()


def latest(
    session: Session, *, limit: int, state: GenerationState | None = None
) -> Sequence[GeneratedAnswer]:
    """Return the newest, of one state or whatever came of them."""
    newest = select(GeneratedAnswer).order_by(col(GeneratedAnswer.made_at).desc()).limit(limit)
    if state is not None:
        newest = newest.where(col(GeneratedAnswer.state) == state)
    return session.exec(newest).all()
