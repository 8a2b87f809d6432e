"""Cut an article where its author cut it: at headings, between blocks, never inside a step.

A piece is a slice of the article's own Markdown, so whatever is quoted from it stands there word
for word. Lists and tables stay whole while they fit; a longer one is cut between items or rows.
What is for some devices only is never in one piece with what is not: of a block with parts for
several devices, each gets what its readers see.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.articles import conditions
from kb.articles.devices import Names
from kb.text import Anchors
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences

VERSION = "1"
"""Part of every collection's fingerprint: raise it with any change that cuts differently.

Blocks for devices did not: a text without them is cut as before, to the letter.
"""

JOIN = " › "
_SMALL = 30
"""Tokens below which a section is joined with the next one."""

CountTokens = Callable[[Sequence[str]], list[int]]
_parser = conditions.conditional(MarkdownIt("commonmark", {"html": False}).enable("table"))


@dataclass(frozen=True)
class Piece:
    """A slice of an article with the headings it stands under."""

    section: str
    anchor: str
    text: str
    devices: Names = ()
    """Those it is for; none: for all."""


@dataclass
class _Block:
    text: str
    path: tuple[str, ...]
    anchor: str
    starts_section: bool = False
    tokens: int = 0
    heading: str = ""
    """The heading's own line, where the block is the first under it."""
    devices: Names = ()


@dataclass
class _Open:
    """The piece being filled."""

    blocks: list[_Block] = field(default_factory=list)

    @property
    def tokens(self) -> int:
        return sum(block.tokens for block in self.blocks)

    def close(self) -> Piece:
        first = self.blocks[0]
        texts = [first.text]
        for block in self.blocks[1:]:
            texts += [block.heading, block.text] if block.heading else [block.text]
        return Piece(JOIN.join(first.path), first.anchor, "\n\n".join(texts), first.devices)


def cut(markdown: str, *, limit: int, count: CountTokens) -> list[Piece]:
    """Cut Markdown into pieces of at most `limit` tokens.

    Args:
        markdown: the body of a revision.
        limit: the most tokens a piece may have, by the model's own tokenizer.
        count: counts tokens of plain texts.

    Returns:
        The pieces in order; together they hold every block of the body.
    """
    parts = [part for block in _blocks(markdown) for part in _fitting(block, limit, count)]
    for block, tokens in zip(
        parts, count([plain(f"{b.heading} {b.text}") for b in parts]), strict=True
    ):
        block.tokens = tokens
    pieces: list[Piece] = []
    current = _Open()
    for block in parts:
        full = current.tokens + block.tokens > limit
        new_section = block.starts_section and current.tokens >= _SMALL
        other = bool(current.blocks) and current.blocks[0].devices != block.devices
        if current.blocks and (full or new_section or other):
            pieces.append(current.close())
            current = _Open()
        current.blocks.append(block)
    if current.blocks:
        pieces.append(current.close())
    return pieces


def blocks(markdown: str) -> list[str]:
    """Return the top-level blocks of a piece of Markdown, headings left out."""
    return [block.text for block in _blocks(markdown)]


def _blocks(markdown: str) -> Iterator[_Block]:
    """Yield the top-level blocks with the headings they stand under and the devices they are for.

    A heading in a block for devices ends with it.
    """
    lines = markdown.split("\n")
    path: list[tuple[int, str]] = []
    outside: list[tuple[list[tuple[int, str]], str]] = []
    anchors = Anchors()
    anchor, heading = "", ""
    tokens = _parser.parse(markdown)
    for position, token, devices in conditions.top_level(tokens):
        if token.type == "for_open":
            outside.append((path, anchor))
        elif token.type == "for_close":
            (path, anchor), heading = outside.pop(), ""
        elif token.map is None:
            continue
        elif token.type == "heading_open":
            depth, title = int(token.tag[1]), plain(tokens[position + 1].content)
            path = [entry for entry in path if entry[0] < depth] + [(depth, title)]
            anchor = anchors.of(title)
            heading = "\n".join(lines[slice(*token.map)]).strip("\n")
        elif told := _told(token, lines, devices):
            under, starts = tuple(title for _, title in path), bool(heading)
            for names, said in told:
                yield _Block(said, under, anchor, starts, heading=heading, devices=names)
            heading = ""


