"""What customers wrote, as editors see it: without anybody's data."""

import re

from ingestion.redact import redact

_TAKEN_OUT = re.compile(r"\[[a-zäöü ]{2,30}\]")


def safe(text: str) -> str:
    """Take people's data out."""
    return redact(text).text


def is_clean(redacted: str) -> bool:
    """Say whether nothing had to be taken out: only then may it become a search phrase."""
    return _TAKEN_OUT.search(redacted) is None
