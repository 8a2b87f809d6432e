"""How often each revision helped of late, told without saying anything of anybody.

Only counts leave this module: what was asked is not looked at.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from kb.access import Audience
from kb.questions.models import Feedback, Question

_OF_LATE = 2_000
"""So many of the latest are counted, however busy the site is."""


def helped(session: Session, *, since: datetime) -> Mapping[int, int]:
    """Return how often each revision helped, by id.

    An answer to anybody that cites it speaks for it, a yes does too, a no speaks against it.
    """
    cited = session.exec(
        select(col(Question.citations)[0]["revision"].as_integer())
        .where(col(Question.asked_at) >= since, col(Question.answer).is_not(None))
        .where(Question.audience == Audience.PUBLIC)
        .order_by(col(Question.id).desc())
        .limit(_OF_LATE)
    ).all()
    votes = session.exec(
        select(Feedback.revision_id, Feedback.helpful)
        .where(col(Feedback.given_at) >= since)
        .order_by(col(Feedback.id).desc())
        .limit(_OF_LATE)
    ).all()
    counted = Counter(revision for revision in cited if revision is not None)
    for revision, is_helpful in votes:
        counted[revision] += 1 if is_helpful else -1
    return counted
