"""Answers in a model's words, as they came about: what was shown, what was left out, and why.

All of the staff may look. Questions were asked by the public, so no staff text is among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Response, get
from litestar.params import FromQuery
from sqlmodel import Session

from desk import rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.generation import queries
from kb.generation.models import GeneratedAnswer, GenerationState
from kb.questions.models import Question

HERE = "/desk/curation/answers"
_LISTED = 50


@dataclass(frozen=True)
class SaidView:
    """A part of what the model said."""

    text: str
    numbers: str
    flaw: str
    """Message key of why it was left out; empty, if it was shown."""


@dataclass(frozen=True)
class SourceView:
    """A passage the model was shown."""

    number: int
    title: str
    section: str
    url: str


@dataclass(frozen=True)
class MadeView:
    """One answer and how it came about."""

    question: str
    locale: str
    state: GenerationState
    made_at: datetime
    parts: Sequence[SaidView]
    sources: Sequence[SourceView]
    model: str
    prompt: str
    tokens: int
    seconds: float


@dataclass(frozen=True)
class StateTab:
    """How many ended in a way; and whether these are listed."""

    state: GenerationState | None
    url: str
    is_current: bool


@dataclass(frozen=True)
class MadeList(PrivateView):
    """The page."""

    template: ClassVar[str] = "curate/answers.html"
    areas: Sequence[Tab]
    states: Sequence[StateTab]
    made: Sequence[MadeView]


@get(HERE, sync_to_thread=True)
def show_answers(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    which: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the newest answers, all of them or those that ended in one way."""
    chosen = next((one for one in GenerationState if one == which), None)
    made = queries.latest(session, limit=_LISTED, state=chosen)
    states = [
        StateTab(one, f"{HERE}?which={one}" if one else HERE, one is chosen)
        for one in (None, *GenerationState)
    ]
    shown = [_view(session, staff_viewer, one) for one in made]
    page = MadeList(areas.tabs(session, "answers"), states, shown)
    return rendering.respond(request, page=page)


def _view(session: Session, viewer: Viewer, made: GeneratedAnswer) -> MadeView:
    question = session.get_one(Question, made.question_id)
    known = articles.by_revisions(session, viewer, {one["revision"] for one in made.sources})
    return MadeView(
        question=question.text,
        locale=question.locale,
        state=made.state,
        made_at=made.made_at,
        parts=[
            SaidView(
                one["text"],
                ", ".join(map(str, one["numbers"])),
                f"wording.flaw.{one['flaw'].replace(' ', '_')}" if one["flaw"] else "",
            )
            for one in made.parts
        ],
        sources=[
            SourceView(
                one["number"],
                known[one["revision"]].revision.title,
                one["section"],
                address(
                    known[one["revision"]].translation.locale,
                    known[one["revision"]].translation.slug,
                    one["anchor"],
                ),
            )
            for one in made.sources
            if one["revision"] in known
        ],
        model=made.model,
        prompt=f"{made.prompt} · {made.prompt_digest}" if made.prompt else "",
        tokens=made.tokens_in + made.tokens_out,
        seconds=made.milliseconds / 1_000,
    )


HANDLERS = (show_answers,)
