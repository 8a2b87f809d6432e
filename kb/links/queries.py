"""What can be read about private links: whether one is good. Reading changes nothing."""

import hashlib

from sqlmodel import Session, select

from kb import clock
from kb.links import policy
from kb.links.models import Link, Purpose


def look(session: Session, purpose: Purpose, token: str) -> Link | None:
    """Return the link of this token if it is good for this purpose.

    For pages that are fetched: scanners of mail follow every link before the reader does.
    """
    if not token or len(token) > policy.LONGEST_TOKEN:
        return None
    found = session.exec(select(Link).where(Link.token_hash == hashed(token))).first()
    if found is None or not policy.is_live(found, purpose, at=clock.now()):
        return None
    return found


def hashed(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
