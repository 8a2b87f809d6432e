"""Code is taken out while Markdown is worked on, and put back untouched."""

import re

_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}(\\d{{1,9}}){_CLOSE}")
_FENCE = re.compile(r"(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<mark>`{3,}|~{3,})[^`]*")
_SPAN = re.compile(r"(?<!`)(`{1,9})(?!`)((?:[^\n]|\n(?!\s*\n)){1,1000}?)(?<!`)\1(?!`)")


class Code:
    """The code of one document, out of harm's way."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def mask(self, text: str) -> str:
        """Replace fenced blocks and code spans by placeholders."""
        text = text.replace(_OPEN, "").replace(_CLOSE, "")
        lines = self._without_fences(text.split("\n"))
        return _SPAN.sub(lambda found: self._keep(found.group(0)), "\n".join(lines))

    def unmask(self, text: str) -> str:
        return _PLACE.sub(lambda found: self._kept[int(found.group(1))], text)

    def _without_fences(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        at = 0
        while at < len(lines):
            found = _FENCE.fullmatch(lines[at])
            if found is None:
                kept.append(lines[at])
                at += 1
                continue
            end = _end_of_fence(lines, at, found["mark"])
            code = "\n".join([lines[at][len(found["lead"]) :], *lines[at + 1 : end]])
            kept.append(found["lead"] + self._keep(code))
            at = end
        return kept

    def _keep(self, code: str) -> str:
        self._kept.append(code)
        return f"{_OPEN}{len(self._kept) - 1}{_CLOSE}"


def is_code(text: str) -> bool:
    """Tell whether a masked text starts with code."""
    return text.startswith(_OPEN)


def _end_of_fence(lines: list[str], start: int, mark: str) -> int:
    for at in range(start + 1, len(lines)):
        inner = lines[at].strip(" \t>")
        if len(inner) >= len(mark) and not inner.strip(mark[0]):
            return at + 1
    return len(lines)
