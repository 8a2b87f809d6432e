"""Claiming letters, so that of many processes one delivers each, and none is lost with a process.

A claim is a lease with a random name. What comes of a letter is written down only under the same
name: a process that was thought dead and is not cannot overwrite what its successor did.
"""

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, or_, select, update

from kb import clock
from kb.db import transaction
from kb.mail import policy
from kb.mail.models import Mail, MailProblem, MailState

_LOOKED_AT = 20


def claim(engine: Engine) -> Mail | None:
    """Return a letter that is due and now ours, or None when there is none."""
    now = clock.now()
    with transaction(engine) as session:
        _take_back_late_ones(session, now)
        for mail_id in _due(session, now):
            lease = secrets.token_urlsafe(9)
            done = session.exec(
                update(Mail)
                .where(col(Mail.id) == mail_id, col(Mail.state) == MailState.QUEUED, _free(now))
                .values(
                    lease=lease,
                    leased_until=now + policy.LEASE,
                    attempts=col(Mail.attempts) + 1,
                )
            )
            if done.rowcount == 1:
                return session.get_one(Mail, mail_id)
    return None


def settle(engine: Engine, mail: Mail, problem: MailProblem | None) -> None:
    """Write down what came of a letter that was claimed: sent, to be tried again, or given up."""
    now = clock.now()
    values: dict[str, object] = {"problem": problem, "lease": "", "leased_until": None}
    if problem is None:
        values |= {"state": MailState.SENT, "ended_at": now}
    elif policy.is_over(mail, problem, at=now):
        values |= {"state": MailState.FAILED, "ended_at": now}
    else:
        values |= {"next_attempt_at": now + policy.pause(mail.attempts, problem)}
    with transaction(engine) as session:
        session.exec(
            update(Mail)
            .where(col(Mail.id) == mail.id, col(Mail.lease) == mail.lease)
            .values(**values)
        )


def _due(session: Session, now: datetime) -> list[int | None]:
    """Return what may be claimed; letters somebody waits for before those anybody can cause."""
    return list(
        session.exec(
            select(Mail.id)
            .where(Mail.state == MailState.QUEUED, col(Mail.next_attempt_at) <= now, _free(now))
            .order_by(col(Mail.by_anyone), col(Mail.next_attempt_at), col(Mail.id))
            .limit(_LOOKED_AT)
        ).all()
    )


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(col(Mail.leased_until).is_(None), col(Mail.leased_until) < now)


def _take_back_late_ones(session: Session, now: datetime) -> None:
    late = session.exec(
        select(Mail.id).where(
            Mail.state == MailState.QUEUED, col(Mail.not_after) < now, _free(now)
        )
    ).all()
    if late:
        session.exec(
            update(Mail)
            .where(col(Mail.id).in_(late), _free(now))
            .values(state=MailState.WITHDRAWN, problem=MailProblem.TOO_LATE, ended_at=now)
        )
