"""Wishes: noted at once, good once confirmed, taken back by one click. Looking changes nothing."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.deps import CurrentConfig, CurrentFields, CurrentLocale, CurrentSession, CurrentViewer
from desk.help.trail import footprints, question_of
from desk.help.wishes import writing
from desk.help.wishes.views import Stage, WishForm, WishPage
from desk.rendering import HTTPRequest
from kb.errors import LinkSpent, NotFound
from kb.links import actions as links
from kb.links.models import Purpose
from kb.mail import actions as mail
from kb.mail import policy as mail_policy
from kb.questions import actions
from kb.questions.models import Question, Wish


@post("/wishes", sync_to_thread=True, status_code=303)
def ask(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    config: CurrentConfig,
    fields: CurrentFields,
) -> Response[Any]:
    """Note that somebody wants to be told; whatever happened before, they are told the same."""
    question = question_of(session, footprints(fields.line("question")))
    if question is None or question.audience not in viewer.audiences:
        raise NotFound
    email = fields.line("email")
    if not mail_policy.is_address(mail_policy.address_key(email)):
        form = WishForm(question.public_id, email, "contact.error.email")
        return rendering.respond(request, page=form, status=422)
    writing.ask(session, config, question, email=email, locale=locale)
    return Redirect(f"/{locale}/wishes/asked", status_code=303)


@get("/wishes/{stage:str}", sync_to_thread=True)
def show_stage(request: HTTPRequest, stage: FromPath[str]) -> Response[bytes]:
    """Say what was done."""
    done = next((one for one in Stage if one == stage), None)
    if done not in {Stage.ASKED, Stage.CONFIRMED, Stage.STOPPED}:
        raise NotFound
    return rendering.respond(request, page=WishPage(done))


@get("/wishes/confirmation/{token:str}", sync_to_thread=True)
def show_confirmation(
    request: HTTPRequest, session: CurrentSession, token: FromPath[str]
) -> Response[bytes]:
    """Ask whether the address is theirs."""
    page = _page(request, session, Stage.CONFIRM, Purpose.CONFIRM_WISH, token)
    return rendering.respond(request, page=page)


@post("/wishes/confirmation/{token:str}", sync_to_thread=True, status_code=303)
def confirm(session: CurrentSession, locale: CurrentLocale, token: FromPath[str]) -> Redirect:
    """From now on they will be told."""
    link = links.redeem(session, Purpose.CONFIRM_WISH, token)
    actions.confirm(session, _wish(session, link.subject_id))
    mail.confirm(session, link.email)
    return Redirect(f"/{locale}/wishes/{Stage.CONFIRMED}", status_code=303)


@get("/wishes/stop/{token:str}", sync_to_thread=True)
def show_stop(
    request: HTTPRequest, session: CurrentSession, token: FromPath[str]
) -> Response[bytes]:
    """Ask once more: programs that read mail follow every link."""
    page = _page(request, session, Stage.STOP, Purpose.STOP_WISH, token)
    return rendering.respond(request, page=page)


@post("/wishes/stop/{token:str}", sync_to_thread=True, status_code=303)
def stop(session: CurrentSession, locale: CurrentLocale, token: FromPath[str]) -> Redirect:
    """Take the wish back, whether it was confirmed or not."""
    link = links.redeem(session, Purpose.STOP_WISH, token)
    wish = session.get(Wish, link.subject_id)
    if wish is not None:
        actions.stop(session, wish)
    mail.withdraw(session, f"wish-{link.subject_id}-told")
    return Redirect(f"/{locale}/wishes/{Stage.STOPPED}", status_code=303)


def _page(
    request: HTTPRequest, session: Session, stage: Stage, purpose: Purpose, token: str
) -> WishPage:
    link = links.look(session, purpose, token)
    if link is None:
        raise LinkSpent
    question = session.get_one(Question, _wish(session, link.subject_id).question_id)
    return WishPage(stage, question.said or question.text, request.scope["path"])


def _wish(session: Session, number: int) -> Wish:
    """Return a wish that was not forgotten or taken back meanwhile."""
    wish = session.get(Wish, number)
    if wish is None or wish.stopped_at is not None:
        raise LinkSpent
    return wish


router = Router(
    "/",
    route_handlers=[ask, show_stage, show_confirmation, confirm, show_stop, stop],
)
