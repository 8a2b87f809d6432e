"""What can be done with questions: record them, and what readers say."""

from sqlmodel import Session

from kb.questions.models import Feedback, FeedbackReason, Question
from kb.text import clean


def record(session: Session, question: Question) -> Question:
    """Keep a question with the answer as it was shown."""
    session.add(question)
    session.flush()
    return question


def give_feedback(
    session: Session, *, revision_id: int, helpful: bool, question_id: int | None = None
) -> Feedback:
    """Note a yes or no about a revision; reason and comment may follow."""
    feedback = Feedback(revision_id=revision_id, helpful=helpful, question_id=question_id)
    session.add(feedback)
    session.flush()
    return feedback


def explain_feedback(
    session: Session, feedback: Feedback, *, reason: FeedbackReason | None, comment: str
) -> None:
    """Add why, in the reader's words."""
    feedback.reason = reason
    feedback.comment = clean(comment).strip()[:4000]
    session.add(feedback)
