"""Where an article stands in the exported folder: the same place every time. Pure.

What an import would pass over, or two files would share, gets another name; a name that was given
so is kept as it is the next time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingestion.files import NEVER_ARTICLES
from ingestion.sources.markdown import CONTENTS, INCLUDES
from kb.text import slugify

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")
_ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
}
_LONGEST = 8
"""Folders in folders."""


@dataclass(frozen=True)
class Named:
    """What an article's place is made of."""

    id: int
    source: str
    key: str
    category: str
    slug: str


def places(articles: Iterable[Named]) -> dict[int, str]:
    """Return each article's path, without language and ending, by its id.

    >>> places([Named(1, "markdown:docs", "wifi/slow", "", ""), Named(2, "desk", "x", "net", "a")])
    {1: 'wifi/slow', 2: 'net/a'}
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    ordered = sorted(
        articles, key=lambda one: (one.source == "desk", wanted(one) != one.key, one.id)
    )
    for one in ordered:
        path = _free(wanted(one), taken)
        taken.add(path.casefold())
        found[one.id] = path
    return found


def wanted(article: Named) -> str:
    """Return the path an article has if nobody else has it."""
    if article.source == "desk":
        return f"{segment(article.category or 'articles')}/{segment(article.slug)}"
    parts = [part for part in article.key.split("/") if part][-_LONGEST:]
    return "/".join(segment(part) for part in parts) or segment(article.slug)


def segment(name: str) -> str:
    """Return a name of a file or folder that every system takes and an import reads."""
    plain = name if _SAFE.fullmatch(name) and not name.endswith(".") else slugify(name)
    passed_over = plain.lower() in INCLUDES | CONTENTS | NEVER_ARTICLES
    return f"{plain}-articles" if passed_over else plain


def file_name(name: str, content_type: str) -> str:
    """Return a name for an image, with an ending that says what it is."""
    endings = _ENDINGS.get(content_type, (".png",))
    stem, dot, ending = name.rpartition(".")
    if dot and _SAFE.fullmatch(name) and f".{ending.lower()}" in endings:
        return name
    return segment(slugify(stem or name, fallback="image")) + endings[0]


def _free(path: str, taken: set[str]) -> str:
    if path.casefold() not in taken:
        return path
    numbered = (f"{path}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in numbered if each.casefold() not in taken)
