"""Telling a customer by mail that something happened in their case: that, and never what.

A letter holds our words and a link, no word of the case. An address nobody has confirmed yet gets
the request to confirm it first, and after that few letters, whose links lead to that same request:
whoever typed a stranger's address cannot make us show the case to that stranger unasked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from desk import i18n, letters
from kb import clock
from kb.cases.models import Case, CaseState, Message
from kb.config import Config, Locale
from kb.db import stored_id
from kb.links import actions as links
from kb.links.models import Purpose
from kb.mail import actions, policy, queries
from kb.people.models import Person
from kb.text import digest

CONFIRMABLE = timedelta(days=30)
STOPPABLE = timedelta(days=365)
_FIRST = "case_confirm"
"""The first letter to an address nobody has confirmed, whatever there is to say."""
UNCONFIRMED = 3
"""Letters about one case to an address that is never confirmed."""
_TOGETHER = timedelta(minutes=1)
"""What happens within this time is one letter: an answer, and a state right after it."""


@dataclass(frozen=True)
class News:
    """Something to tell: by which letter, what marks it from others, and how long it can wait."""

    letter: str
    mark: str
    after: timedelta = timedelta()


def opened(session: Session, config: Config, case: Case) -> None:
    """Say that the message has arrived; ask who reads there to confirm that they do."""
    _tell(session, config, case, News("case_opened", "1"))


def answered(session: Session, config: Config, case: Case, message: Message) -> None:
    """Say that there is an answer; not twice for the same, and not before it can be read."""
    _tell(session, config, case, News("case_answered", _mark(message), _TOGETHER))


def taken_back(session: Session, case: Case, message: Message) -> None:
    """Say nothing of an answer that was undone."""
    for key in _waiting(session, case):
        if key.endswith(f"-{_mark(message)}"):
            actions.withdraw(session, key)


def moved(session: Session, config: Config, case: Case, before: CaseState) -> None:
    """Say that the case stands elsewhere now; an answer of this moment says more than that."""
    if case.state is before or (before, case.state) == (CaseState.NEW, CaseState.OPEN):
        return
    if not _waits(session, case, "case_answered"):
        mark = digest(case.state.value, case.updated_at.isoformat())[:16]
        _tell(session, config, case, News("case_moved", mark, _TOGETHER))


def stop(session: Session, case: Case) -> None:
    """Write no more about this case, and take back what is not sent yet."""
    case.wants_mail = False
    session.add(case)
    _withdraw(session, case)


def resume(session: Session, case: Case) -> None:
    """Write about this case again."""
    case.wants_mail = True
    session.add(case)


def address_of(session: Session, case: Case) -> str:
    """Return where the customer of this case is written to; empty if nowhere."""
    customer = session.get(Person, case.customer_id)
    address = policy.address_key(customer.email) if customer is not None else ""
    return address if policy.is_address(address) else ""


def _tell(session: Session, config: Config, case: Case, news: News) -> None:
    address = address_of(session, case)
    key = f"{_thread(case)}/{news.letter}-{news.mark}"
    if not address or not case.wants_mail or queries.is_known(session, key):
        return
    is_confirmed = queries.is_confirmed(session, address)
    told = queries.count_about(session, _thread(case))
    if not is_confirmed and (told >= UNCONFIRMED or _waits(session, case, _FIRST)):
        return
    _withdraw(session, case)  # the newer letter says it, too
    doors = _Doors(session, config, case, address)
    is_first = not is_confirmed and not told
    letter = letters.write(
        i18n.words(doors.locale),
        _FIRST if is_first else news.letter,
        brand=config.brand,
        link=doors.private_page() if is_confirmed else doors.confirmation(),
        stop_url=doors.stop(),
    )
    key = f"{_thread(case)}/{_FIRST}-{news.mark}" if is_first else key
    actions.queue(session, to=address, letter=letter, key=key, not_before=clock.now() + news.after)


@dataclass(frozen=True)
class _Doors:
    """Where a letter about a case leads."""

    session: Session
    config: Config
    case: Case
    address: str

    @property
    def locale(self) -> Locale:
        return i18n.as_locale(self.case.locale) or self.config.default_locale

    def private_page(self) -> str:
        return self._url(f"cases/{self.case.public_id}")

    def confirmation(self) -> str:
        token = self._token(Purpose.CONFIRM_CASE_MAIL, CONFIRMABLE)
        return self._url(f"mail/confirmations/{token}")

    def stop(self) -> str:
        return self._url(f"mail/stops/{self._token(Purpose.STOP_CASE_MAIL, STOPPABLE)}")

    def _token(self, purpose: Purpose, lasts: timedelta) -> str:
        case_id = stored_id(self.case.id)
        return links.issue(
            self.session, purpose, subject_id=case_id, email=self.address, lasts=lasts
        )

    def _url(self, path: str) -> str:
        return f"{self.config.public_url}/{self.locale}/{path}"


def _mark(message: Message) -> str:
    """Name a message for ever: the number of one that was taken back may be given again."""
    held = message.visible_from
    return f"{message.id}.{held.timestamp():.3f}" if held is not None else str(message.id)


def _thread(case: Case) -> str:
    return f"case-{case.id}"


def _waits(session: Session, case: Case, name: str) -> bool:
    return any(key.startswith(f"{_thread(case)}/{name}") for key in _waiting(session, case))


def _waiting(session: Session, case: Case) -> Sequence[str]:
    return queries.waiting(session, _thread(case))


def _withdraw(session: Session, case: Case) -> None:
    for key in _waiting(session, case):
        actions.withdraw(session, key)
