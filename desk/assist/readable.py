"""Markdown as somebody would type it into a message: words, numbered steps, points, addresses.

What is typed is rendered again for whoever reads it, so signs that mean something there are kept
from it: a code like `*21*` stays in its back ticks.
"""

import re
from collections.abc import Iterable
from itertools import count, repeat
from textwrap import indent

from markdown_it.tree import SyntaxTreeNode

from desk.markdown import parse

_SIGN = re.compile(r"[*`\\]|~~|(?<!\w)_|_(?!\w)")
_LISTS = frozenset({"ordered_list", "bullet_list"})
_INSTEAD = {"softbreak": " ", "hardbreak": "\n", "image": ""}
_SPACES = re.compile(r" {2,}")


def readable(markdown: str) -> str:
    """Return what an article says, to be sent as a message.

    >>> readable("> **Hinweis:** Tippen Sie auf [WLAN](article:0123456789abcdef).")
    'Hinweis: Tippen Sie auf WLAN.'
    """
    return _block(SyntaxTreeNode(parse(markdown)))


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "inline":
            return _SPACES.sub(" ", _words(node)).strip()
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            return _list(node, (f"{number}. " for number in count(first)))
        case "bullet_list":
            return _list(node, repeat("- "))
        case "table":
            return "\n".join(f"- {_row(row)}" for row in node.children[-1].children)
        case "fence" | "code_block":
            return node.content.rstrip()
        case _:
            return _blocks(node, "\n\n")


def _blocks(node: SyntaxTreeNode, between: str) -> str:
    return between.join(text for child in node.children if (text := _block(child)))


def _list(node: SyntaxTreeNode, marks: Iterable[str]) -> str:
    items = (
        mark + indent(_item(item), " " * len(mark)).lstrip()
        for mark, item in zip(marks, node.children, strict=False)
    )
    return "\n".join(items)


def _item(item: SyntaxTreeNode) -> str:
    """What is listed within stands close below its words; whatever else follows, apart."""
    said = ""
    for block in item.children:
        between = "\n" if block.type in _LISTS else "\n\n"
        said += (between if said else "") + _block(block)
    return said


def _row(row: SyntaxTreeNode) -> str:
    first, *rest = (_blocks(cell, " ") for cell in row.children)
    return f"{first}: {', '.join(rest)}" if rest else first


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return _SIGN.sub(r"\\\g<0>", node.content)
        case "code_inline":
            return f"`{node.content}`" if _SIGN.search(node.content) else node.content
        case "link":
            return _link(node)
        case _:
            return _INSTEAD.get(node.type, "".join(map(_words, node.children)))


def _link(node: SyntaxTreeNode) -> str:
    """A page elsewhere is named with its address, unless that is what the words say."""
    words = "".join(map(_words, node.children))
    target = str(node.attrs.get("href", ""))
    return words if words in target or not target.startswith("http") else f"{words} ({target})"
