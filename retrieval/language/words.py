"""Cut text into words: folded, with codes and versions kept whole.

Folding is casefold and NFKC; ß becomes ss. Umlauts stay for the stemmer, which treats ä, ae and a
alike.
"""

import re
import unicodedata

_TOKEN = re.compile(r"[^\W_]+(?:[.\-_/:'’&+][^\W_]+)*")
_ENDING = re.compile(r"['’][^\W_]{1,2}$")
"""What an apostrophe leaves over: geht's, don't, I've."""
_PART = re.compile(r"[^\W_]+")
_HAS_DIGIT = re.compile(r"\d")


def fold(text: str) -> str:
    """Return the form in which spellings are compared.

    >>> fold("Straße")
    'strasse'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[tuple[str, list[str]]]:
    """Return the folded words of a text, in order, each with the parts a hyphen leaves it.

    >>> tokens("WLAN-Kennwort v1.2.3")
    [('wlan-kennwort', ['wlan', 'kennwort']), ('v1.2.3', [])]
    """
    return [(token, _parts(token)) for token in _TOKEN.findall(fold(text))]


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order; hyphenated ones whole and in parts.

    >>> words("WLAN-Kennwort v1.2.3, Fehler 0x80070005")
    ['wlan-kennwort', 'wlan', 'kennwort', 'v1.2.3', 'fehler', '0x80070005']
    """
    return [word for token, parts in tokens(text) for word in (token, *parts)]


def _parts(token: str) -> list[str]:
    if is_code(token):
        return []
    parts = _PART.findall(_ENDING.sub("", token))
    return [] if parts == [token] else parts


def is_code(word: str) -> bool:
    """Numbers, versions and error codes are never stemmed, split or corrected."""
    return _HAS_DIGIT.search(word) is not None
