"""Names of devices and products that a part of an article may be for.

A few are known, with the words customers use for them; any other name is taken as it is written.
"""

import re
from collections.abc import Iterable

from kb.text import one_line, slugify

LABELS = {
    "ios": "iPhone, iPad",
    "android": "Android",
    "windows": "Windows",
    "macos": "Mac",
    "linux": "Linux",
}
"""What is shown for a known name: product names, the same in every language."""

_ALIASES = {
    "iphone": "ios",
    "ipad": "ios",
    "ipados": "ios",
    "win": "windows",
    "mac": "macos",
    "mac os": "macos",
}
_NAME = re.compile(r"\w[\w .+/&-]{0,39}")
_WORD = re.compile(r"\w+")
MOST = 8

Names = tuple[str, ...]
"""Devices a text is for; none: for all of them."""


def names(listed: str) -> Names:
    """Return the devices of a list, each once, or none if one of them cannot be a name.

    >>> names("iPhone, Android, Kogge Box 3")
    ('ios', 'android', 'Kogge Box 3')
    """
    said = [one_line(part) for part in listed.split(",")]
    if len(said) > MOST or not all(_NAME.fullmatch(part) for part in said):
        return ()
    return tuple(dict.fromkeys(_canonical(part) for part in said))


def key(name: str) -> str:
    """Return the name as it stands in addresses.

    >>> key("Kogge Box 3")
    'kogge-box-3'
    """
    return slugify(name, fallback="device")


def label(name: str) -> str:
    """Return the name as it is shown.

    >>> label("ios")
    'iPhone, iPad'
    """
    return LABELS.get(name, name)


def words(devices: Iterable[str]) -> str:
    """Return all words somebody may use for these devices, for the index."""
    return " ".join(f"{label(one)} {one}" if one in LABELS else one for one in devices)


def is_known(name: str) -> bool:
    return name in LABELS


def named_in(text: str, among: Iterable[str]) -> Names:
    """Return those of the devices that a question names.

    >>> named_in("eSIM auf dem iPhone einrichten", ["ios", "android"])
    ('ios',)
    """
    said = " " + " ".join(_WORD.findall(text.casefold())) + " "
    return tuple(one for one in among if any(f" {word} " in said for word in _spoken(one)))


def of_browser(user_agent: str) -> str:
    """Guess the device from what a browser says of itself; nothing is kept.

    >>> of_browser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)")
    'ios'
    """
    for mark, name in _MARKS:
        if mark in user_agent[:500]:
            return name
    return ""


_MARKS = (
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "macos"),
    ("Linux", "linux"),
)


def _canonical(name: str) -> str:
    folded = name.casefold()
    known = _ALIASES.get(folded, folded)
    return known if known in LABELS else name


def _spoken(name: str) -> set[str]:
    aliases = {alias for alias, known in _ALIASES.items() if known == name}
    listed = {word.strip().casefold() for word in label(name).split(",")}
    return {name.casefold()} | aliases | listed
