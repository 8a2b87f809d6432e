"""Times as forms send and show them: on the clock of the site, kept in UTC."""

from datetime import UTC, datetime

from desk.i18n import ZONE

_FORMAT = "%Y-%m-%dT%H:%M"


def sent(value: str) -> datetime | None:
    """Return the moment a form names; None: it names none.

    An hour that comes twice, when the clocks go back, means the first; one that is left out, when
    they go forward, means the hour after.
    """
    try:
        local = datetime.strptime(value[:16], _FORMAT)  # noqa: DTZ007  # the zone comes next
    except ValueError:
        return None
    return local.replace(tzinfo=ZONE).astimezone(UTC)


def shown(moment: datetime) -> str:
    """Return a moment as a form shows it."""
    return moment.astimezone(ZONE).strftime(_FORMAT)
