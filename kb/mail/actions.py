"""What can be done with mail: queue, withdraw, try again, erase. Delivery is `sender`'s."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, update

from kb import clock
from kb.errors import InvalidInput
from kb.mail import policy, queries
from kb.mail.models import Letter, Mail, Mailbox, MailProblem, MailState
from kb.text import one_line

LONGEST_SUBJECT = 200


def queue(  # noqa: PLR0913  # each says something else, and most callers say three
    session: Session,
    *,
    to: str,
    letter: Letter,
    key: str,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    by_anyone: bool = False,
) -> None:
    """Queue a letter with the caller's transaction; the same key never makes a second one.

    Args:
        session: the caller's; the letter goes out only if it commits.
        to: one address. Whether somebody reads it is not known before they confirm it.
        letter: what is written.
        key: names this letter for ever, like `case-7/message-12`; before the slash stands what
            it is about.
        not_before: when to send it; at once if not given.
        not_after: when it is worth nothing any more; it is then taken back unsent.
        by_anyone: whoever types an address can cause it. An address gets few of these, and what
            is too much is dropped in silence: the visitor is told the same.

    Raises:
        InvalidInput: `to` is no address.
    """
    address = policy.address_key(to)
    if not policy.is_address(address):
        raise InvalidInput(field="email")
    if queries.is_known(session, key):
        return
    now = clock.now()
    strict = by_anyone or not queries.is_confirmed(session, address)
    if strict and _is_too_much(session, address, now):
        return
    session.add(
        Mail(
            key=key,
            thread=key.rpartition("/")[0],
            recipient=address,
            subject=one_line(letter.subject, limit=LONGEST_SUBJECT),
            text=letter.text,
            html=letter.html,
            locale=letter.locale,
            stop_url=letter.stop_url,
            by_anyone=strict,
            created_at=now,
            next_attempt_at=max(not_before or now, _first_moment(session, address, now)),
            not_after=not_after,
        )
    )
    session.flush()


def withdraw(session: Session, key: str) -> bool:
    """Take back a letter that has not been sent; say whether there was one to take back.

    One that is on its way this moment cannot be had back.
    """
    now = clock.now()
    done = session.exec(
        update(Mail)
        .where(col(Mail.key) == key, col(Mail.state) == MailState.QUEUED)
        .where(col(Mail.leased_until).is_(None) | (col(Mail.leased_until) < now))
        .values(state=MailState.WITHDRAWN, problem=MailProblem.TAKEN_BACK, ended_at=now, **_EMPTY)
    )
    return done.rowcount > 0


def confirm(session: Session, address: str) -> None:
    """Note that the owner of this address reads it: the caller has redeemed a link sent there."""
    key = policy.address_key(address)
    if session.get(Mailbox, key) is None:
        session.add(Mailbox(address=key))
        session.flush()


def retry(session: Session) -> int:
    """Queue again what was given up and still has its text; return how many."""
    done = session.exec(
        update(Mail)
        .where(col(Mail.state) == MailState.FAILED, col(Mail.text) != "")
        .values(
            state=MailState.QUEUED,
            attempts=0,
            created_at=clock.now(),
            next_attempt_at=clock.now(),
            ended_at=None,
        )
    )
    return done.rowcount


def erase(session: Session, *, days: int) -> int:
    """Erase text and address of what ended so many days ago; key and state stay.

    Returns:
        how many letters were erased.
    """
    done = session.exec(
        update(Mail)
        .where(col(Mail.ended_at) < clock.now() - timedelta(days=days), col(Mail.recipient) != "")
        .values(recipient="", **_EMPTY)
    )
    return done.rowcount


_EMPTY = {"subject": "", "text": "", "html": "", "stop_url": ""}


def _is_too_much(session: Session, address: str, now: datetime) -> bool:
    since = now - policy.HOUR
    here = queries.written_since(session, since, to=address, by_anyone=True)
    everywhere = queries.written_since(session, since, by_anyone=True)
    return here >= policy.BY_ANYONE_AN_HOUR or everywhere >= policy.BY_ANYONE_EVERYWHERE


def _first_moment(session: Session, address: str, now: datetime) -> datetime:
    """Return when the next letter may go there: nobody gets more than so many an hour."""
    written = queries.written_since(session, now - policy.HOUR, to=address, by_anyone=False)
    return now + policy.HOUR * (written // policy.AN_HOUR)
