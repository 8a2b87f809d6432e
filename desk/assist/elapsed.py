"""How long ago something was, in the one unit that says it best."""

from dataclasses import dataclass
from datetime import datetime

_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))


@dataclass(frozen=True)
class Elapsed:
    """The unit and how many of it: the key is `desk.elapsed.<unit>`."""

    unit: str
    count: int


def elapsed(moment: datetime, now: datetime) -> Elapsed:
    """Return the largest unit there is at least one of; below a minute it is just now."""
    seconds = max(0, int((now - moment).total_seconds()))
    for unit, length in _UNITS:
        if seconds >= length:
            return Elapsed(unit, seconds // length)
    return Elapsed("now", 0)
