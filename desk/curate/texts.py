"""Texts a model worded for the staff, as they came about: what held, what did not, what became.

Beside the answers to questions. Editors and agents see the same: all of it was made for one of
them, of cases and articles they may all open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from litestar import Response, get
from litestar.params import FromQuery
from sqlmodel import Session

from desk import rendering
from desk.curate import areas
from desk.curate.answers import HERE as ANSWERS
from desk.curate.answers import SaidView, SourceView
from desk.curate.areas import Tab
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.generation import queries
from kb.generation.models import GeneratedText, GenerationState, Purpose
from kb.people import queries as people

HERE = f"{ANSWERS}/texts"
_LISTED = 50


@dataclass(frozen=True)
class TextView:
    """One text and how it came about."""

    purpose: Purpose
    locale: str
    state: GenerationState
    fate: str
    """Message key of what became of it; empty: nothing yet."""
    edits: int
    made_at: datetime
    asked_by: str
    case_id: int
    """Nought: of no case."""
    messages: int
    """Of the case, that the model read."""
    parts: Sequence[SaidView]
    sources: Sequence[SourceView]
    model: str
    prompt: str
    tokens: int
    seconds: float


@dataclass(frozen=True)
class PurposeTab:
    """A purpose, and whether its texts are listed."""

    purpose: Purpose | None
    url: str
    is_current: bool


@dataclass(frozen=True)
class TextList(PrivateView):
    """The page."""

    template: ClassVar[str] = "curate/texts.html"
    areas: Sequence[Tab]
    answers_url: str
    purposes: Sequence[PurposeTab]
    made: Sequence[TextView]


@get(HERE, sync_to_thread=True)
def show_texts(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    purpose: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the newest texts, all of them or those for one purpose."""
    chosen = next((one for one in Purpose if one == purpose), None)
    made = queries.latest_texts(session, limit=_LISTED, purpose=chosen)
    names = people.names(session, {one.asked_by for one in made if one.asked_by})
    tabs = [
        PurposeTab(one, f"{HERE}?purpose={one}" if one else HERE, one is chosen)
        for one in (None, *Purpose)
    ]
    shown = [_view(session, staff_viewer, one, names) for one in made]
    page = TextList(areas.tabs(session, "answers"), ANSWERS, tabs, shown)
    return rendering.respond(request, page=page)


def _view(
    session: Session, viewer: Viewer, made: GeneratedText, names: dict[int, str]
) -> TextView:
    return TextView(
        purpose=made.purpose,
        locale=made.locale,
        state=made.state,
        fate=f"drafted.fate.{made.fate.replace(' ', '_')}" if made.fate else "",
        edits=made.edits or 0,
        made_at=made.made_at,
        asked_by=names.get(made.asked_by or 0, ""),
        case_id=made.case_id or 0,
        messages=sum("revision" not in one for one in made.sources) if made.case_id else 0,
        parts=[_said(one) for one in made.parts],
        sources=_sources(session, viewer, made.sources),
        model=made.model,
        prompt=f"{made.prompt} · {made.prompt_digest}" if made.prompt else "",
        tokens=made.tokens_in + made.tokens_out,
        seconds=made.milliseconds / 1_000,
    )


def _said(part: dict[str, Any]) -> SaidView:
    flaw = f"wording.flaw.{part['flaw'].replace(' ', '_')}" if part["flaw"] else ""
    return SaidView(part["text"], ", ".join(map(str, part["numbers"])), flaw)


def _sources(session: Session, viewer: Viewer, rows: Iterable[dict[str, Any]]) -> list[SourceView]:
    """Return the passages the model was shown that this viewer may read now."""
    passages = [one for one in rows if "revision" in one]
    known = articles.by_revisions(session, viewer, {one["revision"] for one in passages})
    return [
        SourceView(one["number"], shown.revision.title, one["section"], place)
        for one in passages
        if (shown := known.get(one["revision"])) is not None
        and (place := address(shown.translation.locale, shown.translation.slug, one["anchor"]))
    ]


HANDLERS = (show_texts,)
