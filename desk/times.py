"""Times as people say them: "heute bis 18 Uhr", "morgen", "Montag, 30. November".

The zone is the service's: its customers and its agents look at the same clock on the wall. An hour
that comes twice, in the night the clocks go back, is told with its name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk.i18n import Words

_NEAR = 6
"""Up to so many days ahead a weekday alone is clear."""
_LENGTHS = ((90, "minutes", 1), (48 * 60, "hours", 60), (10**9, "days", 24 * 60))
"""Up to how many minutes a length is told in which unit, and how many minutes that has."""


@dataclass(frozen=True)
class Teller:
    """Tells times in one language, in one zone, seen from now."""

    words: Words
    zone: ZoneInfo
    now: datetime

    def time(self, moment: datetime) -> str:
        """Return the time of day: "18 Uhr", "18:30 Uhr"; "18:00" in English."""
        return self.words("time.of_day", time=self._digits(moment))

    def between(self, starts_at: datetime, ends_at: datetime) -> str:
        """Return a stretch of a day: "9–11 Uhr"."""
        first, last = self._digits(starts_at), self._digits(ends_at)
        return self.words("time.between", first=first, last=last)

    def day(self, moment: datetime) -> str:
        """Return the day as far as it must be told: "heute", "Montag", "Montag, 30. November"."""
        ahead = (moment.astimezone(self.zone).date() - self.now.astimezone(self.zone).date()).days
        if ahead in {0, 1}:
            return self.words("time.tomorrow" if ahead else "time.today")
        return self.weekday(moment) if 0 < ahead <= _NEAR else self.date(moment)

    def date(self, moment: datetime) -> str:
        """Return weekday, day and month."""
        local = moment.astimezone(self.zone)
        month = self.words(f"date.month.{local.month}")
        weekday = self.weekday(moment)
        return self.words("time.date", weekday=weekday, day=local.day, month=month)

    def weekday(self, moment: datetime) -> str:
        """Return the name of the day."""
        return self.words(f"time.weekday.{moment.astimezone(self.zone).weekday()}")

    def length(self, span: timedelta) -> str:
        """Return about how long: minutes below an hour and a half, hours below two days, days."""
        unit, minutes_in_it = next(
            (unit, size) for most, unit, size in _LENGTHS if span <= timedelta(minutes=most)
        )
        count = max(1, round(span / timedelta(minutes=minutes_in_it)))
        return self.words(f"time.{unit}", count=count)

    def _digits(self, moment: datetime) -> str:
        local = moment.astimezone(self.zone)
        is_short = self.words.locale == "de" and local.minute == 0
        shown = f"{local.hour}" if is_short else f"{local.hour}:{local:%M}"
        comes_twice = local.replace(fold=1).utcoffset() != local.replace(fold=0).utcoffset()
        return f"{shown} {local:%Z}" if comes_twice else shown
