"""A case in a few sentences of a model's, each checked against the case's own messages.

Asked for by a button, kept until somebody writes again. The model is shown no note of the staff,
and nobody's data. The customer's own sentences stay where they are, below.
"""

from http import HTTPStatus

from litestar import Response, post
from litestar.response import Redirect

from desk import rendering
from desk.assist import redaction
from desk.assist.moods import mood_of
from desk.assist.sidebar_views import SituationPanel
from desk.assist.situations import situation_of
from desk.assist.summing import messages_of, summary_of
from desk.assist.telling import told
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentEngine
from desk.generating import Wanted, generated
from desk.rendering import HTTPRequest
from kb.access import Role
from kb.generation.models import Purpose
from retrieval.generation.numbered import Plain, numbered_texts


@post("/summary", sync_to_thread=True, status_code=HTTPStatus.OK)
def summarise(
    request: HTTPRequest, work: CurrentWork, engine: CurrentEngine
) -> Response[bytes] | Redirect:
    """Have the case told in short, and show it where the situation is."""
    wanted = _wanted(work)
    work.session.rollback()  # nobody waits for the database while a model thinks
    made = generated(engine, work.config, work.retrieval, wanted)
    if not rendering.wants_fragment(request):
        return work.back("situation")
    shown = situation_of(work, told(work), summary=summary_of(work, made))
    return rendering.respond(request, fragment=SituationPanel(shown, mood_of(work)))


def _wanted(work: Work) -> Wanted:
    safe, said = redaction.masked(work), messages_of(work)
    texts = [
        Plain(
            safe(row.body),
            work.case.locale,
            title="customer" if row.author_role is Role.CUSTOMER else "team",
            section=str(row.id),
        )
        for row in said.rows
    ]
    return Wanted(
        purpose=Purpose.CASE_SUMMARY,
        prompt="summary",
        sources=numbered_texts(texts),
        locale=work.case.locale,
        asked_by=work.viewer.person_id or 0,
        case_id=work.case_id,
        basis=said.basis,
    )


HANDLERS = [summarise]
