"""What can be done with what a model made: claim a question, keep what came of it, decide."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from kb import clock
from kb.generation.models import GeneratedAnswer, GeneratedText, GenerationState, TextFate

_GONE = 0.5
"""Share of a text that has to be changed until it is no longer that text at all."""


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


def keep_text(session: Session, made: GeneratedText) -> GeneratedText:
    """Keep a text that was made for somebody."""
    session.add(made)
    session.flush()
    return made


def decide(
    session: Session, made: GeneratedText, *, edits: int, at: datetime | None = None
) -> TextFate:
    """Note how many characters of a text were changed, and return what that makes of it."""
    length = sum(len(one["text"]) for one in made.kept)
    if not edits:
        made.fate = TextFate.KEPT
    else:
        made.fate = TextFate.EDITED if edits < _GONE * length else TextFate.THROWN_AWAY
    made.edits, made.decided_at = edits, at or clock.now()
    session.add(made)
    return made.fate


def throw_away(session: Session, made: GeneratedText) -> None:
    """Note that a text was not wanted."""
    made.fate, made.decided_at = TextFate.THROWN_AWAY, clock.now()
    session.add(made)


def undecide(session: Session, made: GeneratedText) -> None:
    """Let a text wait for a decision again."""
    made.fate = made.edits = made.decided_at = None
    session.add(made)
