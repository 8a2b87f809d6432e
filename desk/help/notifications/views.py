"""What is shown of the mails about a case: a setting on its page, and the pages mails lead to."""

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from desk import notices
from desk.rendering import PrivateView
from kb.cases.models import Case
from kb.mail import policy, queries


@dataclass(frozen=True)
class NotificationState:
    """Whether the customer is written to about a case, and where."""

    url: str
    """Where the setting is changed."""
    address: str
    """Masked: a link may be forwarded, an address need not be. Empty where there is none."""
    is_on: bool
    is_confirmed: bool


@dataclass(frozen=True)
class NotificationBox(PrivateView):
    """The setting as a part of the case's page, which includes it."""

    template: ClassVar[str] = "help/_notifications.html"
    notifications: NotificationState


@dataclass(frozen=True)
class ConfirmPage(PrivateView):
    """Asks who came by a letter to say that they read there. Opening it changes nothing."""

    template: ClassVar[str] = "help/confirm_mail.html"
    address: str


@dataclass(frozen=True)
class StopPage(PrivateView):
    """Ends the mails about one case, or lets them come again. Opening it changes nothing."""

    template: ClassVar[str] = "help/stop_mail.html"
    is_on: bool
    is_done: bool


def state_of(session: Session, case: Case, locale: str) -> NotificationState:
    """Return the setting of a case for its page."""
    address = notices.address_of(session, case)
    return NotificationState(
        url=f"/{locale}/cases/{case.public_id}/notifications",
        address=policy.masked(address),
        is_on=case.wants_mail,
        is_confirmed=bool(address) and queries.is_confirmed(session, address),
    )