def _told(token: Token, lines: list[str], devices: Names) -> list[tuple[Names, str]]:
    """Return what a block says to whom; in code, marks are text."""
    text = "\n".join(lines[slice(*(token.map or ()))]).strip("\n")
    if not text.strip():
        return []
    if token.type in {"fence", "code_block"}:
        return [(devices, text)]
    return conditions.variants(text, devices)


def _fitting(block: _Block, limit: int, count: CountTokens) -> list[_Block]:
    """Return the block, or its items, rows or sentences if it is too long to stay whole."""
    if len(block.text) < limit or count([plain(block.text)])[0] <= limit:
        return [block]
    items = _items(block.text)
    parts = items if len(items) > 1 else sentences(block.text)
    return [
        _Block(
            text,
            block.path,
            block.anchor,
            starts_section=block.starts_section and at == 0,
            heading=block.heading if at == 0 else "",
            devices=block.devices,
        )
        for at, text in enumerate(_packed(block.text, parts, limit, count))
    ]


def _packed(text: str, parts: list[str], limit: int, count: CountTokens) -> list[str]:
    """Return slices of the text: neighbouring parts together while they fit.

    A part too long by itself is cut between words.
    """
    whole = [
        piece
        for part, tokens in zip(parts, count([plain(p) for p in parts]), strict=True)
        for piece in ([part] if tokens <= limit else _words(part, limit, count))
    ]
    spans: list[tuple[int, int]] = []
    filled = at = 0
    for part, tokens in zip(whole, count([plain(p) for p in whole]), strict=True):
        start = text.index(part, at)
        at = start + len(part)
        if spans and filled + tokens <= limit:
            spans[-1] = (spans[-1][0], at)
            filled += tokens
        else:
            spans.append((start, at))
            filled = tokens
    return [text[start:end] for start, end in spans]


def _items(text: str) -> list[str]:
    """Return the items of a list or the rows of a table; anything else comes back whole."""
    tokens = _parser.parse(text)
    wanted = {"bullet_list_open": "list_item_open", "ordered_list_open": "list_item_open"}
    if not tokens:
        return [text]
    if tokens[0].type == "table_open":
        return text.split("\n")
    inner = wanted.get(tokens[0].type)
    starts = [_start(token) for token in tokens if token.type == inner and token.level == 1]
    if inner is None or len(starts) < 2:  # noqa: PLR2004  # one item cannot be taken apart
        return [text]
    lines = text.split("\n")
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[a:b]).rstrip() for a, b in zip(starts, ends, strict=True)]


def _start(token: Token) -> int:
    return token.map[0] if token.map else 0


def _words(text: str, limit: int, count: CountTokens) -> list[str]:
    """Cut between words, narrower until every piece fits: a model may read each sign alone."""
    width = limit * 2
    pieces = _columns(text, width)
    while width > 1 and max(count([plain(piece) for piece in pieces])) > limit:
        width //= 2
        pieces = _columns(text, width)
    return pieces


def _columns(text: str, width: int) -> list[str]:
    """Cut between words into pieces of at most this many letters; longer words are cut, too."""
    pieces = [""]
    for word in text.split(" "):
        for start in range(0, len(word) or 1, width):
            bit = word[start : start + width]
            if pieces[-1] and len(pieces[-1]) + 1 + len(bit) > width:
                pieces.append(bit)
            else:
                pieces[-1] = f"{pieces[-1]} {bit}" if pieces[-1] else bit
    return [piece for piece in pieces if piece]
