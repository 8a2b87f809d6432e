"""The last step for every body: no stray space, no runs of blank lines, nothing invisible."""

import re

from kb import text as texts

_SPACE_AT_END = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def body(markdown: str) -> str:
    """Tidy Markdown without changing what it shows; two spaces at a line's end break the line."""
    tidy = texts.clean(markdown.replace("\u00a0", " "))
    tidy = _SPACE_AT_END.sub(_hard_break, tidy)
    return _BLANK_LINES.sub("\n\n", tidy).strip()


def _hard_break(found: re.Match[str]) -> str:
    following = found.string[found.end() + 1 : found.end() + 400].split("\n", 1)[0]
    kept = found.group(0).startswith("  ") and following.strip() not in {"", ">"}
    started = found.start() > 0 and found.string[found.start() - 1] != "\n"
    return "  " if kept and started else ""
