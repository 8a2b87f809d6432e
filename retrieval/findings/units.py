"""Units, number words, months and limits as they are written in German and English."""

import re

_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
_MONTH = 365 / 12 * _DAY


def _spelt(scale: str, seconds: float, *spellings: str) -> dict[str, tuple[str, float]]:
    return dict.fromkeys(spellings, (scale, seconds))


DURATIONS: dict[str, tuple[str, float]] = {
    **_spelt("second", 1, "sekunde", "sekunden", "sek", "second", "seconds", "sec"),
    **_spelt("minute", _MINUTE, "minute", "minuten", "min", "minutes"),
    **_spelt("hour", _HOUR, "stunde", "stunden", "std", "hour", "hours"),
    **_spelt("day", _DAY, "tag", "tage", "tagen", "tages", "day", "days", "tägige", "day's"),
    **_spelt("day", _DAY, "kalendertag", "kalendertage", "kalendertagen"),
    **_spelt("working day", _DAY * 1.001, "werktag", "werktage", "werktagen", "arbeitstag"),
    **_spelt("working day", _DAY * 1.001, "arbeitstage", "arbeitstagen", "working day"),
    **_spelt("working day", _DAY * 1.001, "working days", "business day", "business days"),
    **_spelt("week", 7 * _DAY, "woche", "wochen", "week", "weeks"),
    **_spelt("month", _MONTH, "monat", "monate", "monaten", "monats", "month", "months"),
    **_spelt("year", 12 * _MONTH, "jahr", "jahre", "jahren", "jahres", "year", "years"),
}
"""Spelling -> the unit and its seconds."""

UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "prozent", "percent", "per cent"), ("percent", 1.0)),
    **dict.fromkeys(("kb", "kilobyte", "kilobytes"), ("byte", 1e3)),
    **dict.fromkeys(("mb", "megabyte", "megabytes"), ("byte", 1e6)),
    **dict.fromkeys(("gb", "gigabyte", "gigabytes"), ("byte", 1e9)),
    **dict.fromkeys(("tb", "terabyte", "terabytes"), ("byte", 1e12)),
    **dict.fromkeys(("kbit/s", "kbps"), ("bit/s", 1e3)),
    **dict.fromkeys(("mbit/s", "mbps", "mbit"), ("bit/s", 1e6)),
    **dict.fromkeys(("gbit/s", "gbps", "gbit"), ("bit/s", 1e9)),
    **dict.fromkeys(("mhz",), ("hertz", 1e6)),
    **dict.fromkeys(("ghz",), ("hertz", 1e9)),
    **dict.fromkeys(("mm", "millimeter"), ("metre", 1e-3)),
    **dict.fromkeys(("cm", "zentimeter", "centimetres"), ("metre", 1e-2)),
    **dict.fromkeys(("m", "meter", "metern", "metre", "metres", "meters"), ("metre", 1.0)),
    **dict.fromkeys(("km", "kilometer", "kilometern", "kilometres"), ("metre", 1e3)),
    **dict.fromkeys(("g", "gramm", "grams"), ("gram", 1.0)),
    **dict.fromkeys(("kg", "kilogramm", "kilo", "kilograms"), ("gram", 1e3)),
    **dict.fromkeys(("°c", "grad", "degrees"), ("degree", 1.0)),
    **dict.fromkeys(("bar",), ("bar", 1.0)),
    **dict.fromkeys(("v", "volt", "volts"), ("volt", 1.0)),
    **dict.fromkeys(("w", "watt", "watts"), ("watt", 1.0)),
    **dict.fromkeys(("zeichen", "characters", "buchstaben"), ("character", 1.0)),
}
"""Spelling -> what it measures and how much of it."""

NUMBER_WORDS: dict[str, float] = {
    **dict.fromkeys(("ein", "eine", "einen", "einem", "einer", "eines"), 1.0),
    **dict.fromkeys(("a", "an", "one", "single"), 1.0),
    **dict.fromkeys(("eine halbe", "einer halben", "halbe", "halben", "half a", "half"), 0.5),
    **dict.fromkeys(("anderthalb", "eineinhalb"), 1.5),
    **{
        word: float(amount)
        for amount, pair in enumerate(
            (
                ("zwei", "two"),
                ("drei", "three"),
                ("vier", "four"),
                ("fünf", "five"),
                ("sechs", "six"),
                ("sieben", "seven"),
                ("acht", "eight"),
                ("neun", "nine"),
                ("zehn", "ten"),
                ("elf", "eleven"),
                ("zwölf", "twelve"),
            ),
            start=2,
        )
        for word in pair
    },
    **dict.fromkeys(("fünfzehn", "fifteen"), 15.0),
    **dict.fromkeys(("zwanzig", "twenty"), 20.0),
    **dict.fromkeys(("dreißig", "thirty"), 30.0),
    **dict.fromkeys(("hundert", "hundred"), 100.0),
}

MONTHS: dict[str, int] = {
    word: at
    for at, spellings in enumerate(
        (
            ("januar", "january", "jan"),
            ("februar", "february", "feb"),
            ("märz", "march", "mar"),
            ("april", "apr"),
            ("mai", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nov"),
            ("dezember", "december", "dez", "dec"),
        ),
        start=1,
    )
    for word in spellings
}

_BOUND = re.compile(
    r"\b(?:bis zu|bis|höchstens|maximal|mindestens|wenigstens|mehr als|weniger als|größer als"
    r"|up to|at most|at least|more than|less than|larger than|maximum of|max\.?|min\.?)\s*$",
    re.IGNORECASE,
)


def bound_before(text: str) -> bool:
    """Say whether a text ends in words that make what follows a limit.

    >>> bound_before("Anhänge dürfen höchstens ")
    True
    """
    return bool(_BOUND.search(text))
