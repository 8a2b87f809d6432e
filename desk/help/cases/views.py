"""What a customer sees of their case: never an internal note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from sqlmodel import Session

from desk import markdown
from desk.rendering import PrivateView
from kb.access import ANYONE, Role, Viewer
from kb.cases import queries
from kb.cases.models import Case, CaseState, Message, Trail
from kb.db import stored_id
from kb.people import queries as people


@dataclass(frozen=True)
class MessageView:
    """One message. The customer's own words stay as typed; ours may hold links and steps."""

    is_mine: bool
    author: str
    written_at: datetime
    text: str
    html: Markup | None


@dataclass(frozen=True)
class CasePage(PrivateView):
    """The case with its messages and a box to answer."""

    template: ClassVar[str] = "help/case.html"
    case: Case
    state: str
    messages: Sequence[MessageView]
    trail: Sequence[Trail]
    can_answer: bool
    body: str
    key: str
    error: str


def case_page(
    session: Session, viewer: Viewer, case: Case, *, key: str, body: str = "", error: str = ""
) -> CasePage:
    """Return the page of a case."""
    case_id = stored_id(case.id)
    return CasePage(
        case=case,
        state=f"case.state.{case.state.value}",
        messages=_messages(session, queries.messages(session, case_id, for_customer=True), case),
        trail=queries.trail(session, case_id),
        can_answer=can_answer(case, viewer),
        body=body,
        key=key,
        error=error,
    )


def can_answer(case: Case, viewer: Viewer) -> bool:
    """Staff answers on the desk, under its own name; a closed case is over."""
    return case.state is not CaseState.CLOSED and not viewer.is_staff


def _messages(session: Session, found: Sequence[Message], case: Case) -> list[MessageView]:
    names = people.names(session, {each.author_id for each in found if each.author_id})
    where = markdown.links(session, ANYONE, case.locale, [each.body for each in found])
    shown = []
    for each in found:
        is_mine = each.author_role is Role.CUSTOMER
        html = None if is_mine else markdown.render_message(each.body, where)
        name = names.get(each.author_id or 0, "")
        shown.append(MessageView(is_mine, name, each.written_at, each.body, html))
    return shown
