"""What can be counted in a statement: amounts, durations, prices, dates, times of day, sizes.

Two spellings of one value are equal: "zwei Wochen" and "14 Tage", "1.000,50 €" and "EUR 1000.50".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.findings.models import Matter
from retrieval.findings.units import (
    DURATIONS,
    MONTHS,
    NUMBER_WORDS,
    UNITS,
    bound_before,
)

_NUMBER = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_AMOUNT = rf"(?:{_NUMBER}|(?:{_WORDS})\b)"
_UNIT = "|".join(re.escape(unit) for unit in sorted({*DURATIONS, *UNITS}, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WRITTEN_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})\.?\s+(?P<month>{_MONTH})\.?"
    rf"|(?P<month_first>{_MONTH})\.?\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b)"
    r"(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_DIGIT_DATE = re.compile(
    r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?"
    r"|\b(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})\b"
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<sign>Uhr|[ap]\.?m\b\.?)"
    r"|(?<![:.\d])(?P<plain>[01]?\d|2[0-3]):(?P<plain_minute>[0-5]\d)\b(?![:.]\d)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\b(\d{1,2})(?:[:.]00)?\s*(?:bis|–|-|to|until)\s*\d{1,2}\D{0,4}(?:Uhr|[ap]m)"
)
_CODE = re.compile(
    r"(?<![\w,.])(?:\+\d|0\d|116)[\d /()-]{4,}\d|\*\d+|#\d+|\b[A-Z]{1,4}-?\d{2,}\w*\b"
)
_VERSION = re.compile(
    r"\b(?P<of>[^\W\d_][\w-]*)[ -](?:version[ -])?v?(?P<number>\d+(?:\.\d+)+)\b", re.IGNORECASE
)
_MONEY = re.compile(
    rf"(?P<sign>[€$£])\s?(?P<after>{_NUMBER})"
    rf"|(?P<amount>{_AMOUNT})\s?(?P<unit>€|euros?\b|eur\b|cents?\b|dollars?\b|usd\b|pounds?\b|gbp\b)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    rf"(?<![\w,.-])(?P<amount>{_AMOUNT})[\s-]?(?P<unit>{_UNIT})(?![\w])", re.IGNORECASE
)
_TIMES = re.compile(rf"\b(?P<amount>{_WORDS}|\d+)[\s-]?(?:mal|times)\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\w,.:-])(?P<amount>{_AMOUNT})(?![\w:%]|[.,]\d|\. \w)", re.IGNORECASE)
_CURRENCIES = {"€": "eur", "$": "usd", "£": "gbp", "e": "eur", "d": "usd", "u": "usd"}
_NOON = 12
_NEARLY = 0.1
_NAMED = re.compile(r"\b[A-Z]\w*[a-z]\w*[A-Z]\w*\s$")
_ADDRESS = re.compile(r"https?://\S+|\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\S*")
"""Addresses, and moments as machines write them: neither is told to anybody."""
_GERMAN = frozenset("tag tage tagen monat monaten jahr jahren woche wochen".split())
_AS_COUNTS = frozenset(NUMBER_WORDS) - {
    *("a", "an", "ein", "eine", "einen", "einem", "einer", "eines", "one", "half", "halbe"),
    *("halben", "single", "half a", "eine halbe", "einer halben"),
}


@dataclass(frozen=True)
class Value:
    """Something counted, in the unit in which its like are compared."""

    matter: Matter
    unit: str
    amount: float
    spelt: str
    """As it stands in the statement."""
    start: int
    scale: str = ""
    """The unit as written: days and weeks are compared exactly only with their like."""
    is_bound: bool = False
    """At most, at least, up to: then what differs is a limit."""

    def is_like(self, other: "Value") -> bool:
        """Count the same kind of thing."""
        return self.unit == other.unit

    def equals(self, other: "Value") -> bool:
        """A month is thirty days to everybody but a calendar."""
        if self.scale == other.scale:
            return self.amount == other.amount
        return abs(self.amount - other.amount) <= _NEARLY * max(self.amount, other.amount)


def values(text: str) -> list[Value]:
    """Return what is counted in a text, in order; no part of it counts twice.

    >>> [(one.unit, one.amount) for one in values("In zwei Wochen sind 9,95 € fällig.")]
    [('duration', 1209600.0), ('eur', 9.95)]
    """
    found: list[Value] = []
    text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    taken = [False] * len(text)
    for read in (_dates, _times, _codes, _money, _versions, _measures, _often, _counts):
        for value in read(text):
            span = range(value.start, value.start + len(value.spelt))
            if not any(taken[at] for at in span):
                found.append(value)
                for at in span:
                    taken[at] = True
    return sorted(found, key=lambda one: one.start)


def number(spelt: str) -> float:
    """Return what digits or words stand for.

    >>> number("1.000,50"), number("1,000.50"), number("9,95"), number("zwölf")
    (1000.5, 1000.5, 9.95, 12.0)
    """
    word = " ".join(spelt.casefold().split())
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    digits = word.replace(" ", "")
    last = max(digits.rfind(","), digits.rfind("."))
    is_decimal = last >= 0 and (len(digits) - last - 1 != 3 or digits.startswith("0"))  # noqa: PLR2004
    if digits.count(digits[last]) > 1 if last >= 0 else False:
        is_decimal = False
    whole = digits[:last] if is_decimal else digits
    bare = whole.replace(",", "").replace(".", "")
    return float(f"{bare}.{digits[last + 1 :]}") if is_decimal else float(bare)


def _dates(text: str) -> Iterator[Value]:
    for match in _WRITTEN_DATE.finditer(text):
        part = match.groupdict()
        day = int(part["day"] or part["day_after"])
        month = MONTHS[(part["month"] or part["month_first"]).casefold()]
        yield _date(match, int(part["year"] or 0), month, day)
    for match in _DIGIT_DATE.finditer(text):
        part = match.groupdict()
        yield _date(
            match,
            int(part["year"] or part["iso_year"] or 0),
            int(part["month"] or part["iso_month"]),
            int(part["day"] or part["iso_day"]),
        )


def _date(match: re.Match[str], year: int, month: int, day: int) -> Value:
    amount = float(year * 10_000 + month * 100 + day)
    unit = "date" if year else "day of the year"
    return Value(Matter.DATE, unit, amount, match.group(), match.start(), "date")


def _times(text: str) -> Iterator[Value]:
    for match in _TIME.finditer(text):
        part = match.groupdict()
        sign = (part["sign"] or "").casefold().replace(".", "")
        hour = int(part["hour"] or part["plain"])
        if sign in {"am", "pm"}:
            hour = hour % _NOON + (_NOON if sign == "pm" else 0)
        minute = int(part["minute"] or part["plain_minute"] or 0)
        yield _time(match.group(), match.start(), hour * 60 + minute)
    for match in _FROM_TO.finditer(text):
        yield _time(match.group(1), match.start(1), int(match.group(1)) * 60)


def _time(spelt: str, start: int, minutes: int) -> Value:
    return Value(Matter.TIME, "time of day", float(minutes), spelt, start, "time")


def _codes(text: str) -> Iterator[Value]:
    for match in _CODE.finditer(text):
        sign = re.sub(r"[^\w*#+]", "", match.group()).casefold()
        amount = float(sum(ord(char) * 31.0**at for at, char in enumerate(reversed(sign))))
        yield Value(Matter.NUMBER, "code", amount, match.group(), match.start(), "code")


def _versions(text: str) -> Iterator[Value]:
    """Yield versions, each of what it is a version of: the system's says nothing of the app's."""
    for match in _VERSION.finditer(text):
        parts = [int(part) for part in match["number"].split(".")[:4]]
        amount = float(sum(part * 1_000.0 ** (3 - at) for at, part in enumerate(parts)))
        unit = f"version of {match['of'].casefold()}"
        yield Value(Matter.NUMBER, unit, amount, match["number"], match.start("number"), unit)


def _money(text: str) -> Iterator[Value]:
    for match in _MONEY.finditer(text):
        part = match.groupdict()
        spelt = part["after"] or part["amount"]
        sign = (part["sign"] or part["unit"]).casefold()
        is_cent = sign.startswith("cent")
        unit = "gbp" if sign[0] in "pg£" else _CURRENCIES.get(sign[0], "eur")
        amount = number(spelt) / (100 if is_cent else 1)
        yield Value(Matter.PRICE, "eur" if is_cent else unit, amount, match.group(), match.start())


def _measures(text: str) -> Iterator[Value]:
    for match in _MEASURE.finditer(text):
        if match["amount"].casefold() in {"a", "an"} and match["unit"].casefold() in _GERMAN:
            continue  # "an Tagen" counts nothing
        unit, amount = match["unit"].casefold(), number(match["amount"])
        is_bound = bound_before(text[: match.start()])
        if unit in DURATIONS:
            scale, seconds = DURATIONS[unit]
            yield Value(
                Matter.DURATION,
                "duration",
                amount * seconds,
                match.group(),
                match.start(),
                scale,
            )
        else:
            name, factor = UNITS[unit]
            matter = Matter.LIMIT if is_bound else Matter.NUMBER
            yield Value(
                matter, name, amount * factor, match.group(), match.start(), name, is_bound
            )


def _often(text: str) -> Iterator[Value]:
    for match in _TIMES.finditer(text):
        amount = number(match["amount"])
        yield Value(Matter.NUMBER, "count", amount, match.group(), match.start(), "count")


def _counts(text: str) -> Iterator[Value]:
    for match in _COUNT.finditer(text):
        spelt = match["amount"]
        if _NAMED.search(text[: match.start()]):
            continue  # the number is part of a name: ENErrorDomain 11
        if not spelt[0].isdigit() and spelt.casefold() not in _AS_COUNTS:
            continue
        is_bound = bound_before(text[: match.start()])
        matter = Matter.LIMIT if is_bound else Matter.NUMBER
        yield Value(matter, "count", number(spelt), spelt, match.start(), "count", is_bound)
