"""Cut text into words: folded, with codes, numbers and names kept whole.

What is written in one piece, with a hyphen or apart must meet: Wi-Fi and wifi, E-1042 and E1042
and "E 1042", 2,4-GHz and "2.4 GHz". So what is joined by signs stands for itself without the
signs, and for its parts. Umlauts stay for the stemmer, which treats ä, ae and a alike.
"""

import re
import unicodedata
from typing import NamedTuple

from retrieval.language.steps import ALL, Steps

_TOKEN = re.compile(
    r"""(?<![^\W_])[cf](?:\+\+|\#)(?![^\W_])  # C++, C#
    |[^\W_]+(?:(?:[.\-_/:'&+!]|(?<=\d),(?=\d{1,2}(?!\d)))[^\W_]+)*""",
    re.VERBOSE,
)
_SIGNS = re.compile(r"[-_/'&+!]")
_NEGATED = re.compile(r"(.+)n't")
_WHOLE = {"ca": "can", "wo": "will"}
_ENDING = re.compile(r"'[^\W_]{1,2}$")
"""What an apostrophe leaves over: geht's, I've."""
_GROWN = re.compile(
    r"""v(\d+(?:\.\d+)*)            # v2.3.1
    |([^\W\d_]{3,})(\d{2,})         # fritzbox7590
    |[^\W\d_]{1,2}(\d{3,})          # e1042
    |(\d+(?:\.\d+)?)([^\W\d_]{2,5}) # 2.4ghz""",
    re.VERBOSE,
)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_HAS_DIGIT = re.compile(r"\d")
_ALIKE = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("‐‑‒–−", "-")
    | dict.fromkeys("’‘ʼ", "'")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
_COMMON = re.compile(r"[\x00-\x7fäöü„“”»«]*")
"""What stays as it is once it is in small letters: nearly every German or English text."""
_MARKS = re.compile(r"(?<![aou])\u0308|[\u0300-\u0307\u0309-\u036f]")
"""Accents, but not the two dots of an umlaut."""


class Token(NamedTuple):
    """What is written in one piece."""

    spelt: str
    """As it stands, folded."""
    word: str
    """The whole as a word, without the signs that join it."""
    parts: tuple[str, ...] = ()


def fold(text: str, steps: Steps = ALL) -> str:
    """Return the form in which spellings are compared.

    >>> fold("Straße im Café")
    'strasse im cafe'
    """
    if not steps.folding:
        return text.lower()
    folded = text.casefold()
    if folded.isascii():
        return folded
    folded = folded.replace("–", "-").replace("’", "'")  # as in _ALIKE
    if _COMMON.fullmatch(folded):
        return folded
    folded = unicodedata.normalize("NFKC", folded).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", bare).translate(_ALIKE)


def written_out(word: str) -> str:
    """Return a word with its umlauts as two letters, as where the keyboard has none."""
    return word if word.isascii() else word.translate(_WRITTEN_OUT)


def tokens(text: str, steps: Steps = ALL) -> list[Token]:
    """Return the tokens of a text, in order.

    >>> tokens("WLAN-Kennwort")
    [Token(spelt='wlan-kennwort', word='wlankennwort', parts=('wlan', 'kennwort'))]
    """
    cut = _token if steps.joining else _token_as_written
    return [cut(spelt) for spelt in _TOKEN.findall(fold(text, steps))]


def words(text: str, steps: Steps = ALL) -> list[str]:
    """Return the words of a text, in order; what is joined both whole and in parts.

    >>> words("WLAN-Kennwort v1.2.3, Fehler 0x80070005")
    ['wlankennwort', 'wlan', 'kennwort', 'v1.2.3', '1.2.3', 'fehler', '0x80070005']
    """
    return [word for token in tokens(text, steps) for word in (token.word, *token.parts)]


def is_code(word: str) -> bool:
    """Numbers, versions and error codes are never stemmed, split or corrected."""
    return _HAS_DIGIT.search(word) is not None


def _token(spelt: str) -> Token:
    if spelt.isalpha() or spelt[-1] in "+#":
        return Token(spelt, spelt)
    word = _SIGNS.sub("", spelt).replace(",", ".") or spelt
    parts = dict.fromkeys(part for piece in _pieces(spelt) for part in _grown(piece))
    parts.pop(word, None)
    return Token(spelt, word, tuple(parts))


def _pieces(spelt: str) -> list[str]:
    """Return what signs join; a number keeps its dots and colons, a single letter says nothing."""
    negated = _NEGATED.fullmatch(spelt)
    if negated:
        return [*_pieces(_WHOLE.get(negated[1], negated[1])), "not"]
    found = []
    for piece in _SIGNS.split(_ENDING.sub("", spelt)):
        found.append(piece.replace(",", "."))
        if not is_code(piece):
            found += re.split(r"[.:]", piece)
    return [piece for piece in found if len(piece) > 1 or piece.isdigit()]


def _grown(piece: str) -> tuple[str, ...]:
    """Return the piece, and what grew together in it: a name and its number, an amount, a version.

    >>> _grown("fritzbox7590")
    ('fritzbox7590', 'fritzbox', '7590')
    """
    found = _GROWN.fullmatch(piece) if is_code(piece) else None
    return (piece, *(part for part in found.groups() if part)) if found else (piece,)


def _token_as_written(spelt: str) -> Token:
    if is_code(spelt):
        return Token(spelt, spelt)
    parts = tuple(re.findall(r"[^\W_]+", _ENDING.sub("", spelt)))
    return Token(spelt, spelt, () if parts == (spelt,) else parts)
