"""Today: the landing page of curation. Everybody of the staff may look; editors decide."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.today import listing
from desk.curate.today.views import TodayPage, effect, rows, shortened, together
from desk.deps import CurrentFields, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.access import Viewer
from kb.curation import marks, policy
from kb.curation.marks import Dismissal, Rest
from kb.curation.tasks import Task
from kb.errors import InvalidInput, NotFound

HERE = "/desk/curation/today"
ALL, MINE, RESTING = "all", "mine", "resting"
_BIG = 3
_MOST = 90


@get(HERE, sync_to_thread=True)
def show_today(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    which: FromQuery[str] = ALL,
) -> Response[bytes]:
    """Show what is worth doing."""
    return rendering.respond(request, page=_page(request, session, staff_viewer, which))


@post(f"{HERE}/assignments", sync_to_thread=True, status_code=303)
def assign(session: CurrentSession, editor: CurrentViewer, fields: CurrentFields) -> Redirect:
    """Take a task, or leave it to others."""
    to = None if fields.line("leave") else editor.person_id
    marks.assign(session, _task(session, fields), to=to, by=editor)
    return _back(fields)


@post(f"{HERE}/rests", sync_to_thread=True, status_code=303)
def put_off(session: CurrentSession, editor: CurrentViewer, fields: CurrentFields) -> Redirect:
    """Let a task rest for a week or a month."""
    chosen = next((each for each in Rest if each == fields.line("rest")), Rest.WEEK)
    marks.put_off(session, _task(session, fields), chosen, by=editor)
    return _back(fields)


@post(f"{HERE}/dismissals", sync_to_thread=True, status_code=303)
def dismiss(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
) -> Response[Any]:
    """Put a task away, with a reason."""
    task, chosen = _task(session, fields), fields.line("why")
    why = next((each for each in Dismissal if each == chosen), None)
    try:
        marks.dismiss(session, task, why, note=fields.line("note"), by=editor)
    except InvalidInput:
        page = _page(request, session, editor, fields.line("which"), wrong=task.key)
        return rendering.respond(request, page=page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back(fields)


@post(f"{HERE}/returns", sync_to_thread=True, status_code=303)
def take_back(session: CurrentSession, editor: CurrentViewer, fields: CurrentFields) -> Redirect:
    """Put a task back on the list."""
    task = _task(session, fields)
    marks.take_back(session, task.kind, task.subject, by=editor)
    return _back(fields)


def _page(
    request: HTTPRequest, session: Session, viewer: Viewer, which: str, *, wrong: str = ""
) -> TodayPage:
    words, visit = i18n.words(rendering.locale_of(request)), rendering.visit_of(request)
    author_id = viewer.person_id if site_of(request).config.four_eyes else None
    found = listing.find(session, author_id=author_id)
    mine = [one for one in found.due if one.mark and one.mark.assignee_id == viewer.person_id]
    lists = {ALL: found.due, MINE: mine, RESTING: found.resting}
    chosen = which if which in lists else ALL
    shown = rows(session, viewer, lists[chosen][:_MOST], words)
    big = _BIG if chosen == ALL else 0
    others, later = shortened(shown[big:]) if chosen == ALL else (shown, [])
    return TodayPage(
        areas=areas.tabs(session, "today"),
        views=[
            Tab(name, f"{HERE}?which={name}", len(lists[name]), name == chosen) for name in lists
        ],
        which=chosen,
        first=shown[:big],
        others=others,
        later=later,
        total=len(found.due),
        effect=effect(together(found), words),
        silent=found.silent,
        may_decide=policy.may_decide(viewer),
        reasons=list(Dismissal),
        rests=list(Rest),
        name=visit.name.split(" ")[0] if visit else "",
        wrong=wrong,
    )


def _task(session: Session, fields: Fields) -> Task:
    found = listing.task(session, fields.line("task"))
    if found is None:
        raise NotFound
    return found


def _back(fields: Fields) -> Redirect:
    which = fields.line("which")
    asked = f"?which={which}" if which in {MINE, RESTING} else ""
    return Redirect(HERE + asked, status_code=303)


HANDLERS = [show_today, assign, put_off, dismiss, take_back]
