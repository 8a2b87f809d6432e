"""Where in an article's Markdown the words of a reader stand, and what a proposal makes of them.

A reader sees no markup and the text may have moved since, so words are compared, first as they
are, then whatever is around them, at last as near as can be. Pure: nothing is read or kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.fuzz import partial_ratio_alignment

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)|\{for [^{}\n]{1,200}\}|\{/for\}"
    r"|(?m:^[ \t]*(?:\d{1,3}[.)]|[-*+>]|#{1,6})[ \t]+)"
)
_MARKUP = re.compile(r"\*\*|__|`|~~|\[|\](?:\([^)]*\))?")
_CLOSES = re.compile(r"\*\*|`|\]\([^)]*\)")
_OPENS = re.compile(r"(?:(?<=\s)\*\*|(?<=\s)`|\[)$")
_NEAR_ENOUGH = 80
_FEW_LETTERS = 12


class How(StrEnum):
    """How surely the words were found."""

    EXACT = "exact"
    MOVED = "moved"
    """The same words, set otherwise: with markup or other signs between them."""
    CHANGED = "changed"
    """Words much like them: somebody has edited the passage since."""


@dataclass(frozen=True)
class Place:
    """Whole lines of the Markdown, and the words in them."""

    start: int
    end: int
    first: int
    """Where the first of the words begins."""
    last: int
    """Where the last of the words ends."""
    how: How


@dataclass(frozen=True)
class _Seen:
    """A word as a reader sees it, and where it stands in the Markdown."""

    word: str
    start: int
    end: int


def locate(body: str, passage: str, *, section: str = "") -> Place | None:
    """Return where a passage stands; of several places, the one below its heading.

    >>> place = locate("1. Tippen Sie auf **Ein**.", "Tippen Sie auf Ein.")
    >>> place.first, place.last, place.how.value
    (3, 23, 'moved')
    """
    seen, wanted = list(_seen(body)), [one.word for one in _seen(passage)]
    if not seen or not wanted:
        return None
    spans = list(_runs([one.word for one in seen], wanted))
    if spans:
        begin = _heading(body, section)
        after = [span for span in spans if seen[span[0]].start >= begin]
        first, last = (after or spans)[0]
        is_exact = passage.strip() in body
        return _place(body, seen[first], seen[last], How.EXACT if is_exact else How.MOVED)
    near = _nearest(seen, wanted)
    return _place(body, *near, How.CHANGED) if near is not None else None


def source(body: str, place: Place) -> str:
    """Return the lines as they stand."""
    return body[place.start : place.end]


def proposed(body: str, place: Place, wording: str) -> str:
    """Return the lines with the reader's wording in them; markup around kept words stays.

    >>> body = "1. Tippen Sie auf **Ein**."
    >>> proposed(body, locate(body, "Tippen Sie auf Ein"), "Tippen Sie zweimal auf Ein")
    '1. Tippen Sie zweimal auf **Ein**.'
    """
    old = [one for one in _seen(body) if place.first <= one.start < place.last]
    new = list(_seen(wording))
    if not new:
        return source(body, place)
    written = "".join(_written(body, old, wording, new))
    head = wording[: new[0].start].strip()
    if head and body[place.start : place.first].rstrip("*_`[( ").endswith(head):
        head = ""
    tail = wording[new[-1].end :].strip()
    rest = body[place.last : place.end]
    if tail and _MARKUP.sub("", rest).startswith(tail):
        tail = ""
    return body[place.start : place.first] + head + written + tail + rest


def _written(body: str, old: Sequence[_Seen], wording: str, new: Sequence[_Seen]) -> Iterator[str]:
    """Yield what stands there afterwards: kept words from the Markdown, others as proposed."""
    twins = _twins(old, new)
    for to, word in enumerate(new):
        twin, before = twins.get(to), twins.get(to - 1)
        if to > 0:
            between = wording[new[to - 1].end : word.start]
            there = ""
            if twin is not None and before is not None and twin == before + 1:
                there = body[old[before].end : old[twin].start]
            if there and _bare(there) == between.split():
                yield there
            else:
                yield _closing(body, old, before) + between + _opening(body, old, twin)
        yield wording[word.start : word.end]


def _twins(old: Sequence[_Seen], new: Sequence[_Seen]) -> dict[int, int]:
    """Return for each new word the old one it is, or takes the place of."""
    matcher = SequenceMatcher(
        None, [one.word for one in old], [one.word for one in new], autojunk=False
    )
    found: dict[int, int] = {}
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what in {"equal", "replace"}:
            found.update(zip(range(new_from, new_to), range(old_from, old_to), strict=False))
    return found


def _closing(body: str, old: Sequence[_Seen], before: int | None) -> str:
    """Return the markup that ends right after a kept word."""
    match = _CLOSES.match(body, old[before].end) if before is not None else None
    return match.group() if match else ""


def _opening(body: str, old: Sequence[_Seen], twin: int | None) -> str:
    """Return the markup that begins right before a kept word."""
    match = _OPENS.search(body[: old[twin].start]) if twin else None
    return match.group() if match else ""


def _bare(there: str) -> list[str]:
    return _MARKUP.sub("", _UNSEEN.sub("", there)).split()


def _seen(text: str) -> Iterator[_Seen]:
    hidden = _UNSEEN.sub(lambda match: " " * len(match.group()), text)
    for match in _WORD.finditer(hidden):
        yield _Seen(match.group().casefold(), match.start(), match.end())


def _runs(words: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    size = len(wanted)
    for at in range(len(words) - size + 1):
        if words[at] == wanted[0] and list(words[at : at + size]) == list(wanted):
            yield at, at + size - 1


def _nearest(seen: Sequence[_Seen], wanted: Sequence[str]) -> tuple[_Seen, _Seen] | None:
    asked, text = " ".join(wanted), " ".join(one.word for one in seen)
    if len(asked) < _FEW_LETTERS:
        return None
    found = partial_ratio_alignment(asked, text, score_cutoff=_NEAR_ENOUGH)
    if found is None or found.dest_end <= found.dest_start:
        return None
    inside, at = [], 0
    for one in seen:
        middle = at + len(one.word) // 2
        if found.dest_start <= middle < found.dest_end:
            inside.append(one)
        at += len(one.word) + 1
    return (inside[0], inside[-1]) if inside else None


def _heading(body: str, section: str) -> int:
    """Return where the heading of this name stands; 0 where there is none."""
    wanted = [one.word for one in _seen(section)]
    at = 0
    for line in body.splitlines(keepends=True):
        if wanted and line.startswith("#") and [one.word for one in _seen(line)] == wanted:
            return at
        at += len(line)
    return 0


def _place(body: str, first: _Seen, last: _Seen, how: How) -> Place:
    start = body.rfind("\n", 0, first.start) + 1
    end = body.find("\n", last.end)
    return Place(start, len(body) if end < 0 else end, first.start, last.end, how)
