"""Who introduces themselves in a text, is addressed, signs, or is named as somebody's relation."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ingestion.redaction import words

SHORTEST = 3
_LONGEST = 4
_LATIN = "".join(map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))))
_UPPER = "".join(filter(str.isupper, _LATIN))
_LOWER = "".join(filter(str.islower, _LATIN))
_NAME = rf"[{_UPPER}][{_LOWER}]{{1,24}}(?:-[{_UPPER}][{_LOWER}]{{1,24}})?"
_MAC = r"(?:Mac|Mc|O'|D'|von |van |de |Van |Von |De )?"
_FULL = rf"{_MAC}{_NAME}(?:[ ]{_MAC}{_NAME}){{0,2}}"
_TWO = rf"{_MAC}{_NAME}[ ]{_MAC}{_NAME}"
_INITIAL = rf"[{_UPPER}]\."
_BEGUN = rf"(?:{_NAME}|{_INITIAL})[ ]{_MAC}{_NAME}"
_TITLE = r"(?:Frau|Herrn?|Fr\.|Hr\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Mister)(?:[ ](?:Dr\.|Prof\.)){0,2}"
_LIST = rf"(?:,[ ]{_NAME}){{0,4}}"
_AND = rf"[ ](?:und|and|&)[ ]{_NAME}"
_ANY_CASE = rf"[{_UPPER}{_LOWER}]{{3,20}}"
_SMALL = rf"[{_LOWER}]{{3,20}}(?:[ ][{_LOWER}]{{3,20}})?"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{words.GERMAN_NAME}|{words.ENGLISH_NAME}):?[ ](?P<name>{_FULL})",
        rf"\b(?i:hier[ ](?:ist|spricht|schreibt)(?:[ ](?:der|die))?)[ ](?P<name>{_TWO})",
        (
            rf"\b(?i:this[ ]is|i['’]m|i[ ]am|it['’]s)[ ](?P<name>{_TWO})"
            r"(?=[.,!\n]|[ ]+(?:from|and|here)|$)"
        ),
        rf"\b(?i:this[ ]is)[ ](?P<name>{_FULL})(?=[ ](?:again|here|speaking|calling)\b)",
        rf"\b(?i:{words.LABEL})[ ](?:Dr\.[ ])?(?P<name>{_BEGUN})",
        rf"(?m:^|[.,;(])[ ]{{0,3}}[Nn]ame:[ ]?(?P<name>{_BEGUN})",
        rf"\b(?i:{words.PART_LABEL}):[ ]?(?P<name>{_NAME})",
        rf"\b(?:{_TITLE}|c/o)[ ](?P<name>{_FULL})",
        r"\b[Hh]errn?[ ](?P<name>[a-zäöüß]{4,25})\b",
        (
            rf"\b(?i:{words.MINE})[ ](?:[a-zäöüß]{{2,15}}[ ])?(?i:{words.RELATED})"
            rf"[ ](?P<name>{_NAME}(?:[ ]{_NAME})?)"
        ),
        rf"\b(?i:{words.MINE})[ ](?i:{words.RELATED}),[ ](?P<name>{_FULL})(?=,)",
        (
            rf"\b(?i:{words.RELATED})\b[^\n]{{0,40}}[.,][ ]"
            rf"(?P<name>{_NAME})[ ](?:is|ist)[ ]\d{{1,2}}\b"
        ),
        rf"\b(?i:{words.SEVERAL})\b[ ]?\((?P<name>{_NAME}{_LIST}(?:{_AND})?)",
        rf"\b(?i:{words.SEVERAL})\b[^\n()]{{1,30}}\((?P<name>{_NAME}{_LIST}{_AND})",
        (
            rf"\b(?i:{words.UNDER_NAME})[ ](?:nt[ ])?"
            rf"(?P<name>{_ANY_CASE}(?:[ ]{_ANY_CASE})?)(?=[,.;!\n]|$)"
        ),
        rf"(?m:^)[ ]{{0,3}}(?i:{words.GREETING}),?[ ](?P<name>{_FULL})(?=[ ]?[,!.\n–]|$)",
    )
)
_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Ii]ch[ ]bin[ ](?P<name>{_TWO})(?=[ ](?:und|aus|vom?)\b|[ ]?[.,!\n]|$)",
        rf"\bI(?:['’]m|[ ]am)[ ](?P<name>{_NAME})(?=[,\n]|[ ]from[ ]|[ ]and[ ]I\b)",
        rf"\b(?i:{words.GERMAN_NAME})[ ](?P<name>{_SMALL})(?=[ ]und[ ]|[ ]?[.,!\n]|$)",
        rf"\b(?i:{words.ENGLISH_NAME})[ ](?P<name>{_SMALL})(?=[ ]and[ ]|[ ]?[.,!\n]|$)",
        rf"\b(?i:belongs[ ]to|ask(?:ed)?[ ]for|gehört)[ ](?P<name>{_TWO})",
    )
)
"""What may also be said of other things: it counts where no word of it is known to be one."""
_CLOSING = re.compile(
    rf"(?i:{words.REGARDS})[ ]{{0,2}}[,.!–-]{{0,3}}\s{{0,6}}(?P<name>[^\n]{{2,60}})$"
)
_LOWER_CLOSING = re.compile(
    rf"(?i:\b(?:{words.SHORT_REGARDS}))[ ,.!\n]{{1,4}}"
    r"(?P<name>[a-zäöüß]{3,20}(?:[ ][a-zäöüß]{3,20})?)[ .!]{0,3}$"
)
_PART = rf"{_MAC}(?:{_NAME}|{_INITIAL})"
_SIGNED = re.compile(rf"{_PART}(?:[ ]{_PART}){{0,3}}[ ]{{0,3}}[.!]?")
_SIGNED_FROM = re.compile(rf"{_PART}[ ]{_PART}(?=,[ ])")
"""With an address or a place behind the name."""


def found_in(text: str) -> Iterator[str]:
    """Yield the names people give themselves or others in a text."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield from parts(found["name"])
    for pattern in _SURE:
        for found in pattern.finditer(text):
            said = found["name"].split()
            if not any(word.capitalize() in words.NO_NAMES for word in said):
                yield from parts(found["name"])
    yield from _signature(text)


def parts(name: str) -> Iterator[str]:
    """Yield the parts of a name that are long enough to look for."""
    for word in re.split(r"[\s.,!&]+", name):
        if len(word) >= SHORTEST and word.capitalize() not in words.NO_NAMES:
            yield word


def answered(reply: str) -> str:
    """Return the name in a reply to the question for one, or nothing."""
    said = re.findall(r"[^\s,.!?;:]+", reply.split("\n", maxsplit=1)[0])
    if "?" in reply or not said:
        return ""
    start = next((at for at, word in enumerate(said) if _is_name(word)), len(said))
    run = list(takewhile(_is_name, said[start : start + _LONGEST]))
    return " ".join(run) if len(run) > 1 or len(said) <= SHORTEST else ""


def _signature(text: str) -> Iterator[str]:
    """Yield the name under the last lines of a letter."""
    last = text.rstrip()[-200:]
    for start in {0, *(found.end() for found in re.finditer(r"[\n.!?]\s*", last))}:
        found = _CLOSING.match(last, start)
        line = found["name"].strip() if found else ""
        if signed := _SIGNED.fullmatch(line) or _SIGNED_FROM.match(line):
            yield from parts(signed.group(0))
    if lower := _LOWER_CLOSING.search(last):
        yield from parts(lower["name"])


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word.capitalize() not in words.NO_NAMES
