"""What is new while a page of the desk is open: in a case it is shown, of a list it is counted.

A list never moves by itself: the row under the cursor would be another one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream
from sqlmodel import Session

from desk import files_shown, rendering
from desk.assist import showing
from desk.assist.case_lists import list_news
from desk.assist.filters import Filter, case_filter
from desk.assist.labelling import labels_of
from desk.assist.list_views import ListNewsHint
from desk.assist.looking import onlookers
from desk.assist.views import CaseNews
from desk.assist.work import CurrentWork, Work
from desk.deps import COOKIE, LONGEST_ID, CurrentSession, CurrentViewer
from desk.live import Channel
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb import clock
from kb.access import ANYONE, Viewer
from kb.attachments import queries as attachments
from kb.cases import queries, work_list
from kb.errors import NotFound
from kb.people import queries as people
from kb.text import clean

LONGEST_MARK = 80
_OLDEST = timedelta(days=2)
_BETWEEN_COUNTS = 2.0
"""Seconds: whatever happens in any case wakes every list that is open."""


@get("/news", sync_to_thread=True)
def show_case_news(
    request: HTTPRequest, work: CurrentWork, seen: FromQuery[str] = ""
) -> Response[bytes] | Redirect:
    """Show what is new to a page that is open; to everybody else, the page."""
    if not rendering.wants_fragment(request):
        return work.back()
    return rendering.respond(request, fragment=_case_news(work, seen[:LONGEST_MARK]))


@get("/events", sync_to_thread=True)
def follow_case(
    request: HTTPRequest, work: CurrentWork, seen: FromQuery[str] = ""
) -> Response[bytes] | Stream:
    """Tell the open page when there is news, for as long as its reader may work on the case."""
    token, case_id = request.cookies.get(COOKIE, ""), work.case_id

    def look(session: Session) -> str | None:
        viewer = _viewer(session, token)
        case = queries.case(session, viewer, case_id)
        return showing.mark(session, case, viewer) if case is not None else None

    channel = Channel(look, _visitor(work.viewer), seen[:LONGEST_MARK], case_id)
    return site_of(request).live.respond(channel)


@get("/attachments/{attachment_id:str}", sync_to_thread=True)
def save_file(work: CurrentWork, attachment_id: FromPath[str]) -> Response[bytes]:
    """Hand out a file of this case."""
    file = attachments.for_staff(work.session, work.viewer, work.case_id, attachment_id)
    if file is None:
        raise NotFound
    return files_shown.saved(work.session, file)


@get("/desk/cases/news", sync_to_thread=True)
def show_list_news(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Count what is new to a list that is open."""
    wanted, since = case_filter(request.query_params), _since(request.query_params)
    count = _count(session, staff_viewer, wanted, since)
    hint = list_news(wanted, since=int(since.timestamp() * 1_000), count=count)
    return rendering.respond(request, fragment=ListNewsHint(hint))


@get("/desk/cases/events", sync_to_thread=True)
def follow_list(request: HTTPRequest, staff_viewer: CurrentViewer) -> Response[bytes] | Stream:
    """Tell the open list when there is news, for as long as its reader belongs to the staff."""
    token = request.cookies.get(COOKIE, "")
    wanted, since = case_filter(request.query_params), _since(request.query_params)

    def look(session: Session) -> str | None:
        viewer = _viewer(session, token)
        return str(_count(session, viewer, wanted, since)) if viewer.is_staff else None

    channel = Channel(look, _visitor(staff_viewer), "0", pause=_BETWEEN_COUNTS)
    return site_of(request).live.respond(channel)


def _case_news(work: Work, seen: str) -> CaseNews:
    said, _, rest = seen.partition(".")
    shown = int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_ID else 0
    now = showing.mark(work.session, work.case, work.viewer)
    newest = showing.newest(work.session, work.case_id)
    fresh = [one for one in showing.messages(work) if one.id > shown]
    return CaseNews(
        url=work.url,
        mark=now,
        facts=showing.facts(work),
        labels=labels_of(work),
        onlookers=onlookers(work),
        fresh=fresh,
        # what a colleague has answered is to be read before one's own is sent
        seen=shown if any(one.kind == "agent" for one in fresh) else newest,
        withdrawn=shown if newest < shown else 0,
        is_changed=_facts_of(rest) != _facts_of(now.partition(".")[2]),
    )


def _facts_of(mark: str) -> str:
    return mark.partition("~")[0]


def _count(session: Session, viewer: Viewer, wanted: Filter, since: datetime) -> int:
    return work_list.changed_since(
        session, viewer, wanted.which, narrowed=wanted.narrowed, since=since
    )


def _since(parameters: Mapping[str, str]) -> datetime:
    """Return since when news are counted; a page open for very long starts anew."""
    given, now = parameters.get("since", ""), clock.now()
    oldest = now - _OLDEST
    if not (given.isascii() and given.isdigit() and len(given) < len("99999999999999")):
        return now
    return min(max(datetime.fromtimestamp(int(given) / 1_000, UTC), oldest), now)


def _viewer(session: Session, token: str) -> Viewer:
    """Return who it is at this moment: a sign-in may have ended since the page was opened."""
    person = people.signed_in(session, clean(token)) if token else None
    return person.viewer if person is not None else ANYONE


def _visitor(viewer: Viewer) -> str:
    return f"person {viewer.person_id}"


CASE_HANDLERS = [show_case_news, follow_case, save_file]
LIST_HANDLERS = [show_list_news, follow_list]
