"""The lists of cases: open, mine, waiting, solved; each can be searched."""

from collections.abc import Sequence
from urllib.parse import urlencode

from litestar import Response, get
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.assist import meetings
from desk.assist.elapsed import elapsed
from desk.assist.forms import Filter, case_filter
from desk.assist.views import CaseListPage, CaseRow, CaseTable, ListNews, Tab
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb import clock
from kb.access import Viewer
from kb.cases import queries
from kb.cases.models import Case
from kb.cases.queries import CaseList
from kb.db import stored_id
from kb.people import queries as people
from kb.people.models import Person

PAGE_SIZE = 25
_MILLISECONDS = 1_000


@get("/desk", sync_to_thread=False)
def show_desk(staff_viewer: CurrentViewer) -> Redirect:
    """Lead to the open cases."""
    del staff_viewer  # asked for because only staff has a desk
    return Redirect("/desk/cases", status_code=303)


@get("/desk/cases", sync_to_thread=True)
def show_cases(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Show a page of a list."""
    wanted = case_filter(request.query_params)
    shows_mood = site_of(request).config.affect
    table = _table(session, staff_viewer, wanted, shows_mood=shows_mood)
    today = meetings.today(request, session, staff_viewer)
    page = CaseListPage(**vars(table), today=today)
    return rendering.respond(request, page=page, fragment=table)


def address(wanted: Filter, *, which: CaseList | None = None, page: int = 1) -> str:
    """Return the address of a list, keeping the words searched for."""
    parts: dict[str, str | int] = {"list": which or wanted.which}
    if wanted.words:
        parts["words"] = wanted.words
    if page > 1:
        parts["page"] = page
    return f"/desk/cases?{urlencode(parts)}"


def list_news(wanted: Filter, *, since: int | None = None, count: int = 0) -> ListNews:
    """Return the hint of a list as it is now; it counts what changed after this moment."""
    parts = {"list": wanted.which.value, "words": wanted.words}
    moment = since or int(clock.now().timestamp() * _MILLISECONDS)
    query = urlencode({name: value for name, value in parts.items() if value} | {"since": moment})
    return ListNews(address(wanted), query, count)


def _table(session: Session, viewer: Viewer, wanted: Filter, *, shows_mood: bool) -> CaseTable:
    found = queries.listed(
        session,
        viewer,
        wanted.which,
        words=wanted.words,
        worst_first=shows_mood,
        limit=PAGE_SIZE + 1,
        offset=(wanted.page - 1) * PAGE_SIZE,
    )
    return CaseTable(
        news=list_news(wanted),
        tabs=_tabs(session, viewer, wanted),
        which=wanted.which,
        words=wanted.words,
        rows=_rows(session, viewer, found[:PAGE_SIZE], shows_mood=shows_mood),
        earlier=address(wanted, page=wanted.page - 1) if wanted.page > 1 else "",
        later=address(wanted, page=wanted.page + 1) if len(found) > PAGE_SIZE else "",
    )


def _tabs(session: Session, viewer: Viewer, wanted: Filter) -> list[Tab]:
    counts = queries.counts(session, viewer)
    return [
        Tab(
            which=which,
            count=counts[which],
            url=address(wanted, which=which),
            is_current=which is wanted.which,
        )
        for which in CaseList
    ]


def _rows(
    session: Session,
    viewer: Viewer,
    found: Sequence[tuple[Case, Person]],
    *,
    shows_mood: bool,
) -> list[CaseRow]:
    names = people.names(session, {case.assignee_id for case, _ in found if case.assignee_id})
    now = clock.now()
    return [
        CaseRow(
            id=stored_id(case.id),
            subject=case.subject,
            customer=customer.name,
            locale=case.locale,
            state=case.state,
            since=case.updated_at,
            elapsed=elapsed(case.updated_at, now),
            assignee=names.get(case.assignee_id or 0, ""),
            is_mine=case.assignee_id == viewer.person_id,
            mood=(case.mood or "") if shows_mood else "",
            urgency=(case.urgency or "") if shows_mood else "",
        )
        for case, customer in found
    ]
