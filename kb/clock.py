"""The one clock. Time is UTC and aware everywhere."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # the one place that may ask the system
