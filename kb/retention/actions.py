"""What is erased when its time is over. The privacy page says the same; a test compares them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import null
from sqlmodel import Session, col, or_, select, update

from kb import clock
from kb.cases import uses
from kb.generation.models import GeneratedAnswer, GeneratedText
from kb.links import actions as links
from kb.questions.models import Feedback, Question, Wish
from kb.questions.queries import waiting_clause

_SOUND = {"mood": None, "urgency": None, "affect_reasons": null()}
"""How the words sounded goes with them."""


@dataclass(frozen=True)
class Erased:
    """How many texts were erased."""

    questions: int
    comments: int


def erase_old_words(session: Session, *, days: int) -> Erased:
    """Erase the words of questions, and of comments on articles, that are so many days old.

    A question is of use, and kept, as long as somebody waits to be told its answer, or when it was
    said that its answer helped: search learns from these. Everything else about a question stays:
    when it was, in which language, and whether there was an answer; what a model made of it goes,
    for it may repeat its words, and so does what it made of cases. Private links that are over go
    with their addresses, and what was put into replies when they are sent.
    """
    links.forget_old(session)
    uses.forget_sent(session)
    before = clock.now() - timedelta(days=days)
    questions = session.exec(
        update(Question)
        .where(
            col(Question.asked_at) < before,
            or_(col(Question.text) != "", col(Question.said).is_not(None)),
            col(Question.id).not_in(select(Wish.question_id).where(waiting_clause())),
            col(Question.id).not_in(
                select(col(Feedback.question_id)).where(
                    col(Feedback.helpful).is_(True), col(Feedback.question_id).is_not(None)
                )
            ),
        )
        .values(text="", said=None, wording=None, **_SOUND)
    )
    session.exec(
        update(GeneratedAnswer)
        .where(
            col(GeneratedAnswer.question_id).in_(
                select(Question.id).where(col(Question.text) == "")
            )
        )
        .values(parts=[])
    )
    session.exec(
        update(GeneratedText)
        .where(col(GeneratedText.made_at) < before)
        .values(parts=[], sources=[])
    )
    comments = session.exec(
        update(Feedback)
        .where(col(Feedback.given_at) < before, col(Feedback.comment) != "")
        .values(comment="")
    )
    return Erased(questions.rowcount, comments.rowcount)
