"""Days off: dates, and holidays known by name, movable ones reckoned from Easter."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Holiday(StrEnum):
    """Holidays an operator can name."""

    NEW_YEAR = "new-year"
    EPIPHANY = "epiphany"
    WOMENS_DAY = "womens-day"
    GOOD_FRIDAY = "good-friday"
    EASTER_MONDAY = "easter-monday"
    LABOUR_DAY = "labour-day"
    ASCENSION = "ascension"
    WHIT_MONDAY = "whit-monday"
    CORPUS_CHRISTI = "corpus-christi"
    ASSUMPTION = "assumption"
    GERMAN_UNITY = "german-unity"
    AUSTRIAN_NATIONAL_DAY = "austrian-national-day"
    REFORMATION = "reformation"
    ALL_SAINTS = "all-saints"
    CHRISTMAS_EVE = "christmas-eve"
    CHRISTMAS = "christmas"
    BOXING_DAY = "boxing-day"
    NEW_YEARS_EVE = "new-years-eve"


FIXED = {
    Holiday.NEW_YEAR: (1, 1),
    Holiday.EPIPHANY: (1, 6),
    Holiday.WOMENS_DAY: (3, 8),
    Holiday.LABOUR_DAY: (5, 1),
    Holiday.ASSUMPTION: (8, 15),
    Holiday.GERMAN_UNITY: (10, 3),
    Holiday.AUSTRIAN_NATIONAL_DAY: (10, 26),
    Holiday.REFORMATION: (10, 31),
    Holiday.ALL_SAINTS: (11, 1),
    Holiday.CHRISTMAS_EVE: (12, 24),
    Holiday.CHRISTMAS: (12, 25),
    Holiday.BOXING_DAY: (12, 26),
    Holiday.NEW_YEARS_EVE: (12, 31),
}
FROM_EASTER = {
    Holiday.GOOD_FRIDAY: -2,
    Holiday.EASTER_MONDAY: 1,
    Holiday.ASCENSION: 39,
    Holiday.WHIT_MONDAY: 50,
    Holiday.CORPUS_CHRISTI: 60,
}


@dataclass(frozen=True)
class Holidays:
    """The days off of an operator."""

    named: frozenset[Holiday] = frozenset()
    dates: frozenset[date] = frozenset()

    def __contains__(self, day: date) -> bool:
        return day in self.dates or any(
            falls_on(holiday, day.year) == day for holiday in self.named
        )


def falls_on(holiday: Holiday, year: int) -> date:
    """Return the day of a holiday in this year."""
    if holiday in FIXED:
        month, day = FIXED[holiday]
        return date(year, month, day)
    return easter(year) + timedelta(days=FROM_EASTER[holiday])


def easter(year: int) -> date:
    """Return Easter Sunday, as reckoned by Gauss, Lichtenberg and Meeus."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3) + 15
    moon = epact % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
