"""Finds the links and images in Markdown, and lets the caller decide what becomes of each."""

import re
from collections.abc import Callable

from ingestion.masking import Code

Decide = Callable[[str, str], str]
"""Takes label and destination as written, returns the Markdown to stand there instead."""

_LABEL = r"\[((?:[^\[\]\\]|\\.|\[[^\[\]\n]{0,300}\]){0,1000})\]"
_TITLE = r"(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\))"
_TARGET = (
    r"\(\s{0,5}(<[^<>\n]{0,2000}>|(?:[^\s()<>]|\([^\s()]{0,300}\)){0,2000})"
    rf"(?:\s{{1,5}}{_TITLE})?\s{{0,5}}\)"
)
_IMAGE = re.compile(r"(?<!\\)!" + _LABEL + _TARGET)
_LINK = re.compile(r"(?<![\\!])" + _LABEL + _TARGET)
_DATA_IMAGE = re.compile(
    r"!\[([^\[\]\n]{0,300})\]\(\s{0,5}<?data:[^\s()<>]*>?[^()\n]{0,500}\)", re.IGNORECASE
)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]^\n][^\[\]\n]{0,200})\]:[ \t]*<?([^\s<>]{1,2000})>?"
    rf"(?:[ \t]+{_TITLE})?[ \t]*$",
    re.MULTILINE,
)
_USE = re.compile(r"(?<![\]\\])" + _LABEL + r"(?:\[([^\[\]\n]{0,200})\])?(?![\[(:])")


def rewrite(text: str, *, image: Decide, link: Decide) -> str:
    """Replace every image and link outside of code."""
    if "](" not in text and "]:" not in text:
        return text
    code = Code()
    masked = _inlined(code.mask(text))
    masked = _DATA_IMAGE.sub(r"\1", masked)
    masked = _IMAGE.sub(lambda found: image(found.group(1), _bare(found.group(2))), masked)
    masked = _LINK.sub(lambda found: link(found.group(1), _bare(found.group(2))), masked)
    return code.unmask(masked)


def address(destination: str) -> str:
    """Return a destination as it is written into Markdown."""
    return f"<{destination}>" if re.search(r"[\s()]", destination) else destination


def _bare(destination: str) -> str:
    return destination[1:-1] if destination.startswith("<") else destination


def _inlined(text: str) -> str:
    """Write links by reference as inline ones, so that there is one form to handle."""
    if "]:" not in text:
        return text
    known = {_folded(name): target for name, target in reversed(_DEFINITION.findall(text))}
    if not known:
        return text

    def inline(found: re.Match[str]) -> str:
        target = known.get(_folded(found.group(2) or found.group(1)))
        return f"[{found.group(1)}]({address(target)})" if target else found.group(0)

    return _USE.sub(inline, _DEFINITION.sub("", text))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
