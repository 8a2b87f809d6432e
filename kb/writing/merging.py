"""Two edits of one text, brought together: what only one of them changed is taken as it is.

Line by line, as everybody who merges does it. Where both changed the same lines in different ways
there is a conflict, and a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Choice(StrEnum):
    """Whose words to take where both changed something."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Stretch:
    """Lines that both left alone, or that one changed, or both."""

    base: str
    theirs: str
    mine: str

    @property
    def is_conflict(self) -> bool:
        """Both changed it, and not in the same way."""
        return self.theirs not in {self.base, self.mine} and self.mine != self.base

    @property
    def is_changed(self) -> bool:
        return self.theirs != self.base or self.mine != self.base

    @property
    def merged(self) -> str:
        """Return the changed one; in a conflict, mine."""
        return self.theirs if self.mine == self.base else self.mine

    def taken(self, choice: Choice) -> str:
        """Return what is kept of a conflict."""
        if not self.is_conflict:
            return self.merged
        if choice is Choice.BOTH:
            return f"{self.theirs.rstrip()}\n\n{self.mine}" if self.mine else self.theirs
        return self.theirs if choice is Choice.THEIRS else self.mine


def merge(base: str, theirs: str, mine: str) -> list[Stretch]:
    r"""Return the text as stretches, in order.

    >>> found = merge("a\nb\nc\n", "a\nB\nc\n", "a\nb\nd\n")
    >>> "".join(each.merged for each in found), any(each.is_conflict for each in found)
    ('a\nB\nd\n', False)
    """
    texts = [text.splitlines(keepends=True) for text in (base, theirs, mine)]
    return list(_joined(_stretches(*texts)))


def decided(stretches: Sequence[Stretch], choices: Mapping[int, Choice]) -> str:
    """Return the merged text; conflicts are numbered from 0, and mine unless chosen otherwise."""
    told, number = [], 0
    for each in stretches:
        choice = choices.get(number, Choice.MINE)
        told.append(each.taken(choice))
        number += each.is_conflict
    return "".join(told)


def _stretches(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[Stretch]:
    """Yield what lies between the lines that stand in all three, and those lines."""
    in_theirs, in_mine = _kept(base, theirs), _kept(base, mine)
    at, at_theirs, at_mine = 0, 0, 0
    for line in range(len(base)):
        there, here = in_theirs.get(line), in_mine.get(line)
        if there is None or here is None:
            continue
        if (line, there, here) != (at, at_theirs, at_mine):
            yield from _cut(base[at:line], theirs[at_theirs:there], mine[at_mine:here])
        yield Stretch(base[line], theirs[there], mine[here])
        at, at_theirs, at_mine = line + 1, there + 1, here + 1
    yield from _cut(base[at:], theirs[at_theirs:], mine[at_mine:])


def _kept(base: list[str], other: list[str]) -> dict[int, int]:
    """Return where each line of the base stands in the other text, if it does."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {a + offset: b + offset for a, b, size in blocks for offset in range(size)}


def _cut(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[Stretch]:
    """Yield lines somebody changed; one by one where no line came or went, as in a list."""
    if len(base) == len(theirs) == len(mine):
        for lines in zip(base, theirs, mine, strict=True):
            yield Stretch(*lines)
    else:
        yield Stretch("".join(base), "".join(theirs), "".join(mine))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Put neighbours together that nobody changed."""
    before = Stretch("", "", "")
    for each in stretches:
        if before.is_changed or each.is_changed:
            if before.base or before.theirs or before.mine:
                yield before
            before = each
        else:
            text = before.base + each.base
            before = Stretch(text, text, text)
    if before.base or before.theirs or before.mine:
        yield before
