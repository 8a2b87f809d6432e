"""How answers do in service: every question shown to a customer is an observation.

Shares come with their counts and the range they may lie in. Nobody is followed: what is counted is
the question, and what was said below its answer.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlmodel import Session, col

from kb import clock
from kb.access import Audience
from kb.curation.health import Share
from kb.generation.models import GeneratedAnswer, GenerationState
from kb.questions.models import Feedback, FeedbackReason, NoAnswerReason, Question, QuestionOutcome

WEEKS = 8
LATELY = timedelta(weeks=1)
BEFORE = timedelta(weeks=4)
"""What the last week is held against."""
FEWEST = 50
"""Questions in each of the two, or nothing is said."""
_CERTAIN = 3.0
"""Standard errors: by chance one of the four signs moves so far about once in ninety weeks."""
_MOST = 50_000
_SHOWN = GenerationState.SHOWN
_COLUMNS = (
    col(Question.asked_at),
    col(Question.locale),
    col(Question.reason),
    col(Question.outcome),
    col(Question.confidence),
    col(GeneratedAnswer.state),
    col(GeneratedAnswer.prompt),
)


class Sign(StrEnum):
    """What may have moved from the weeks before to the last one."""

    ANSWERED = "answered"
    SOLVED = "solved"
    CONFIDENCE = "confidence"
    LANGUAGE = "language"


class Kind(StrEnum):
    """How an answer was told."""

    QUOTED = "quoted"
    WORDED = "worded"


class Seen(NamedTuple):
    """One question as far as it counts."""

    asked_at: datetime
    locale: str
    is_answered: bool
    outcome: QuestionOutcome | None
    confidence: float
    is_worded: bool
    prompt: str


@dataclass(frozen=True)
class Counted:
    """What became of some questions."""

    asked: int
    answered: Share
    solved: Share
    """Of those answered whose askers said how it ended."""
    handed_over: int


@dataclass(frozen=True)
class Drift:
    """A share that differs from the weeks before by more than chance."""

    sign: Sign
    before: Share
    lately: Share


def seen(session: Session, *, weeks: int = WEEKS) -> list[Seen]:
    """Return what customers asked in the last weeks, the newest first."""
    rows = session.execute(
        select(*_COLUMNS)
        .join(GeneratedAnswer, col(GeneratedAnswer.question_id) == col(Question.id), isouter=True)
        .where(
            col(Question.asked_at) >= clock.now() - timedelta(weeks=weeks),
            col(Question.audience) == Audience.PUBLIC,
            or_(col(Question.reason).is_(None), col(Question.reason) != NoAnswerReason.EMPTY),
        )
        .order_by(col(Question.id).desc())
        .limit(_MOST)
    ).all()
    return [
        Seen(asked_at, locale, why is None, outcome, sure, state is _SHOWN, prompt or "")
        for asked_at, locale, why, outcome, sure, state, prompt in rows
    ]


def counted(found: Iterable[Seen]) -> Counted:
    """Count what became of these."""
    rows = list(found)
    answered = [one for one in rows if one.is_answered]
    told = [one for one in answered if one.outcome is not None]
    solved = sum(one.outcome is QuestionOutcome.SOLVED_ALONE for one in told)
    return Counted(
        asked=len(rows),
        answered=Share(len(answered), len(rows)),
        solved=Share(solved, len(told)),
        handed_over=sum(one.outcome is QuestionOutcome.HANDED_OVER for one in rows),
    )


def by_week(found: Sequence[Seen], *, weeks: int = WEEKS) -> list[tuple[datetime, Counted]]:
    """Return what became of the questions of each week that ended until now, the oldest first."""
    now = clock.now()
    told = []
    for back in reversed(range(weeks)):
        end = now - timedelta(weeks=back)
        start = end - timedelta(weeks=1)
        told.append((end, counted(one for one in found if start < one.asked_at <= end)))
    return told


def by_language(found: Sequence[Seen]) -> list[tuple[str, Counted]]:
    """Return what became of the questions in each language."""
    locales = sorted({one.locale for one in found})
    return [(each, counted(one for one in found if one.locale == each)) for each in locales]


def by_kind(found: Sequence[Seen]) -> list[tuple[Kind, str, Counted]]:
    """Return what became of answers that were quoted, and of those worded by each prompt."""
    answered = [one for one in found if one.is_answered]
    quoted = [one for one in answered if not one.is_worded]
    prompts = sorted({one.prompt for one in answered if one.is_worded})
    told = [(Kind.QUOTED, "", counted(quoted))] if quoted else []
    return told + [
        (Kind.WORDED, prompt, counted(o for o in answered if o.is_worded and o.prompt == prompt))
        for prompt in prompts
    ]


def reasons(session: Session) -> list[tuple[FeedbackReason | None, int]]:
    """Return why answers did not help in the last weeks, the most frequent first."""
    rows = session.scalars(
        select(col(Feedback.reason)).where(
            col(Feedback.helpful).is_(False),
            col(Feedback.question_id).is_not(None),
            col(Feedback.given_at) >= clock.now() - timedelta(weeks=WEEKS),
        )
    ).all()
    return Counter(rows).most_common()


def drifts(found: Sequence[Seen]) -> list[Drift]:
    """Return what moved in the last week, against the four before, by more than chance."""
    now = clock.now()
    lately = [one for one in found if one.asked_at > now - LATELY]
    before = [one for one in found if now - LATELY - BEFORE < one.asked_at <= now - LATELY]
    if min(len(lately), len(before)) < FEWEST:
        return []
    middle = median(one.confidence for one in before)
    first = Counter(one.locale for one in before).most_common(1)[0][0]
    signs: dict[Sign, Callable[[Seen], bool | None]] = {
        Sign.ANSWERED: lambda one: one.is_answered,
        Sign.SOLVED: _is_solved,
        Sign.CONFIDENCE: lambda one: one.confidence > middle,
        Sign.LANGUAGE: lambda one: one.locale == first,
    }
    told = [
        Drift(sign, _share(before, is_so), _share(lately, is_so)) for sign, is_so in signs.items()
    ]
    return [one for one in told if _is_certain(one.before, one.lately)]


def _is_solved(one: Seen) -> bool | None:
    if not one.is_answered or one.outcome is None:
        return None
    return one.outcome is QuestionOutcome.SOLVED_ALONE


def _share(found: Iterable[Seen], is_so: Callable[[Seen], bool | None]) -> Share:
    told = [said for one in found if (said := is_so(one)) is not None]
    return Share(sum(told), len(told))


def _is_certain(before: Share, lately: Share) -> bool:
    """Compare two shares; few observations move nothing."""
    if min(before.all, lately.all) < FEWEST:
        return False
    pooled = (before.yes + lately.yes) / (before.all + lately.all)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / before.all + 1 / lately.all))
    return spread > 0 and abs(before.share - lately.share) / spread >= _CERTAIN
