"""A file's name as it is shown and saved: it says what it is, and no more than that."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kb.attachments.models import FileKind
from kb.text import one_line

LONGEST_STEM = 80
ENDINGS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileKind.WEBP: ("webp",),
    FileKind.GIF: ("gif",),
    FileKind.HEIC: ("heic", "heif"),
    FileKind.PDF: ("pdf",),
    FileKind.TEXT: ("txt", "log"),
}
"""The first is what a file gets that has none."""

_KNOWN = frozenset(ending for endings in ENDINGS.values() for ending in endings)
_PATH = re.compile(r".*[/\\]")
_UNSAFE = re.compile(r'[<>:"|?*%`$;&]+')
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")
_MOST_MARKS = 2
"""Marks above and below one letter; more of them cover the lines around."""
_NAMELESS = "datei"


def plain_name(given: str) -> str:
    """Return the name without folders, and without characters that make a name lie."""
    flat = one_line("".join(_readable(given)), limit=300)
    return _UNSAFE.sub("_", _PATH.sub("", flat)).strip(" ._")


def display_name(given: str, kind: FileKind) -> str | None:
    """Return the name to show, or None when its ending is that of something we do not take.

    An ending of another kind we take is put right; text must be called text, because much else
    would pass for it.
    """
    name = plain_name(given)
    found = _ENDING.search(name)
    ending = found.group(1).lower() if found else ""
    if (ending and ending not in _KNOWN) or (
        kind is FileKind.TEXT and ending not in ENDINGS[kind]
    ):
        return None
    stem = _ENDING.sub("", name).strip(" ._")[:LONGEST_STEM].strip(" ._") or _NAMELESS
    return f"{stem}.{ending if ending in ENDINGS[kind] else ENDINGS[kind][0]}"


def _readable(given: str) -> Iterator[str]:
    """Leave out what is not seen but turns or hides the rest, and piles of marks."""
    marks = 0
    for char in unicodedata.normalize("NFC", given[:2_000]):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category != "Cf" and marks <= _MOST_MARKS:
            yield char
