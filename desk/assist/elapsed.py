"""How long ago something was, in the one unit that says it best."""

from datetime import datetime

from desk.assist.views import Elapsed

_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))


def elapsed(moment: datetime, now: datetime) -> Elapsed:
    """Return the largest unit there is at least one of; below a minute it is just now."""
    seconds = max(0, int((now - moment).total_seconds()))
    for unit, length in _UNITS:
        if seconds >= length:
            return Elapsed(unit, seconds // length)
    return Elapsed("now", 0)
