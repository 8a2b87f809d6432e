"""The customer of a case: earlier cases, devices, and what the staff has noted about them.

Earlier cases are shown only where the address was confirmed by whoever reads there.
"""

from desk.assist.elapsed import elapsed
from desk.assist.sidebar_views import CustomerView, EarlierCase, NoteRow
from desk.assist.telling import Told
from desk.assist.work import Work
from kb import clock
from kb.articles import devices
from kb.cases import customers, policy
from kb.cases.models import Case, TrailKind
from kb.db import stored_id
from kb.people import queries as people


def customer_of(work: Work, said: Told, *, typed: str = "", error: str = "") -> CustomerView:
    """Return what is known of whoever wrote."""
    who = customers.identity(work.session, work.case)
    earlier = customers.earlier(work.session, work.viewer, work.case, who)
    finished = [one for one in earlier if one.state not in policy.UNFINISHED]
    notes = customers.notes(work.session, work.viewer, who)
    names = people.names(work.session, {one.by_id for one in notes if one.by_id})
    return CustomerView(
        case_id=work.case_id,
        is_confirmed=who.is_confirmed,
        language=work.case.locale,
        devices=_devices(said),
        earlier=[_earlier(one) for one in earlier],
        themselves=sum(one.outcome in customers.BY_THEMSELVES for one in finished),
        finished=len(finished),
        notes=[
            NoteRow(stored_id(one.id), one.body, names.get(one.by_id or 0, ""), one.written_at)
            for one in notes
        ],
        typed=typed,
        error=error,
    )


def _devices(said: Told) -> list[str]:
    """Return the devices they came with or named."""
    came_with = [one.text for one in said.trail if one.kind is TrailKind.DEVICE]
    named = map(devices.label, devices.named_in(said.text, devices.LABELS))
    return list(dict.fromkeys([*came_with, *named]))


def _earlier(case: Case) -> EarlierCase:
    return EarlierCase(
        id=stored_id(case.id),
        subject=case.subject,
        locale=case.locale,
        state=case.state,
        outcome=case.outcome.name.lower(),
        since=case.updated_at,
        elapsed=elapsed(case.updated_at, clock.now()),
    )
