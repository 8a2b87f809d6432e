"""The work list: which case next. Filters stay in the address; words and meaning are searched."""

from collections.abc import Sequence
from dataclasses import replace

import structlog
from litestar import Response, get
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.assist import meetings
from desk.assist.elapsed import elapsed
from desk.assist.filters import Filter, case_filter, with_near
from desk.assist.list_views import CaseListPage, CaseRow, CaseTable, ListNews, Tab
from desk.assist.sieves import chips, sieves
from desk.deps import CurrentRetrieval, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb import clock
from kb.access import Viewer
from kb.cases import labels, presence, queries, work_list
from kb.cases.models import Case
from kb.cases.work_list import CaseList
from kb.db import stored_id
from kb.people import queries as people
from kb.people.models import Person
from kb.text import one_line
from retrieval.assembly import Retrieval

log = structlog.get_logger()

PAGE_SIZE = 25
_FIRST_WORDS = 160
_MILLISECONDS = 1_000


@get("/desk", sync_to_thread=False)
def show_desk(staff_viewer: CurrentViewer) -> Redirect:
    """Lead to the open cases."""
    del staff_viewer  # asked for because only staff has a desk
    return Redirect("/desk/cases", status_code=303)


@get("/desk/cases", sync_to_thread=True)
def show_cases(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    retrieval: CurrentRetrieval,
) -> Response[bytes]:
    """Show a page of a list."""
    wanted = case_filter(request.query_params)
    wanted = with_near(wanted, near(session, retrieval, wanted, staff_viewer))
    with_mood = site_of(request).config.affect
    found = sieves(session, wanted, rendering.locale_of(request), with_mood=with_mood)
    table = _table(session, staff_viewer, wanted, with_mood=with_mood)
    table = replace(table, chips=chips(found, wanted))
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=table)
    today = meetings.today(request, session, staff_viewer)
    return rendering.respond(request, page=CaseListPage(**vars(table), sieves=found, today=today))


def near(
    session: Session, retrieval: Retrieval | None, wanted: Filter, viewer: Viewer
) -> list[int]:
    """Return cases that are about what was searched for; none while that cannot be said."""
    find = getattr(retrieval, "cases", None)
    if find is None or not wanted.narrowed.words:
        return []
    try:
        found: list[int] = find(session, wanted.narrowed.words, viewer)
    except Exception as error:  # noqa: BLE001  # whatever it is: words find cases, too
        log.warning("cases_by_words_only", kind=type(error).__name__)
        return []
    return found


def list_news(wanted: Filter, *, since: int | None = None, count: int = 0) -> ListNews:
    """Return the hint of a list as it is now; it counts what changed after this moment."""
    moment = since or int(clock.now().timestamp() * _MILLISECONDS)
    query = wanted.address(since=moment).partition("?")[2]
    return ListNews(wanted.address(), query, count)


def _table(session: Session, viewer: Viewer, wanted: Filter, *, with_mood: bool) -> CaseTable:
    found = work_list.listed(
        session,
        viewer,
        wanted.which,
        narrowed=wanted.narrowed,
        by_mood=with_mood,
        limit=PAGE_SIZE + 1,
        offset=(wanted.page - 1) * PAGE_SIZE,
    )
    on = wanted.address(page=wanted.page + 1)
    back = wanted.address(page=wanted.page - 1)
    return CaseTable(
        news=list_news(wanted),
        tabs=_tabs(session, viewer, wanted),
        which=wanted.which.value,
        words=wanted.narrowed.words,
        chips=(),
        unfiltered=f"/desk/cases?list={wanted.which}",
        rows=_rows(session, viewer, found[:PAGE_SIZE], with_mood=with_mood, wanted=wanted),
        earlier=back if wanted.page > 1 else "",
        later=on if len(found) > PAGE_SIZE else "",
    )


def _tabs(session: Session, viewer: Viewer, wanted: Filter) -> list[Tab]:
    counts = work_list.counts(session, viewer)
    return [
        Tab(
            which=which,
            count=counts[which],
            url=wanted.address(list=which),
            is_current=which is wanted.which,
        )
        for which in CaseList
    ]


def _rows(
    session: Session,
    viewer: Viewer,
    found: Sequence[tuple[Case, Person]],
    *,
    with_mood: bool,
    wanted: Filter,
) -> list[CaseRow]:
    ids = [stored_id(case.id) for case, _ in found]
    names = people.names(session, {case.assignee_id for case, _ in found if case.assignee_id})
    tags = labels.tags(session, ids)
    looking = presence.others(session, ids, viewer.person_id)
    said = queries.last_words(session, ids, limit=_FIRST_WORDS)
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
            words=one_line(said.get(stored_id(case.id), ""), limit=_FIRST_WORDS),
            priority=case.priority.value,
            tags=tags.get(stored_id(case.id), ()),
            onlookers=[one.name for one in looking.get(stored_id(case.id), ())],
            is_near=case.id in wanted.narrowed.near,
            mood=(case.mood or "") if with_mood else "",
            urgency=(case.urgency or "") if with_mood else "",
        )
        for case, customer in found
    ]
