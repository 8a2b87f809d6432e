"""What can be read about mail: counts for whoever watches, never a letter's text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from kb import clock
from kb.mail import policy
from kb.mail.models import Mail, Mailbox, MailState


@dataclass(frozen=True)
class Standing:
    """How the queue stands."""

    queued: int
    failed: int
    age: timedelta
    """How long the oldest letter that is due has waited."""


def is_confirmed(session: Session, address: str) -> bool:
    """Say whether the owner of this address has proven that they read it."""
    return session.get(Mailbox, policy.address_key(address)) is not None


def standing(session: Session) -> Standing:
    """Return how many letters wait, how many were given up, and for how long the oldest waits."""
    now = clock.now()
    counted = dict(
        session.exec(
            select(Mail.state, func.count(col(Mail.id)))
            .where(col(Mail.state).in_((MailState.QUEUED, MailState.FAILED)))
            .group_by(col(Mail.state))
        ).all()
    )
    due: datetime | None = session.exec(
        select(func.min(col(Mail.created_at))).where(
            Mail.state == MailState.QUEUED, col(Mail.next_attempt_at) <= now
        )
    ).one()
    return Standing(
        queued=counted.get(MailState.QUEUED, 0),
        failed=counted.get(MailState.FAILED, 0),
        age=now - due if due is not None else timedelta(),
    )


def in_state(session: Session, *states: MailState, limit: int = 100) -> Sequence[Mail]:
    """Return letters in these states, oldest first."""
    return session.exec(
        select(Mail).where(col(Mail.state).in_(states)).order_by(col(Mail.id)).limit(limit)
    ).all()


def written_since(session: Session, moment: datetime, *, to: str = "", by_anyone: bool) -> int:
    """Return how many letters were queued since then: to one address or, without it, to all."""
    query = select(func.count(col(Mail.id))).where(
        col(Mail.created_at) > moment, Mail.state != MailState.WITHDRAWN
    )
    if to:
        query = query.where(Mail.recipient == to)
    if by_anyone:
        query = query.where(col(Mail.by_anyone).is_(True))
    return session.exec(query).one()


def is_known(session: Session, key: str) -> bool:
    """Say whether there is a letter under this key, whatever became of it."""
    return session.exec(select(Mail.id).where(Mail.key == key)).first() is not None


def waiting(session: Session, thread: str) -> Sequence[str]:
    """Return the keys of letters about this that are not sent yet."""
    return session.exec(
        select(Mail.key).where(Mail.thread == thread, Mail.state == MailState.QUEUED)
    ).all()


def count_about(session: Session, thread: str) -> int:
    """Return how many letters about this went out, or still will, or could not."""
    return session.exec(
        select(func.count(col(Mail.id))).where(
            Mail.thread == thread, Mail.state != MailState.WITHDRAWN
        )
    ).one()
