"""A draft worded by a model, at the press of a button: the literal one is there before and after.

The model is shown public passages and what the customer wants, without anybody's data. What it
says takes the place of the literal draft only where it holds; what was typed besides stays.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from litestar import Response, post

from desk import rendering
from desk.assist import fates, redaction, suggestions, worded_fates
from desk.assist.composing import composed
from desk.assist.forms import LONGEST_KEY
from desk.assist.quoting import Into, Reference, appended, passage_for
from desk.assist.showing import case_page, writing
from desk.assist.telling import Told, told
from desk.assist.views import ReplyPanel
from desk.assist.worded import worded
from desk.assist.worded_views import Worder
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentEngine, CurrentFields, Fields
from desk.generating import Wanted, generated
from desk.rendering import HTTPRequest
from kb.access import ANYONE
from kb.cases import drafts
from kb.cases.models import CaseState
from kb.db import stored_id
from kb.errors import EmbedderUnavailable, IndexUnavailable, NotAllowed, NotFound
from kb.generation.models import GeneratedText, GenerationState, Purpose
from kb.text import digest
from retrieval.generation.numbered import numbered
from retrieval.results import Kind, Passage

_BESIDES = 2
"""Passages of other articles that may add something."""
_ADDRESSES = {
    ("de", "sie"): "address the reader formally, as Sie",
    ("de", "du"): "address the reader informally, as du",
}
_ADDRESS = "address the reader as you"


@post("/worded-drafts", sync_to_thread=True, status_code=HTTPStatus.OK)
def word_draft(
    request: HTTPRequest, work: CurrentWork, engine: CurrentEngine, fields: CurrentFields
) -> Response[Any]:
    """Have the draft worded; where that does not hold, it stays as it is and says why."""
    passage, said = _passage(work, fields), told(work)
    wanted = _wanted(work, said, passage)
    work.session.rollback()  # nobody waits for the database while a model thinks
    made = generated(engine, work.config, work.retrieval, wanted)
    middle = worded(work, made, passage)
    before = worded_fates.put_in_before(work, passage)
    is_there = bool(before) and before in fields.text("body")
    text = composed(work, said, passage, middle) if middle or not is_there else ""
    return _shown(request, work, fields, passage, text, _worder(work, passage, made, middle))


@post("/worded-drafts/removal", sync_to_thread=True, status_code=HTTPStatus.OK)
def take_literal(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Response[Any]:
    """Put the literal draft where the worded one stood."""
    passage = _passage(work, fields)
    worded_fates.thrown_away(work)
    text = composed(work, told(work), passage)
    return _shown(
        request, work, fields, passage, text, Worder(work.case_id, str(Reference.to(passage)))
    )


def _passage(work: Work, fields: Fields) -> Passage:
    """Return what the draft is made of: only what anybody may read.

    Raises:
        NotAllowed: nobody answers in a closed case.
        NotFound: there is no such passage, or not for customers.
    """
    if work.case.state is CaseState.CLOSED:
        raise NotAllowed
    reference = Reference.read(fields.line("passage"))
    found = reference and passage_for(work.session, reference, into=Into.REPLY, viewer=work.viewer)
    if not found:
        raise NotFound
    return found


def _wanted(work: Work, said: Told, passage: Passage) -> Wanted:
    safe = redaction.masked(work)
    words = safe(" ".join(said.situation.wanted) or work.case.subject)
    locale = work.case.locale
    return Wanted(
        purpose=Purpose.DRAFT_REPLY,
        prompt="draft",
        values={
            "address": _ADDRESSES.get((locale, work.config.form_of_address), _ADDRESS),
            "wanted": words,
        },
        sources=numbered([passage, *_besides(work, passage, words)]),
        locale=locale,
        asked_by=work.viewer.person_id or 0,
        case_id=work.case_id,
        basis=digest(str(Reference.to(passage)), words)[:16],
        leading=1,
    )


def _besides(work: Work, passage: Passage, words: str) -> Sequence[Passage]:
    """Return what anybody would find for these words, besides the passage; as anybody."""
    if work.retrieval is None:
        return []
    try:
        found = work.retrieval.search(work.session, words, ANYONE, work.case.locale, limit=5)
    except (IndexUnavailable, EmbedderUnavailable):
        return []
    others = [hit.passage for hit in found.hits if hit.passage.kind is Kind.PUBLIC]
    fits = [
        one
        for one in others
        if one.family_id != passage.family_id and one.locale == work.case.locale
    ]
    return fits[:_BESIDES]


def _worder(work: Work, passage: Passage, made: GeneratedText, middle: str) -> Worder:
    trouble = ""
    if not middle:
        is_asked = made.state is not GenerationState.NOT_ASKED
        failed = "silent" if made.state is GenerationState.NOTHING_SAID else "unsupported"
        trouble = f"drafted.trouble.{failed if is_asked else made.trouble.replace(' ', '_')}"
    return Worder(
        case_id=work.case_id,
        passage=str(Reference.to(passage)),
        is_worded=bool(middle),
        dropped=len(made.parts) - len(made.kept) if middle else 0,
        trouble=trouble,
    )


def _shown(  # all of it is of this one form
    request: HTTPRequest, work: Work, fields: Fields, passage: Passage, text: str, worder: Worder
) -> Response[Any]:
    """Show the form with the new text where the old one stood, or below; without one, as it is."""
    body, before = fields.text("body"), worded_fates.put_in_before(work, passage)
    if text:
        is_there = bool(before) and before in body
        body = body.replace(before, text) if is_there else appended(body, text)
        used = fates.put_in(work, passage, text, is_draft=True)
        drafts.keep(
            work.session, work.case_id, work.viewer.person_id or 0, body, [stored_id(used.id)]
        )
    quoted, reference = fields.line("quoted", limit=2_000), worder.passage
    written = writing(
        work,
        key=fields.line("key", limit=LONGEST_KEY) or writing(work).key,
        body=body,
        quoted=quoted if reference in quoted.split() else f"{quoted} {reference}".strip(),
        is_open=True,
        was_inserted=True,
        worder=worder,
    )
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=ReplyPanel(written))
    page = case_page(work, reply=written, assist=suggestions.assist(work, ""))
    return rendering.respond(request, page=page)


HANDLERS = [word_draft, take_literal]
