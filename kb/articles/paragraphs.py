"""An article paragraph by paragraph: which changed since, and which translates which. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.articles.models import Significance

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})[ \t]")
_KINDS = (
    ("steps", re.compile(r"[ \t]*\d{1,9}[.)][ \t]")),
    ("list", re.compile(r"[ \t]*[-*+][ \t]")),
    ("quote", re.compile(r"[ \t]*>")),
    ("table", re.compile(r"[ \t]*\|")),
    ("code", _FENCE),
    ("picture", re.compile(r"[ \t]*!\[")),
)
_WEIGHT = {Significance.TYPO: 0, Significance.MINOR: 1, Significance.MAJOR: 2}


@dataclass(frozen=True)
class Written:
    """What a revision says, and how much it changed."""

    body: str
    significance: Significance


@dataclass(frozen=True)
class Pair:
    """A paragraph of the original beside what translates it, by place; None: nothing does."""

    original: int | None
    translation: int | None


def split(body: str) -> list[str]:
    """Return the paragraphs; joined by blank lines they are the text again. Code stays whole."""
    found: list[list[str]] = [[]]
    fence = ""
    for line in body.split("\n"):
        if not line.strip() and not fence:
            if found[-1]:
                found.append([])
            continue
        found[-1].append(line)
        fence = _fence_after(line, fence)
    return ["\n".join(lines) for lines in found if lines]


def changed(base: str, later: Iterable[Written]) -> list[Significance | None]:
    """Return for each paragraph of the last text how much it changed since `base`; None: not.

    What only typos were mended in has not changed.
    """
    before = split(base)
    marks: list[Significance | None] = [None] * len(before)
    for written in later:
        after = split(written.body)
        marks = _carried(before, after, marks, written.significance)
        before = after
    return marks


def pairs(original: Sequence[str], translation: Sequence[str]) -> list[Pair]:
    """Pair paragraphs: sections by their headings in order, and in a section by kind and place."""
    ours, theirs = _sections(original), _sections(translation)
    levels = (
        [_level(original[part[0]]) for part in ours],
        [_level(translation[part[0]]) for part in theirs],
    )
    found: list[Pair] = []
    for left, right in _aligned(*levels):
        here = ours[left] if left is not None else []
        there = theirs[right] if right is not None else []
        kinds = [_kind(original[at]) for at in here], [_kind(translation[at]) for at in there]
        for one, other in _aligned(*kinds):
            found.append(
                Pair(
                    here[one] if one is not None else None,
                    there[other] if other is not None else None,
                )
            )
    return found


def _carried(
    before: Sequence[str],
    after: Sequence[str],
    marks: Sequence[Significance | None],
    significance: Significance,
) -> list[Significance | None]:
    carried: list[Significance | None] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            carried += marks[old_from:old_to]
            continue
        own = None if significance is Significance.TYPO else significance
        heaviest = max([*marks[old_from:old_to], own], key=_weight)
        carried += [heaviest] * (new_to - new_from)
    return carried


def _weight(mark: Significance | None) -> int:
    return _WEIGHT[mark] if mark is not None else -1


def _fence_after(line: str, fence: str) -> str:
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found.group(1)
    closes = found.group(1)[0] == fence[0] and len(found.group(1)) >= len(fence)
    return "" if closes and not line.strip(" \t>`~") else fence


def _sections(paragraphs: Sequence[str]) -> list[list[int]]:
    """Return the places of each section's paragraphs: a heading and what follows it."""
    found: list[list[int]] = []
    for at, text in enumerate(paragraphs):
        if not found or _level(text):
            found.append([])
        found[-1].append(at)
    return found


def _level(paragraph: str) -> int:
    found = _HEADING.match(paragraph)
    return len(found.group(1)) if found else 0


def _kind(paragraph: str) -> str:
    if _level(paragraph):
        return "heading"
    return next((name for name, mark in _KINDS if mark.match(paragraph)), "text")


def _aligned(
    left: Sequence[object], right: Sequence[object]
) -> Iterable[tuple[int | None, int | None]]:
    """Pair two rows of kinds: place by place where as many, else the longest common run first."""
    if len(left) == len(right):
        yield from zip(range(len(left)), range(len(right)), strict=True)
        return
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        for at in range(max(b - a, d - c)):
            yield (a + at if a + at < b else None, c + at if c + at < d else None)
