"""Words, dates and numbers in the visitor's language. Every text on a page comes through here.

The catalogues are `locale/<area>.<language>.json`: flat keys, `{name}` for values, and for counted
things a pair of keys ending in `.one` and `.other`. A missing key is a bug and raises.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kb.config import LOCALES, Locale

FOLDER = Path(__file__).parent / "locale"
ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Words:
    """One language: `words("key", name=...)` gives the text."""

    locale: Locale
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: str | int) -> str:
        if "count" in values and key not in self.entries:
            key += ".one" if values["count"] == 1 else ".other"
        return self.entries[key].format(**values)

    def date(self, moment: datetime) -> str:
        """Return the day, the month in words."""
        local = moment.astimezone(ZONE)
        month = self(f"date.month.{local.month}")
        return self("date.day", day=local.day, month=month, year=local.year)

    def moment(self, moment: datetime) -> str:
        """Return day and time of day."""
        local = moment.astimezone(ZONE)
        return self("date.moment", date=self.date(moment), time=f"{local:%H:%M}")

    def number(self, value: int) -> str:
        """Return a whole number with the separators of the language."""
        return f"{value:,}".replace(",", self("number.thousands"))

    def percent(self, share: float) -> str:
        """Return a share of one as a whole percentage."""
        return self("number.percent", value=round(share * 100))


@cache
def words(locale: Locale) -> Words:
    """Return the catalogue of a language, all areas together.

    Raises:
        ValueError: two areas use the same key.
    """
    entries: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"*.{locale}.json")):
        area: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        if twice := entries.keys() & area.keys():
            raise ValueError(f"{path.name} repeats {sorted(twice)}")
        entries |= area
    return Words(locale, entries)


def as_locale(value: str) -> Locale | None:
    """Return the language if it is one of ours."""
    return next((locale for locale in LOCALES if locale == value), None)


def negotiate(accept_language: str, default: Locale) -> Locale:
    """Return the language of ours that the browser likes best."""
    best, chosen = 0.0, default
    for part in accept_language[:500].split(","):
        tag, _, weight = part.partition(";q=")
        locale = as_locale(tag.strip()[:2].lower())
        quality = _quality(weight)
        if locale is not None and quality > best:
            best, chosen = quality, locale
    return chosen


def _quality(weight: str) -> float:
    try:
        return min(1.0, float(weight)) if weight.strip() else 1.0
    except ValueError:
        return 0.0
