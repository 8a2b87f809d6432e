"""Tags, topic and priority of a case."""

from http import HTTPStatus
from typing import Any

from litestar import Response, post
from litestar.response import Redirect

from desk import rendering
from desk.assist.case_views import Labels, LabelsPanel
from desk.assist.sieves import topics
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from kb.cases import labels
from kb.cases.models import Priority
from kb.errors import InvalidInput

Shown = Response[Any] | Redirect


def labels_of(work: Work, *, error: str = "") -> Labels:
    """Return what is on the case, and what may be."""
    tags = labels.tags(work.session, [work.case_id]).get(work.case_id, [])
    return Labels(
        case_id=work.case_id,
        priority=work.case.priority.value,
        topic=str(work.case.topic_id or ""),
        topics=topics(work.session, work.locale),
        tags=tags,
        used=[one for one in labels.used(work.session) if one not in tags],
        error=error,
    )


@post("/tags", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def add_tags(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Put tags on the case."""
    try:
        labels.tag(work.session, work.case, fields.line("tag"))
    except InvalidInput:
        if not rendering.wants_fragment(request):
            raise
        again = LabelsPanel(labels_of(work, error="work.tag.wrong"))
        return rendering.respond(request, fragment=again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _shown(request, work)


@post("/tags/removal", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def remove_tag(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Take a tag off the case."""
    labels.untag(work.session, work.case, fields.line("tag"))
    return _shown(request, work)


@post("/priority", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def set_priority(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Say how soon it is to be seen to."""
    chosen = next((one for one in Priority if one == fields.line("priority")), None)
    if chosen is None:
        raise InvalidInput(field="priority")
    labels.set_priority(work.session, work.case, chosen)
    return _shown(request, work)


@post("/topic", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def set_topic(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Say what the case is about."""
    chosen = fields.line("topic")
    if chosen and chosen not in topics(work.session, work.locale):
        raise InvalidInput(field="topic")
    labels.set_topic(work.session, work.case, int(chosen) if chosen else None)
    return _shown(request, work)


def _shown(request: HTTPRequest, work: Work) -> Shown:
    work.session.flush()
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=LabelsPanel(labels_of(work)))
    return work.back("labels")


HANDLERS = [add_tags, remove_tag, set_priority, set_topic]
