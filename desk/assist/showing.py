"""From the rows of a case to what its page shows."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from desk import files_shown, i18n, markdown, uploads
from desk.assist import meetings, onward
from desk.assist.case_views import DraftNote
from desk.assist.coaching.following import coached
from desk.assist.customer import customer_of
from desk.assist.labelling import labels_of
from desk.assist.looking import onlookers
from desk.assist.moods import mood_of
from desk.assist.sidebar_views import CustomerView
from desk.assist.situations import situation_of
from desk.assist.telling import told
from desk.assist.undoing import held
from desk.assist.views import (
    Assist,
    CasePage,
    Colleague,
    Facts,
    Heading,
    LinkedArticle,
    Said,
    Writing,
)
from desk.assist.work import Work
from kb import clock
from kb.access import Audience, Role, Viewer
from kb.articles import policy as addresses
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.attachments import queries as attachments
from kb.cases import drafts, labels, policy, presence, queries
from kb.cases.models import Case, Message
from kb.config import LOCALES
from kb.db import stored_id
from kb.people import queries as people
from kb.people.models import Person
from kb.text import digest


def case_page(
    work: Work,
    *,
    reply: Writing | None = None,
    note: Writing | None = None,
    assist: Assist | None = None,
    customer: CustomerView | None = None,
) -> CasePage:
    """Return the whole page; what was being written or searched is put back into it."""
    person = work.session.get_one(Person, work.case.customer_id)
    said = told(work)
    return CasePage(
        heading=_heading(work, person),
        messages=messages(work),
        labels=labels_of(work),
        onlookers=onlookers(work),
        held=held(work),
        seen=newest(work.session, work.case_id),
        situation=situation_of(work, said),
        customer=customer or customer_of(work, said),
        facts=facts(work),
        tone=mood_of(work),
        reply=reply or writing(work, is_open=True),
        note=note or writing(work, body=""),
        assist=assist or Assist(work.case_id),
        coached=coached(work),
        meetings=meetings.of_case(work),
        url=work.url,
        mark=mark(work.session, work.case, work.viewer),
    )


def writing(work: Work, **values: Any) -> Writing:  # noqa: ANN401  # the fields of Writing
    """Return a form; its key makes sure that what is sent twice is said once.

    Where no text is given, it is the draft that was kept.
    """
    given: dict[str, Any] = {"case_id": work.case_id, "key": secrets.token_urlsafe(16)}
    given["files"] = uploads.file_field(work.config)
    kept = drafts.of(work.session, work.case_id, work.viewer.person_id or 0)
    given["body"] = kept.text if kept is not None else ""
    given["draft"] = draft_note(work)
    given["seen"] = newest(work.session, work.case_id)
    return Writing(**given | values)


def draft_note(work: Work) -> DraftNote:
    """Return what is said about the draft as it was kept last."""
    person = work.viewer.person_id or 0
    kept = drafts.of(work.session, work.case_id, person)
    return DraftNote(
        case_id=work.case_id,
        version=drafts.version(work.session, work.case_id, person),
        kept=_time(work, kept.kept_at) if kept is not None else "",
    )


def _time(work: Work, moment: datetime) -> str:
    """Return the time of day, with the day if that was another one."""
    here, today = moment.astimezone(i18n.ZONE), clock.now().astimezone(i18n.ZONE).date()
    if here.date() == today:
        return f"{here:%H:%M}"
    return i18n.words(work.locale).moment(moment)


def newest(session: Session, case_id: int) -> int:
    """Return the newest message there is."""
    rows = queries.messages(session, case_id, for_customer=False)
    return max((stored_id(row.id) for row in rows), default=0)


def facts(work: Work) -> Facts:
    """Return where the case stands."""
    staff = people.staff(work.session)
    assignee = work.case.assignee_id or 0
    names = people.names(work.session, {assignee})
    return Facts(
        case_id=work.case_id,
        state=work.case.state,
        outcome=work.case.outcome.name.lower(),
        is_finished=work.case.state not in policy.UNFINISHED,
        me=work.viewer.person_id or 0,
        assignee_id=assignee,
        assignee=names.get(assignee, ""),
        colleagues=[Colleague(stored_id(one.id), one.name) for one in staff],
        articles=_linked(work),
        flagged=onward.flagged_here(work),
        article_url=onward.article_url(work),
    )


def article(work: Work, article_id: int) -> Published | None:
    """Return an article as the staff reads it, in the customer's language if it is there."""
    first = (work.case.locale, *(one for one in LOCALES if one != work.case.locale))
    return articles.published_in(work.session, work.viewer, article_id=article_id, locales=first)


def _heading(work: Work, customer: Person) -> Heading:
    return Heading(
        id=work.case_id,
        subject=work.case.subject,
        customer=customer.name,
        email=customer.email,
        locale=work.case.locale,
        opened=work.case.created_at,
    )


def messages(work: Work) -> list[Said]:
    """Return all that was said, notes of the staff with it."""
    customer = work.session.get_one(Person, work.case.customer_id)
    rows = queries.messages(work.session, work.case_id, for_customer=False)
    names = people.names(work.session, {row.author_id for row in rows if row.author_id})
    written = [row.body for row in rows if row.author_role is not Role.CUSTOMER]
    where = markdown.links(work.session, work.viewer, work.case.locale, written)
    files = attachments.of_messages(work.session, rows)
    shown = [_said(row, names, customer, where) for row in rows]
    return [
        replace(
            one,
            locale=work.case.locale,
            files=files_shown.of(files.get(one.id, ()), work.url, work.locale),
        )
        for one in shown
    ]


def mark(session: Session, case: Case, viewer: Viewer) -> str:
    """Return a mark of all the staff can see change on the page of a case.

    Before the first dot stands the newest message, after the tilde who else is here.
    """
    case_id = stored_id(case.id)
    links = queries.linked_articles(session, case_id)
    helped = sum(link.helped for link in links)
    tags = labels.tags(session, [case_id]).get(case_id, [])
    labelled = digest(case.priority, str(case.topic_id), *tags)[:6]
    here = presence.others(session, [case_id], viewer.person_id).get(case_id, [])
    company = "".join(f"{one.person_id}{'w' if one.is_typing else 'l'}" for one in here)[:24]
    facts = f"{case.state.value}.{case.assignee_id or 0}.{len(links)}.{helped}.{labelled}"
    return f"{newest(session, case_id)}.{facts}~{company}"


def _said(row: Message, names: dict[int, str], customer: Person, where: markdown.Links) -> Said:
    is_customer = row.author_role is Role.CUSTOMER
    return Said(
        id=stored_id(row.id),
        kind="note" if row.is_internal else "customer" if is_customer else "agent",
        author=names.get(row.author_id or 0, customer.name if is_customer else ""),
        moment=row.written_at,
        text=row.body,
        html=Markup() if is_customer else markdown.render_message(row.body, where),
        is_held=policy.is_held(row, at=clock.now()),
    )


def _linked(work: Work) -> list[LinkedArticle]:
    rows: Sequence[Any] = queries.linked_articles(work.session, work.case_id)
    found = [(row, article(work, row.article_id)) for row in rows]
    return [
        LinkedArticle(
            id=row.article_id,
            title=shown.revision.title,
            url=_address(shown),
            is_internal=shown.article.audience is not Audience.PUBLIC,
            helped=row.helped,
        )
        for row, shown in found
        if shown is not None
    ]


def _address(shown: Published | None) -> str:
    if shown is None:
        return ""
    return addresses.address(shown.translation.locale, shown.translation.slug)
