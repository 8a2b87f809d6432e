"""What mending something would save, from what was counted; what nobody counted is not guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, func, select

from kb import clock
from kb.access import Audience
from kb.articles.models import Revision
from kb.cases.models import Trail, TrailKind
from kb.curation.tasks import a_month
from kb.questions.models import Feedback, NoAnswerReason, Question

WINDOW = timedelta(weeks=4)
_USUAL_SHARE, _USUAL_OF = 0.3, 20
"""Of those left alone, so many write to us: believed until more than so many show otherwise."""


@dataclass(frozen=True)
class Effect:
    """Contacts a month, and the numbers they come from."""

    weight: float
    arithmetic: Mapping[str, float]


def share_of_contacts(*, unanswered: int, wrote: int) -> float:
    """Return which share of those left without an answer writes to us.

    >>> share_of_contacts(unanswered=0, wrote=0)
    0.3
    """
    return min(1.0, (wrote + _USUAL_SHARE * _USUAL_OF) / (unanswered + _USUAL_OF))


def contact_share(session: Session) -> float:
    """Return that share as far as it is known here."""
    unanswered = session.exec(
        select(func.count(col(Question.id))).where(
            col(Question.audience) == Audience.PUBLIC,
            col(Question.reason).in_((NoAnswerReason.NOTHING_FOUND, NoAnswerReason.NOT_SURE)),
        )
    ).one()
    wrote = session.exec(
        select(func.count(func.distinct(col(Trail.case_id)))).where(
            Trail.kind == TrailKind.ASKED, col(Trail.was_answered).is_(False)
        )
    ).one()
    return share_of_contacts(unanswered=unanswered, wrote=wrote)


def unhelpful(session: Session) -> dict[int, int]:
    """Return how many of late said "not yet" under each translation, by its id."""
    rows = session.exec(
        select(Revision.translation_id, func.count(col(Feedback.id)))
        .join(Feedback, col(Feedback.revision_id) == col(Revision.id))
        .where(col(Feedback.helpful).is_(False), Feedback.given_at >= clock.now() - WINDOW)
        .group_by(col(Revision.translation_id))
    ).all()
    return dict(rows)


def of_article(count: int, share: float, *, reports: int = 0, cases: int = 0) -> Effect:
    """Return what an article that works would save.

    Args:
        count: readers of late it did not help.
        share: of them write to us.
        reports: others who told us so.
        cases: contacts of late that it caused.
    """
    weight = a_month((count + reports) * share + cases, days=WINDOW.days)
    told = {"unhelpful": count, "reports": reports, "cases": cases, "share": share}
    return Effect(weight, told)
