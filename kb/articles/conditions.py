"""Parts of an article for some devices only: `{for ios} … {/for}`, in Markdown.

A mark on a line of its own opens a block, in a list item as well; inside a line it opens a part of
the line. In code, and where it is not closed, it is text. Page and index read articles by these
rules, so what a chunk is for and what the page shows agree.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kb.articles import devices
from kb.articles.devices import Names

BLOCK, PART = "for", "for_part"
"""Types of the tokens: `for_open`, `for_close`, `for_part_open`, `for_part_close`."""

_OPENING = re.compile(r"\{for ([^{}\n]{1,200})\}")
_CLOSING = "{/for}"
_FENCE = re.compile(r"(`{3,}|~{3,})")
_MARK = re.compile(r"(`+)[\s\S]*?\1|\{for ([^{}\n]{1,200})\}|(\{/for\})")
_BLANKS = re.compile(r"\n{3,}")
_DEEPEST = 3


def conditional(parser: MarkdownIt) -> MarkdownIt:
    """Teach a Markdown parser the marks."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", BLOCK, _block, {"alt": interrupts})
    parser.inline.ruler.before("link", PART, _part)
    return parser


def top_level(tokens: Sequence[Token]) -> Iterator[tuple[int, Token, Names]]:
    """Yield what stands by itself, or directly in a block for devices: place, token, devices."""
    within: list[Names] = []
    for place, token in enumerate(tokens):
        if token.type == f"{BLOCK}_close" and token.level == len(within) - 1:
            within.pop()
            yield place, token, within[-1] if within else ()
        elif token.level == len(within):
            if token.type == f"{BLOCK}_open":
                within.append(_narrowed(within, of(token)))
            yield place, token, within[-1] if within else ()


def of(token: Token) -> Names:
    """Return the devices an opening token is for."""
    found: Names = token.meta.get("devices", ())
    return found


def variants(text: str, within: Names = ()) -> list[tuple[Names, str]]:
    """Return what a block says to the readers of each device that parts of it are for.

    Where all parts are for the same devices they are additions, and the others read the rest.

    >>> variants("Öffnen Sie {for ios}A{/for}{for android}B{/for}.")
    [(('ios',), 'Öffnen Sie A.'), (('android',), 'Öffnen Sie B.')]
    """
    parts = list(_parts(text)) if _CLOSING in text else [((), text)]
    groups = {names for names, _ in parts if names}
    named = list(dict.fromkeys(name for names, _ in parts for name in names))
    readers = [name for name in within or named if name in named] or list(within)
    told: dict[str, list[str]] = {}
    for name in [*readers, *(other for other in within if other not in readers)]:
        told.setdefault(_said(parts, name), []).append(name)
    if not within and len(groups) <= 1:
        told.setdefault(_said(parts, ""), [])
    return [(tuple(names), kept) for kept, names in told.items() if kept.strip()]


def marked(text: str) -> Names:
    """Return every device the text names in a mark, for whoever checks it."""
    found = (devices.names(one) for one in _OPENING.findall(text))
    return tuple(dict.fromkeys(name for names in found for name in names))


def _said(parts: Sequence[tuple[Names, str]], name: str) -> str:
    kept = "".join(part for names, part in parts if not names or name in names)
    return _BLANKS.sub("\n\n", kept).strip("\n") if len(parts) > 1 else kept


def _narrowed(within: Sequence[Names], names: Names) -> Names:
    outer = within[-1] if within else ()
    return tuple(name for name in names if not outer or name in outer) or names


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    if not state.src.startswith("{for ", state.bMarks[start] + state.tShift[start]):
        return False
    closing = _pairs(state).get(start, end)
    names = _opened(_line(state, start))
    if state.is_code_block(start) or closing >= end:
        return False
    if silent:  # it ends what stands before, a list item it is not part of as well
        return True
    if not _is_inside(state, start, closing):
        return False
    token = state.push(f"{BLOCK}_open", "div", 1)
    token.block, token.map, token.meta = True, [start, closing + 1], {"devices": names}
    before = state.lineMax, state.parentType
    state.lineMax = closing
    state.md.block.tokenize(state, start + 1, closing)
    state.lineMax, state.parentType = before
    state.push(f"{BLOCK}_close", "div", -1).block = True
    state.line = closing + 1
    return True


def _part(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    opening = _OPENING.match(state.src, state.pos)
    names = devices.names(opening.group(1)) if opening else ()
    if opening is None or not names:
        return False
    closing = state.src.find(_CLOSING, opening.end(), state.posMax)
    if closing < 0:
        return False
    if not silent:
        state.push(f"{PART}_open", "span", 1).meta = {"devices": names}
        end, state.pos, state.posMax = state.posMax, opening.end(), closing
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{PART}_close", "span", -1)
    state.pos = closing + len(_CLOSING)
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]


def _opened(line: str) -> Names:
    found = _OPENING.fullmatch(line.strip())
    return devices.names(found.group(1)) if found else ()


def _is_inside(state: StateBlock, start: int, closing: int) -> bool:
    """Say whether all of the block belongs to the list item it began in."""
    return all(
        state.sCount[number] >= state.blkIndent or not _line(state, number).strip()
        for number in range(start, closing + 1)
    )


def _pairs(state: StateBlock) -> dict[int, int]:
    """Return the lines of opening marks with those of their closing ones; found out once."""
    known: dict[int, int] | None = state.env.get("for_pairs")
    if known is None:
        known = state.env["for_pairs"] = dict(_paired(state.src.split("\n")))
    return known


def _paired(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    fence = ""
    for number, line in enumerate(lines):
        said = line.strip()
        if mark := _FENCE.match(said):
            fence = "" if fence and said.startswith(fence) else fence or mark.group(1)
        elif fence:
            continue
        elif said == _CLOSING and opened:
            if len(opened) <= _DEEPEST:
                yield opened[-1], number
            opened.pop()
        elif _opened(line):
            opened.append(number)


def _parts(text: str) -> Iterator[tuple[Names, str]]:
    """Cut a text at its marks; each part with the devices it is for."""
    within: list[Names] = []
    at = 0
    for found in _MARK.finditer(text):
        names = devices.names(found.group(2)) if found.group(2) else ()
        if not names and not (found.group(3) and within):
            continue
        start, end = _alone(text, found.start(), found.end())
        yield within[-1] if within else (), text[at:start]
        at = end
        if names:
            within.append(_narrowed(within, names))
        else:
            within.pop()
    yield within[-1] if within else (), text[at:]


def _alone(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a mark begins and ends: a line of its own goes with it."""
    line = text.rfind("\n", 0, start) + 1
    rest = text.find("\n", end)
    after = len(text) if rest < 0 else rest
    if text[line:start].strip() or text[end:after].strip():
        return start, end
    return line, min(after + 1, len(text))
