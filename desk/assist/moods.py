"""How a customer fares, as far as their words tell: agents see it with its reason, and correct.

It is an estimate, so it says so; one press says otherwise, and then that holds.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from litestar import Response, post
from litestar.response import Redirect

from desk import rendering
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields, Fields
from desk.rendering import HTTPRequest, PrivateView
from kb.affect import Mood, Urgency
from kb.cases import tone
from kb.errors import InvalidInput, NotFound


@dataclass(frozen=True)
class MoodState:
    """Mood and urgency of a case, and why."""

    case_id: int
    mood: str
    urgency: str
    reasons: tuple[str, ...]
    is_corrected: bool
    others: tuple[str, ...]
    """Moods it may be instead."""
    other_urgency: str


@dataclass(frozen=True)
class MoodPanel(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "assist/_mood.html"
    tone: MoodState | None


def mood_of(work: Work) -> MoodState | None:
    """Return what to show; None while nobody has listened, or when it is switched off."""
    mood, urgency = work.case.mood, work.case.urgency
    if not work.config.affect or mood is None or urgency is None:
        return None
    return MoodState(
        case_id=work.case_id,
        mood=mood,
        urgency=urgency,
        reasons=tuple(work.case.affect_reasons or ()),
        is_corrected=tone.correction(work.session, work.case) is not None,
        others=tuple(one for one in Mood if one is not mood),
        other_urgency=next(one for one in Urgency if one is not urgency),
    )


@post("/mood", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def correct_mood(
    request: HTTPRequest, work: CurrentWork, fields: CurrentFields
) -> Response[Any] | Redirect:
    """Say how the customer really fares."""
    if not work.config.affect:
        raise NotFound
    mood, urgency = _chosen(work, fields)
    tone.correct(work.session, work.case, mood=mood, urgency=urgency, by=work.viewer.person_id)
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=MoodPanel(mood_of(work)))
    return work.back("mood")


def _chosen(work: Work, fields: Fields) -> tuple[Mood, Urgency]:
    """Return both; what is not said stays as it is.

    Raises:
        InvalidInput: that is neither a mood nor an urgency.
    """
    said = fields.line("is")
    if said in set(Mood):
        return Mood(said), work.case.urgency or Urgency.NORMAL
    if said in set(Urgency):
        return work.case.mood or Mood.CALM, Urgency(said)
    raise InvalidInput(field="is")


HANDLERS = [correct_mood]
