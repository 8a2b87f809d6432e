"""The headings of a Markdown text: the title among them, and the names of places in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.text import Anchors

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_NO_PARAGRAPH = re.compile(r"\s*(?:[-*+>#|]|\d{1,9}[.)]\s|$)")
_NAMED = re.compile(
    r"<a\s+(?:name|id)=[\"']?([^\"'<>\s]{1,200})[\"']?\s*/?>(?:\s*</a>)?", re.IGNORECASE
)
_ID = re.compile(r"[ \t]*\{:?[ \t]*#([\w.:-]{1,200})[^{}]{0,200}\}[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_NOT_SLUG = re.compile(r"[^\w\- ]")


@dataclass
class Outline:
    """A text with its title taken out."""

    title: str = ""
    body: str = ""
    anchors: dict[str, str] = field(default_factory=dict)


@dataclass
class _Line:
    text: str
    level: int = 0
    names: list[str] = field(default_factory=list)


def outline(text: str) -> Outline:
    """Take the title out if the first heading is of level 1, and name the places of the rest.

    Should other headings of level 1 remain, all go one level down: the title is the only one.
    """
    lines = list(_lines(text.split("\n")))
    headings = [line for line in lines if line.level]
    found = Outline()
    if headings and headings[0].level == 1:
        found.title = plain(headings[0].text)
        lines.remove(headings[0])
        headings = headings[1:]
    if any(line.level == 1 for line in headings):
        for line in headings:
            line.level = min(6, line.level + 1)
    found.anchors.update(_anchors(lines))
    found.body = "\n".join(f"{'#' * li.level} {li.text}" if li.level else li.text for li in lines)
    return found


def plain(heading: str) -> str:
    """Return a heading without emphasis, code marks and addresses."""
    return _LINK.sub(r"\1", heading).replace("**", "").replace("`", "").strip(" *_")


def _lines(lines: list[str]) -> Iterator[_Line]:
    pending: list[str] = []
    for at, raw in enumerate(lines):
        names = _NAMED.findall(raw)
        text = _NAMED.sub("", raw) if names else raw
        if names and not text.strip():
            pending += names
            continue
        line = _heading(text, lines[at + 1] if at + 1 < len(lines) else "", lines[at - 1 : at])
        line.names = [*pending, *line.names, *names]
        pending = []
        if _is_underline(lines, at):
            continue
        yield line


def _heading(text: str, after: str, before: list[str]) -> _Line:
    line = _Line(text)
    if found := _ATX.fullmatch(text):
        line = _Line(found.group(2).strip(), len(found.group(1)))
    elif _underlined(text, after, before):
        line = _Line(text.strip(), 1 if "=" in after else 2)
    if line.level and (named := _ID.search(line.text)):
        line.names.append(named.group(1))
        line.text = line.text[: named.start()].rstrip()
    return line


def _is_underline(lines: list[str], at: int) -> bool:
    return at > 0 and _underlined(
        lines[at - 1], lines[at], lines[at - 2 : at - 1] if at > 1 else []
    )


def _underlined(text: str, after: str, before: list[str]) -> bool:
    """A one-line paragraph over a line of = or - is a heading."""
    return (
        _UNDERLINE.fullmatch(after) is not None
        and _NO_PARAGRAPH.match(text) is None
        and "|" not in text
        and not any(line.strip() for line in before)
    )


def _anchors(lines: list[_Line]) -> Mapping[str, str]:
    """Map explicit names, and the ids GitHub, Hugo and DocFX give headings, to our anchors."""
    names: dict[str, str] = {}
    ours, here = Anchors(), ""
    for line in lines:
        if line.level:
            title = plain(line.text)
            here = ours.of(title)
            names.setdefault(_NOT_SLUG.sub("", title.lower()).replace(" ", "-"), here)
        for name in line.names:
            names[name] = here
    return names
