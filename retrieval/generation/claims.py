"""What a sentence claims that must not be said in other words: numbers, names, no, always.

Numbers, dates, prices, telephone numbers, codes and quoted names stand letter by letter in the
source. Words of assurance ("immer", "kostenlos", "guaranteed") are compared by their stems, and a
word must not stand where the source has its opposite ("vor", "nach").
"""

import re

from retrieval.language.analysis import stem
from retrieval.language.words import fold

_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,:/-]\d+)*(?!\w)")
_PLACE = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/[\w./-]*)?")
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+\b|\b[A-Z]{2,}\b")
_QUOTED = re.compile(r"[„“\"«»](.{1,60}?)[“”\"«»]|\*\*(.{1,60}?)\*\*")
_NUMERALS = {
    "de": "null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert "
    "tausend doppelt halb hälfte viertel beide erste zweite dritte",
    "en": "zero two three four five six seven eight nine ten eleven twelve twenty thirty hundred "
    "thousand double twice half quarter both first second third",
}
_ASSURED = {
    "de": "immer nie niemals stets jederzeit sofort garantiert garantie kostenlos gratis umsonst "
    "kostenfrei unbegrenzt automatisch pflicht verboten erlaubt erstattung rabatt gutschein "
    "bezahlen kosten gebühr jeder alle keine ausschließlich nur muss müssen darf dürfen",
    "en": "always never anytime immediately guaranteed guarantee free unlimited automatically "
    "mandatory forbidden allowed refund discount voucher pay cost fee every all only must may",
}
_OPPOSITES = (
    ("vor bevor vorher zuvor before", "nach nachdem nachher danach after afterwards"),
    ("mindestens wenigstens minimal least minimum", "höchstens maximal most maximum"),
    ("ab from", "bis until"),
    ("über mehr more over above", "unter weniger less under below"),
    (
        "einschalten eingeschaltet aktivieren aktiviert aktiv enable enabled on ein!",
        "ausschalten ausgeschaltet deaktivieren deaktiviert disable disabled off aus!",
    ),
    ("öffnen open", "schließen close"),
    ("links left oben", "rechts right unten"),
    ("mit with", "ohne without"),
    ("zuerst first erste ersten", "zuletzt last end ende letzte letzten"),
    ("kostenlos gratis umsonst free", "kostet costs bezahlen zahlen pay"),
    ("bleiben bleibt kept keep", "gelöscht löschen deleted delete"),
)
"""Words that turn a sentence round; with ! only before a pause: "stellen Sie es aus"."""
_NEGATION = re.compile(
    r"\b(?:nicht|nichts|kein\w*|nie|niemals|niemand|nirgends|ohne|weder"
    r"|not|no|none|never|nobody|nothing|without|neither|nor|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)


_SIDES = tuple(
    (frozenset(fold(one).split()), frozenset(fold(other).split())) for one, other in _OPPOSITES
)
_BEFORE_A_PAUSE = re.compile(r"\b(ein|aus)\b(?=\s*(?:[.,;:!?)]|$))")
_MEASURE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)*)\s+([^\W\d_]{2,})")


def measures(text: str, locale: str) -> set[tuple[str, str]]:
    """Return the numbers of a text with the word after each: 30 seconds are not 30 minutes."""
    return {(number, stem(word, locale)) for number, word in _MEASURE.findall(fold(text))}


def literals(text: str) -> set[str]:
    """Return what must stand letter by letter in the source, folded."""
    found = {*_NUMBER.findall(text), *_CODE.findall(text), *_PLACE.findall(text)}
    found |= {one or other for one, other in _QUOTED.findall(text)}
    return {_bare(one) for one in found if _bare(one)}


def has_literal(text: str, literal: str) -> bool:
    """Tell whether a literal stands in a text, not inside a longer number or word."""
    return re.search(rf"(?<![\w]){re.escape(literal)}(?![\w])", _bare(text)) is not None


def weighty(text: str, locale: str) -> set[str]:
    """Return the stems of numerals and words of assurance in a text."""
    return _among(text, locale, _NUMERALS) | _among(text, locale, _ASSURED)


def is_turned(text: str, source: str) -> bool:
    """Tell whether a sentence says a word where its source says only the opposite."""
    said, there = _turning(text), _turning(source)
    return any(
        (said & one and there & other and not there & one)
        or (said & other and there & one and not there & other)
        for one, other in _SIDES
    )


def is_negated(text: str) -> bool:
    """Tell whether a sentence says no, in either language, an odd number of times."""
    return len(_NEGATION.findall(text)) % 2 == 1


def _turning(text: str) -> set[str]:
    folded = fold(text)
    pausing = {f"{word}!" for word in _BEFORE_A_PAUSE.findall(folded)}
    return set(re.findall(r"\w+", folded)) | pausing


def _among(text: str, locale: str, lists: dict[str, str]) -> set[str]:
    wanted = {stem(fold(word), locale) for word in lists.get(locale, "").split()}
    said = {stem(word, locale) for word in re.findall(r"\w+", fold(text))}
    return wanted & said


def _bare(text: str) -> str:
    return " ".join(fold(text).split())
