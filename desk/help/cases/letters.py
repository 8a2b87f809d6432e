"""From the messages of a case to the letters its customer reads, day by day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from desk import files_shown, i18n, markdown
from desk.help.cases.own import OwnCase
from desk.help.cases.views import Letter
from kb import clock
from kb.access import ANYONE, Role
from kb.attachments import queries as attachments
from kb.cases import queries, sending
from kb.cases.models import Case, CaseState, Message
from kb.db import stored_id
from kb.people import queries as people


def letters(own: OwnCase) -> list[Letter]:
    """Return all that was said between the customer and us, in order."""
    found = _said(own.session, own.case)
    names = people.names(own.session, {each.author_id for each in found if each.author_id})
    where = markdown.links(own.session, ANYONE, own.case.locale, [each.body for each in found])
    files = attachments.of_messages(own.session, found)
    shown, day = [], ""
    for number, each in enumerate(found, start=1):
        is_mine = each.author_role is Role.CUSTOMER
        today = _day(own, each.written_at)
        shown.append(
            Letter(
                number=number,
                is_mine=is_mine,
                author=names.get(each.author_id or 0, ""),
                written_at=each.written_at,
                time=f"{each.written_at.astimezone(i18n.ZONE):%H:%M}",
                day="" if today == day else today,
                text=each.body,
                html=None if is_mine else markdown.render_message(each.body, where),
                files=files_shown.of(files.get(stored_id(each.id), ()), own.url, own.locale),
                locale=own.case.locale,
            )
        )
        day = today
    return shown


def mark(session: Session, case: Case) -> str:
    """Return a mark of all a customer can see change; notes of the staff change nothing in it."""
    return f"{shown_state(session, case).value}.{len(_said(session, case))}"


def shown_state(session: Session, case: Case) -> CaseState:
    """Return where the case stands for its customer: a reply held back has changed nothing yet."""
    return sending.states_shown(session, [case])[stored_id(case.id)]


def _said(session: Session, case: Case) -> Sequence[Message]:
    return queries.messages(session, stored_id(case.id), for_customer=True)


def _day(own: OwnCase, moment: datetime) -> str:
    words, now = i18n.words(own.locale), clock.now()
    dates = {now.astimezone(i18n.ZONE).date(): "case.today"}
    dates[(now - timedelta(days=1)).astimezone(i18n.ZONE).date()] = "case.yesterday"
    key = dates.get(moment.astimezone(i18n.ZONE).date())
    return words(key) if key else words.date(moment)
