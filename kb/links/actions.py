"""What can be done with private links: issue, redeem, revoke."""

import secrets
from datetime import timedelta

from sqlmodel import Session, col, delete, update

from kb import clock
from kb.errors import LinkSpent
from kb.links import policy, queries
from kb.links.models import Link, Purpose
from kb.links.queries import look

__all__ = ["forget_old", "issue", "look", "redeem", "revoke"]


def issue(
    session: Session, purpose: Purpose, *, subject_id: int, email: str = "", lasts: timedelta
) -> str:
    """Make a link and return its token, which nobody knows afterwards but who is sent it."""
    now = clock.now()
    forget_old(session)
    token = secrets.token_urlsafe(32)
    session.add(
        Link(
            token_hash=queries.hashed(token),
            purpose=purpose,
            subject_id=subject_id,
            email=email.strip().casefold(),
            issued_at=now,
            expires_at=now + lasts,
        )
    )
    session.flush()
    return token


def forget_old(session: Session) -> None:
    """Delete links that are over, with the addresses they were sent to."""
    over = clock.now() - policy.KEPT_AFTER_EXPIRY
    session.exec(delete(Link).where(col(Link.expires_at) < over))


def redeem(session: Session, purpose: Purpose, token: str) -> Link:
    """Spend a link. Of two that try at the same moment, one succeeds.

    Raises:
        LinkSpent: unknown, for something else, used, revoked or expired; all are told alike.
    """
    found = look(session, purpose, token)
    if found is None:
        raise LinkSpent
    now = clock.now()
    done = session.exec(
        update(Link)
        .where(col(Link.id) == found.id, col(Link.expires_at) > now)
        .where(col(Link.redeemed_at).is_(None), col(Link.revoked_at).is_(None))
        .values(redeemed_at=now)
    )
    if done.rowcount != 1:
        raise LinkSpent
    return found


def revoke(session: Session, *, email: str, purpose: Purpose | None = None) -> int:
    """Make every open link that was sent to this address worthless; return how many.

    For when the address, or what its owner may do, changes.
    """
    wanted = update(Link).where(
        col(Link.email) == email.strip().casefold(),
        col(Link.redeemed_at).is_(None),
        col(Link.revoked_at).is_(None),
    )
    if purpose is not None:
        wanted = wanted.where(col(Link.purpose) == purpose)
    return session.exec(wanted.values(revoked_at=clock.now())).rowcount
