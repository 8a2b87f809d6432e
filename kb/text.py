"""Text at the border: what comes in is normalised once, here."""

import hashlib
import re
import unicodedata

_BIDI_CONTROLS = "".join(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
)
_INVISIBLE = "\u200b\u200c\u2060\ufeff\u00ad"
_DROP = {ord(char): None for char in _BIDI_CONTROLS + _INVISIBLE}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)


def clean(text: str) -> str:
    """Normalise to NFC without control, bidi, zero-width or lone surrogate characters.

    NUL passes SQLite and is an error on PostgreSQL; bidi controls make file names lie.
    """
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFC", text).translate(_DROP)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, *, limit: int = 300) -> str:
    """Clean, collapse white space, and cut at `limit` characters."""
    return " ".join(clean(text).split())[:limit]


def slugify(text: str, *, fallback: str = "seite") -> str:
    """Turn a title into the last part of a URL: ASCII, umlauts written out, at most 80 characters.

    >>> slugify("Wie ändere ich mein WLAN-Kennwort?")
    'wie-aendere-ich-mein-wlan-kennwort'
    """
    plain = unicodedata.normalize("NFKD", clean(text).translate(_UMLAUTS))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:80].strip("-") or fallback


def digest(*parts: str) -> str:
    """Return the sha256 of the parts, hexadecimal; ("ab", "c") and ("a", "bc") differ."""
    inner = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        inner.update(len(data).to_bytes(8, "big"))
        inner.update(data)
    return inner.hexdigest()


class Anchors:
    """Names the headings of one page, in order; a heading that comes again gets a number.

    >>> anchors = Anchors()
    >>> [anchors.of("Schritte"), anchors.of("Schritte")]
    ['schritte', 'schritte-2']
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, heading: str) -> str:
        base = slugify(heading, fallback="abschnitt")
        self._seen[base] = self._seen.get(base, 0) + 1
        return base if self._seen[base] == 1 else f"{base}-{self._seen[base]}"
