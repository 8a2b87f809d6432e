"""What agents say of articles while they help: a card for each article, answered with words.

All of the staff may look; editors answer. Whoever flagged an article reads the answer at the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate import areas, inbox
from desk.curate.areas import Tab
from desk.curate.articles.tabs import ARTICLES
from desk.curate.gaps.safe import safe
from desk.deps import CurrentFields, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from kb import clock
from kb.access import Viewer
from kb.cases import flags
from kb.cases.marks import ArticleFlag, Fault
from kb.curation import flagged, policy
from kb.curation.flagged import Flagged
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound
from kb.people import queries as people

HERE = inbox.FLAGS


@dataclass(frozen=True)
class FlagView:
    """What one agent said, without anybody's data."""

    fault: Fault
    note: str
    name: str
    moment: datetime
    case_url: str
    answer: str
    """Empty while nobody has answered."""


@dataclass(frozen=True)
class FlagCard:
    """An article in one language, with what was said of it."""

    id: int
    title: str
    locale: str
    edit_url: str
    waiting: Sequence[FlagView]
    answered: Sequence[FlagView]
    seen: datetime
    """What is said after this is not answered by this card."""
    typed: str = ""
    error: str = ""


@dataclass(frozen=True)
class FlagBox(PrivateView):
    """The fragment: one card."""

    template: ClassVar[str] = "curate/_flagged.html"
    card: FlagCard
    may_decide: bool


@dataclass(frozen=True)
class FlagPage(FlagBox):
    """One card as a page."""

    template: ClassVar[str] = "curate/flagged.html"
    areas: Sequence[Tab]


@dataclass(frozen=True)
class FlagList(PrivateView):
    """What waits, and below it what was answered last."""

    template: ClassVar[str] = "curate/flags.html"
    areas: Sequence[Tab]
    states: Sequence[Tab]
    cards: Sequence[FlagCard]
    answered: Sequence[FlagCard]
    may_decide: bool


@get(HERE, sync_to_thread=True)
def show_flags(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Show every article that agents have flagged."""
    page = FlagList(
        areas=areas.tabs(session, "corrections"),
        states=inbox.tabs(session, "flags"),
        cards=[_card(session, one) for one in flagged.flagged(session)],
        answered=[_card(session, one) for one in flagged.answered(session)],
        may_decide=policy.may_decide(staff_viewer),
    )
    return rendering.respond(request, page=page)


@get(f"{HERE}/{{number:int}}", sync_to_thread=True)
def show_flagged(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    number: FromPath[int],
) -> Response[bytes]:
    """Show what was said of one article."""
    page = _page(session, staff_viewer, _card(session, _found(session, number)))
    return rendering.respond(request, page=page, fragment=FlagBox(page.card, page.may_decide))


@post(f"{HERE}/{{number:int}}/answer", sync_to_thread=True, status_code=303)
def answer(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Answer all of it that was on the card."""
    found, words = _found(session, number), fields.text("answer")
    try:
        revisions = {one.revision_id for one in found.flags}
        flags.settle(session, revisions, words, seen=_seen(fields.line("seen")), by=editor)
    except InvalidInput as problem:
        page = _page(session, editor, _card(session, found, words, "flags.error.answer"))
        box = FlagBox(page.card, page.may_decide)
        return rendering.respond(request, page=page, fragment=box, status=problem.status)
    return Redirect(f"{HERE}/{number}", status_code=303)


def _found(session: Session, number: int) -> Flagged:
    found = flagged.of_translation(session, number)
    if found is None:
        raise NotFound
    return found


def _seen(sent: str) -> datetime:
    """Return the moment of what was said last on the card."""
    try:
        return datetime.fromisoformat(sent)
    except ValueError:
        raise InvalidInput(field="seen") from None


def _page(session: Session, viewer: Viewer, card: FlagCard) -> FlagPage:
    return FlagPage(
        card=card,
        may_decide=policy.may_decide(viewer),
        areas=areas.tabs(session, "corrections"),
    )


def _card(session: Session, one: Flagged, typed: str = "", error: str = "") -> FlagCard:
    names = people.names(session, {flag.by_id for flag in one.flags if flag.by_id})
    waiting = [flag for flag in one.flags if flag.settled_at is None]
    translation = one.about.translation
    return FlagCard(
        id=stored_id(translation.id),
        title=one.about.revision.title,
        locale=translation.locale,
        edit_url=f"{ARTICLES}/{one.about.article.public_id}/{translation.locale}",
        waiting=[_view(flag, names) for flag in waiting],
        answered=[_view(flag, names) for flag in reversed(one.flags) if flag.settled_at],
        seen=max((flag.made_at for flag in waiting), default=clock.now()),
        typed=typed,
        error=error,
    )


def _view(flag: ArticleFlag, names: dict[int, str]) -> FlagView:
    return FlagView(
        fault=flag.fault,
        note=safe(flag.note),
        name=names.get(flag.by_id or 0, ""),
        moment=flag.settled_at or flag.made_at,
        case_url=f"/desk/cases/{flag.case_id}",
        answer=flag.answer,
    )


HANDLERS = [show_flags, show_flagged, answer]
