"""Where things stand in an article: its paragraphs, steps and headings, as places in the source.

What is no language (marks, addresses, code) is blanked out, so that places stay what they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from markdown_it.token import Token

from desk import markdown
from retrieval.index.sentences import sentences as split

_MARKS = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]+`|!\[[^\]\n]*\]\([^)\n]*\)|\]\([^)\n]*\)|\[|\]|\*{1,3}|~~|"
    r"(?<!\w)_|_(?!\w)|\{for [^{}\n]{1,200}\}|\{/for\}|https?://\S+|"
    r"^[ \t]*(?:#{1,6}[ \t]|>[ \t]?|[-*+][ \t]|\d{1,9}[.)][ \t])+",
    re.MULTILINE | re.DOTALL,
)


class Sort(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    STEP = "step"


@dataclass(frozen=True)
class Place:
    """A stretch of the source, and its words with everything else blanked out."""

    start: int
    end: int
    words: str

    @property
    def count(self) -> int:
        return len(self.words.split())


@dataclass(frozen=True)
class Block(Place):
    """A paragraph, or the words of a heading or a list item."""

    sort: Sort
    level: int = 0
    """Of a heading."""


@dataclass(frozen=True)
class Step(Place):
    """A whole numbered step, with everything in it."""

    list_number: int


@dataclass(frozen=True)
class Table(Place):
    """A table, with its lines as they are written."""

    rows: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """An article taken apart."""

    body: str
    blocks: Sequence[Block]
    steps: Sequence[Step]
    tables: Sequence[Table]

    @property
    def prose(self) -> list[Block]:
        """Return what is read as sentences."""
        return [block for block in self.blocks if block.sort is not Sort.HEADING]


def layout(body: str) -> Layout:
    """Take an article apart."""
    tokens = markdown.parse(body)
    lines = [0, *accumulate(len(line) + 1 for line in body.split("\n"))]
    bare = blanked(body)
    end = len(body)

    def place(token: Token) -> tuple[int, int, str]:
        first, last = token.map or (0, 0)
        start, stop = lines[first], min(max(lines[last] - 1, lines[first]), end)
        return start, stop, bare[start:stop]

    blocks = [
        Block(*place(token), sort, level) for token, sort, level in _inlines(tokens) if token.map
    ]
    steps = [Step(*place(token), number) for token, number in _steps(tokens)]
    tables = [
        Table(start, stop, words, tuple(body[start:stop].split("\n")))
        for start, stop, words in (place(t) for t in tokens if t.type == "table_open")
    ]
    return Layout(body, blocks, steps, tables)


def blanked(body: str) -> str:
    """Return the text with spaces for whatever is no language, every word at its place."""
    return _MARKS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), body)


def sentences(block: Place) -> Iterator[Place]:
    """Yield the sentences of a block, each at its place."""
    at = 0
    for sentence in split(block.words):
        found = block.words.find(sentence, at)
        if found < 0:
            continue
        at = found + len(sentence)
        yield Place(block.start + found, block.start + at, sentence)


def _inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sort, int]]:
    """Yield what holds words, outside tables, with what it is part of."""
    around: list[str] = []
    level = 0
    for token in tokens:
        if token.nesting > 0:
            around.append(token.type)
            level = int(token.tag[1]) if token.type == "heading_open" else level
        elif token.nesting < 0:
            around.pop()
        elif token.type == "inline" and "table_open" not in around:
            yield token, _sort(around), level


def _sort(around: Sequence[str]) -> Sort:
    if around and around[-1] == "heading_open":
        return Sort.HEADING
    lists = [each for each in around if each in {"ordered_list_open", "bullet_list_open"}]
    if not lists:
        return Sort.PARAGRAPH
    return Sort.STEP if lists[-1] == "ordered_list_open" else Sort.POINT


def _steps(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the items of the outermost numbered lists, those of one step alone left out."""
    number = 0
    for at, token in enumerate(tokens):
        if token.type != "ordered_list_open":
            continue
        items = []
        for each in tokens[at + 1 :]:
            if each.level <= token.level:
                break
            if each.type == "list_item_open" and each.level == token.level + 1:
                items.append(each)
        if len(items) > 1:
            number += 1
            yield from ((item, number) for item in items)
