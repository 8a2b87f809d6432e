"""Undo: a reply that is held back goes out by itself, or comes back into the form."""

from http import HTTPStatus
from math import ceil

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import notices
from desk.assist import fates, worded_fates
from desk.assist.case_views import Held
from desk.assist.work import LARGEST_ID, CurrentWork, Work
from kb import clock
from kb.attachments import actions as attachments
from kb.cases import drafts, sending
from kb.cases.models import Message
from kb.errors import AlreadySent


def held(work: Work) -> Held | None:
    """Return the viewer's own reply that is still on its way."""
    message = sending.held(work.session, work.case, work.viewer.person_id)
    if message is None or message.visible_from is None:
        return None
    return Held(
        url=f"{work.url}/messages/{message.id}/withdrawal",
        until=message.visible_from,
        seconds=max(1, ceil((message.visible_from - clock.now()).total_seconds())),
    )


@post(
    "/messages/{message_id:int}/withdrawal",
    sync_to_thread=True,
    status_code=HTTPStatus.SEE_OTHER,
)
def withdraw(work: CurrentWork, message_id: FromPath[int]) -> Redirect:
    """Take back one's own reply; its text is the draft again, before what was typed since."""
    message = work.session.get(Message, message_id) if message_id <= LARGEST_ID else None
    person = work.viewer.person_id or 0
    if message is None or (message.case_id, message.author_id) != (work.case_id, person):
        raise AlreadySent
    kept, text = drafts.of(work.session, work.case_id, person), message.body
    fates.note_taken_back(work, message)
    worded_fates.note_taken_back(work, message)
    attachments.detach(work.session, message)
    notices.taken_back(work.session, work.case, message)
    sending.withdraw(work.session, work.case, message)
    text = f"{text}\n\n{kept.text}" if kept is not None else text
    drafts.keep(work.session, work.case_id, person, text)
    return work.back("writing")


HANDLERS = [withdraw]
