"""Two revisions compared: lines first, then words inside what changed. Fast for any length.

Comparing takes as long as both texts multiplied, so nothing long is ever compared word by word:
what begins and ends alike is set aside, and what is left is first taken apart into sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desk.curate.diffing import Fate, Piece

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"\n*[^\n]+")
"""Each with the blank lines before it: alone they are all alike, which makes comparing slow."""
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+\s*|\n+|$)")
_MOST = 250_000
"""Pairs that are compared at once."""
_AROUND = 2
"""Lines shown before and after what changed."""


@dataclass(frozen=True)
class Stretch:
    """Lines that go together: changed ones with their words, or unchanged ones."""

    pieces: Sequence[Piece]
    is_changed: bool
    folded: int = 0
    """Unchanged lines that are folded away; 0: they are shown."""


def stretches(before: str, after: str) -> list[Stretch]:
    """Return what stayed and what changed, in reading order."""
    old, new = _LINES.findall(before), _LINES.findall(after)
    if old == new:
        return []
    found: list[Stretch] = []
    codes = list(_opcodes(old, new))
    for at, (what, old_part, new_part) in enumerate(codes):
        if what == "equal":
            found += _kept(new_part, is_first=at == 0, is_last=at == len(codes) - 1)
        else:
            compared = words("".join(old_part), "".join(new_part))
            found.append(Stretch(_trimmed(compared), is_changed=True))
    return found


def words(before: str, after: str) -> list[Piece]:
    """Return what is kept, removed and added, in reading order."""
    return _joined(_compared(before, after))


def _opcodes(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Yield runs of lines that are equal or not; what is alike at both ends costs nothing."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    if head:
        yield "equal", old[:head], new[:head]
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(left) * len(right) > _MOST * 16:
        yield "replace", left, right
    elif left or right:
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            yield what, left[a:b], right[c:d]
    if tail:
        yield "equal", old[len(old) - tail :], new[len(new) - tail :]


def _kept(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Stretch]:
    before = 0 if is_first else _AROUND
    after = 0 if is_last else _AROUND
    middle = len(lines) - before - after
    if middle <= _AROUND:
        yield _same(lines)
        return
    if before:
        yield _same(lines[:before])
    yield _same(lines[before : len(lines) - after], folded=middle)
    if after:
        yield _same(lines[len(lines) - after :])


def _same(lines: Sequence[str], folded: int = 0) -> Stretch:
    kept = [Piece(Fate.KEPT, "".join(lines))]
    return Stretch(_trimmed(kept), is_changed=False, folded=folded)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Leave out blank lines before the first word: each stretch stands apart anyway."""
    for at, piece in enumerate(pieces):
        text = piece.text.lstrip("\n")
        if text:
            return [Piece(piece.fate, text), *pieces[at + 1 :]]
    return pieces


def _compared(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield Piece(Fate.KEPT, "".join(old[:head]))
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(left) * len(right) <= _MOST:
        yield from _matched(left, right)
    else:
        yield from _by_sentences("".join(left), "".join(right))
    yield Piece(Fate.KEPT, "".join(old[len(old) - tail :]) if tail else "")


def _by_sentences(before: str, after: str) -> Iterator[Piece]:
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    if len(old) * len(new) > _MOST * 16:
        yield from (Piece(Fate.REMOVED, before), Piece(Fate.ADDED, after))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal":
            yield Piece(Fate.KEPT, removed)
            continue
        left, right = _WORDS.findall(removed), _WORDS.findall(added)
        if len(left) * len(right) <= _MOST:
            yield from _matched(left, right)
        else:
            yield from (Piece(Fate.REMOVED, removed), Piece(Fate.ADDED, added))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield Piece(Fate.KEPT, "".join(old[a:b]))
            continue
        yield Piece(Fate.REMOVED, "".join(old[a:b]))
        yield Piece(Fate.ADDED, "".join(new[c:d]))


def _joined(found: Iterator[Piece]) -> list[Piece]:
    """Join neighbours: a lone blank between two changes changes with them, as people read it."""
    kept: list[Piece] = []
    for piece in found:
        if not piece.text:
            continue
        if kept and kept[-1].fate is piece.fate:
            kept[-1] = Piece(piece.fate, kept[-1].text + piece.text)
        else:
            kept.append(piece)
    return _smoothed(kept)


def _smoothed(found: Sequence[Piece]) -> list[Piece]:
    """Take a blank between changed words into the change: "~~alter~~ ~~Satz~~" is one change."""
    removed, added = "", ""
    smooth: list[Piece] = []
    for at, piece in enumerate(found):
        follows = at + 1 < len(found) and (removed or added)
        if piece.fate is Fate.REMOVED:
            removed += piece.text
        elif piece.fate is Fate.ADDED:
            added += piece.text
        elif follows and piece.text.isspace() and "\n" not in piece.text:
            removed, added = removed + piece.text, added + piece.text
        else:
            smooth += _both(removed, added)
            smooth.append(piece)
            removed, added = "", ""
    return [*smooth, *_both(removed, added)]


def _both(removed: str, added: str) -> list[Piece]:
    pieces = []
    if removed.strip() or (removed and not added):
        pieces.append(Piece(Fate.REMOVED, removed))
    if added:
        pieces.append(Piece(Fate.ADDED, added))
    return pieces


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    shorter = min(len(old), len(new))
    return next((at for at in range(shorter) if old[at] != new[at]), shorter)
