"""From the rows of a case to what its customer is shown, and what they can do next."""

from datetime import timedelta
from math import ceil

from desk import uploads
from desk.help.cases import letters
from desk.help.cases.own import OwnCase
from desk.help.cases.views import (
    CasePage,
    Choice,
    Ending,
    Meeting,
    Moved,
    News,
    Span,
    Standing,
    Way,
    Writing,
)
from desk.help.contact.forms import new_key
from desk.help.notifications.views import state_of
from kb import clock
from kb.access import ANYONE
from kb.articles import queries as articles
from kb.cases import endings, policy, queries
from kb.cases.models import CaseState
from kb.config import LOCALES
from kb.ways import queries as ways
from kb.ways.models import MeetingState

_FORMS = {Way.ANSWER: "messages", Way.REOPEN: "reopening", Way.SEQUEL: "sequels", Way.NONE: ""}
_IN_MINUTES, _IN_HOURS = 90, 36 * 60
_STEP = 5
"""Minutes are told in fives: nobody waits to the minute."""


def case_page(
    own: OwnCase, *, written: Writing | None = None, ending: Ending | None = None
) -> CasePage:
    """Return the page; what was being written is put back into it."""
    earlier = endings.earlier_of(own.session, own.case)
    return CasePage(
        case=own.case,
        url=own.url,
        mark=letters.mark(own.session, own.case),
        standing=standing(own),
        letters=letters.letters(own),
        writing=written or writing(own),
        ending=ending or ending_of(own),
        trail=queries.trail(own.session, own.case_id),
        notifications=state_of(own.session, own.case, own.locale),
        earlier=f"/{own.locale}/cases/{earlier.public_id}" if earlier else "",
        meetings=_meetings(own),
    )


def _meetings(own: OwnCase) -> list[Meeting]:
    teller = own.teller
    return [
        Meeting(
            way=one.way.value,
            day=teller.day(one.starts_at),
            time=teller.between(one.starts_at, one.ends_at),
            url=f"/{own.locale}/meetings/{one.public_id}",
        )
        for one in ways.of_case(own.session, own.case_id)
        if one.state is MeetingState.AGREED and one.ends_at > teller.now
    ]


def news(own: OwnCase, seen: str) -> News:
    """Return what is new since the page with this mark."""
    state, _, count = seen[:32].partition(".")
    shown = int(count) if count.isascii() and count.isdigit() else 0
    is_other = state != letters.shown_state(own.session, own.case)
    return News(
        url=own.url,
        mark=letters.mark(own.session, own.case),
        fresh=[one for one in letters.letters(own) if one.number > shown],
        moved=Moved(standing(own), ending_of(own)) if is_other else None,
    )


def way(own: OwnCase) -> Way:
    """Return what the customer can write now."""
    now = clock.now()
    if own.viewer.is_staff:
        return Way.NONE
    if own.case.state in policy.UNFINISHED:
        return Way.ANSWER
    return Way.REOPEN if policy.may_be_reopened(own.case, at=now) else Way.SEQUEL


def writing(
    own: OwnCase, *, upload: uploads.Upload | None = None, key: str = "", error: str = ""
) -> Writing:
    """Return the form; its key makes sure that what is sent twice is said once."""
    possible = way(own)
    return Writing(
        way=possible,
        url=f"{own.url}/{_FORMS[possible]}",
        key=key or new_key(),
        files=upload.field if upload else uploads.file_field(own.config),
        body=upload.fields.text("body") if upload else "",
        error=error,
    )


def standing(own: OwnCase) -> Standing:
    """Return where the case stands."""
    case, now = own.case, clock.now()
    state = letters.shown_state(own.session, case)
    ended = policy.ended_at(case)
    wait = ways.usual_wait(own.session, now=now) if state is CaseState.NEW else None
    reopens = ended is not None and policy.may_be_reopened(case, at=now)
    return Standing(
        state=state.value,
        opened=case.created_at,
        usual_wait=_span(wait) if wait is not None else None,
        ended=ended,
        reopen_until=ended + policy.REOPENED_WITHIN if ended and reopens else None,
    )


def ending_of(own: OwnCase, *, error: str = "", comment: str = "") -> Ending:
    """Return how the case can be ended, or how it was."""
    if own.viewer.is_staff:
        return Ending()
    if own.case.state in policy.UNFINISHED:
        return Ending(can_solve=True, choices=_choices(own))
    given = endings.rating(own.session, own.case)
    return Ending(
        can_rate=given is None,
        stars=given.stars if given else 0,
        comment=comment,
        error=error,
    )


def _choices(own: OwnCase) -> list[Choice]:
    """Return the articles of the case its customer may read."""
    first = (own.locale, *(one for one in LOCALES if one != own.locale))
    found = [
        articles.published_in(own.session, ANYONE, article_id=link.article_id, locales=first)
        for link in queries.linked_articles(own.session, own.case_id)
    ]
    return [
        Choice(shown.translation.article_id, shown.revision.title)
        for shown in found
        if shown is not None
    ]


def _span(wait: timedelta) -> Span:
    """Return a wait in the unit that says it best, rounded up."""
    minutes = max(1, ceil(wait / timedelta(minutes=1)))
    if minutes < _IN_MINUTES:
        return Span("minutes", ceil(minutes / _STEP) * _STEP)
    if minutes < _IN_HOURS:
        return Span("hours", ceil(minutes / 60))
    return Span("days", ceil(minutes / (24 * 60)))
