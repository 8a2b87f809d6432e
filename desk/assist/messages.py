"""Replies to the customer, internal notes, and quotes put into either while they are written."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from litestar import Response, post
from litestar.response import Redirect
from sqlalchemy.exc import IntegrityError

from desk import i18n, notices, rendering, uploads
from desk.assist import fates, suggestions, worded_fates
from desk.assist.forms import LONGEST_KEY
from desk.assist.quoting import Into, Reference, appended, as_typed, passage_for
from desk.assist.showing import case_page, messages, writing
from desk.assist.views import NotePanel, ReplyPanel, Said, Writing
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields, Fields
from desk.rendering import HTTPRequest
from desk.uploads import TAKES_FILES, CurrentUpload, Upload
from kb.cases import actions, drafts, presence, queries, sending
from kb.cases.models import CaseState
from kb.errors import InvalidInput, NotAllowed, NotFound

Shown = Response[Any] | Redirect


@post("/messages", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER, **TAKES_FILES)
def reply(request: HTTPRequest, work: CurrentWork, upload: CurrentUpload) -> Shown:
    """Answer the customer; a closed case has to be opened again first."""
    if work.case.state is CaseState.CLOSED:
        raise NotAllowed
    return _say(request, work, upload, Into.REPLY)


@post("/notes", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER, **TAKES_FILES)
def note(request: HTTPRequest, work: CurrentWork, upload: CurrentUpload) -> Shown:
    """Write down what only the staff may read."""
    return _say(request, work, upload, Into.NOTE)


@post("/quotes", sync_to_thread=True, status_code=HTTPStatus.OK)
def quote(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Response[bytes]:
    """Put a passage below what has been typed so far, if its readers may read it."""
    into = Into.NOTE if fields.line("into") == Into.NOTE else Into.REPLY
    reference = Reference.read(fields.line("passage"))
    passage = reference and passage_for(work.session, reference, into=into, viewer=work.viewer)
    if not passage:
        raise NotFound
    text = as_typed(passage, work.config.public_url)
    fates.put_in(work, passage, text, into=into)
    written = writing(
        work,
        key=fields.line("key", limit=LONGEST_KEY),
        body=appended(fields.text("body"), text),
        quoted=f"{fields.line('quoted', limit=2_000)} {reference}".strip(),
        is_open=True,
        was_inserted=True,
    )
    return _show(request, work, into, written)


def _say(request: HTTPRequest, work: Work, upload: Upload, into: Into) -> Shown:
    fields = upload.fields
    key, body = fields.line("key", limit=LONGEST_KEY), fields.text("body")
    quoted = fields.line("quoted", limit=2_000)
    if refused := uploads.refusal(work.session, upload, work.case_id):
        field = replace(upload.field, refused=refused)
        again = writing(work, key=key, body=body, quoted=quoted, files=field, is_open=True)
        return _show(request, work, into, again, status=upload.status)
    if into is Into.REPLY and (news := _said_meanwhile(work, fields)):
        return _answered(request, work, fields, news)
    try:
        said = actions.say(
            work.session,
            work.case,
            author=work.viewer,
            body=body or (_without_words(work) if upload.files else ""),
            internal=into is Into.NOTE,
            idempotency_key=f"desk-{work.case_id}-{key}" if key else None,
            held_for=timedelta(seconds=work.config.undo_seconds),
        )
        uploads.keep(work.session, said, upload)
    except InvalidInput:
        work.session.rollback()  # nobody waits while the form is made
        error = "assist.error.too_long" if body else "assist.error.empty"
        again = writing(work, key=key, body=body, quoted=quoted, error=error, is_open=True)
        return _show(request, work, into, again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except IntegrityError:  # pressed twice: the other request has said it in this moment
        work.session.rollback()
        return work.back("writing")
    if into is Into.REPLY:
        fates.note_sent(work, said, quoted=quoted)
        worded_fates.note_sent(work, said)
        drafts.discard(work.session, work.case_id, work.viewer.person_id or 0)
        presence.gone(work.session, work.case_id, work.viewer.person_id or 0, only_typing=True)
        notices.answered(work.session, work.config, work.case, said)
    return work.back(f"message-{said.id}")


def _said_meanwhile(work: Work, fields: Fields) -> list[Said]:
    """Return what others have told the customer, or were told, since the form was shown.

    With nothing, it is this reply's turn: a colleague's comes after it, and sees it.
    """
    sending.take_turn(work.session, work.case)
    seen, key = fields.number("seen"), fields.line("key", limit=LONGEST_KEY)
    mine = queries.by_key(work.session, work.case_id, f"desk-{work.case_id}-{key}")
    if seen is None or mine is not None:
        return []
    rows = queries.messages(work.session, work.case_id, for_customer=False)
    me = work.viewer.person_id
    other = {row.id for row in rows if not row.is_internal and row.author_id != me}
    news = [one for one in messages(work) if one.id > seen and one.id in other]
    if news:
        work.session.rollback()  # nobody waits while the form is made
    return news


def _answered(
    request: HTTPRequest, work: Work, fields: Fields, said: list[Said]
) -> Response[bytes]:
    """Show what was said meanwhile, and the text as it was; sent again, it is sent."""
    again = writing(
        work,
        key=fields.line("key", limit=LONGEST_KEY),
        body=fields.text("body"),
        quoted=fields.line("quoted", limit=2_000),
        is_open=True,
        answered=said,
    )
    return _show(request, work, Into.REPLY, again, status=HTTPStatus.CONFLICT)


def _without_words(work: Work) -> str:
    """Return what stands where files came without a word, in the customer's language."""
    return i18n.words(i18n.as_locale(work.case.locale) or work.locale)("files.only")


def _show(
    request: HTTPRequest, work: Work, into: Into, written: Writing, *, status: int = HTTPStatus.OK
) -> Response[bytes]:
    """Show the form again; a whole page brings suggestions, as going for them would lose text."""
    if rendering.wants_fragment(request):
        fragment = NotePanel(written) if into is Into.NOTE else ReplyPanel(written)
        return rendering.respond(request, fragment=fragment, status=status)
    shown = suggestions.assist(work, "")
    if into is Into.NOTE:
        page = case_page(work, note=written, assist=shown)
    else:
        page = case_page(work, reply=written, assist=shown)
    return rendering.respond(request, page=page, status=status)


HANDLERS = [reply, note, quote]
