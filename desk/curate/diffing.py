"""Two wordings, compared word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Fate(StrEnum):
    """What becomes of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Words that share a fate."""

    fate: Fate
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return what is kept, removed and added, in reading order.

    >>> [(piece.fate.value, piece.text) for piece in pieces("rot blinkt", "grün blinkt")]
    [('removed', 'rot'), ('added', 'grün'), ('kept', ' blinkt')]
    """
    return list(_pieces(_WORDS.findall(before), _WORDS.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if what == "equal":
            yield Piece(Fate.KEPT, removed)
            continue
        if removed:
            yield Piece(Fate.REMOVED, removed)
        if added:
            yield Piece(Fate.ADDED, added)
