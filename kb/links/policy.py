"""Rules about private links."""

from datetime import datetime, timedelta

from kb.links.models import Link, Purpose

KEPT_AFTER_EXPIRY = timedelta(days=1)
"""Then the address goes, too."""
LONGEST_TOKEN = 100


def is_live(link: Link, purpose: Purpose, *, at: datetime) -> bool:
    """A link opens what it was issued for, until it is redeemed, revoked or expired."""
    return (
        link.purpose is purpose
        and link.redeemed_at is None
        and link.revoked_at is None
        and link.expires_at > at
    )
