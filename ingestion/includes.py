"""DocFX includes: `[!INCLUDE[name](path.md)]` is replaced by the text of that file."""

import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from ingestion import files, frontmatter, inline_html
from ingestion.files import Root
from ingestion.masking import Code
from ingestion.records import Unreadable

_INCLUDE = re.compile(
    r"\[!INCLUDE\s{0,5}\[[^\]\n]{0,300}\]\(\s*([^()\s\"]{1,500})(?:\s+\"[^\"\n]{0,300}\")?\s*\)\s*\]",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<=\]\()(?![a-z][a-z0-9+.-]{0,20}:|[/#<])([^()\s]{1,500})", re.IGNORECASE
)
_LIST_MARK = re.compile(r"[-*+]|\d{1,9}[.)]")
_DEEPEST = 8
_MOST = 2000


class Includes:
    """Reads included files once each, from inside the base folder only."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._read: dict[str, str] = {}

    def expand(self, text: str, folder: str, code: Code, remark: Callable[[str], None]) -> str:
        """Replace the includes of a masked text; one that cannot be had leaves nothing.

        Raises:
            Unreadable: the result grows too large.
        """
        return self._expand(text, folder, _Context(code, remark), ())

    def _expand(self, text: str, folder: str, context: "_Context", open_: tuple[str, ...]) -> str:
        if "[!include" not in text.lower():
            return text
        return "\n".join(self._line(line, folder, context, open_) for line in text.split("\n"))

    def _line(self, line: str, folder: str, context: "_Context", open_: tuple[str, ...]) -> str:
        def replace(found: re.Match[str]) -> str:
            path = posixpath.normpath(posixpath.join(folder, unquote(found.group(1))))
            content = self._content(path, folder, context, open_).strip("\n")
            before = found.string[: found.start()]
            if "\n" in content:
                lead = _LIST_MARK.sub(lambda mark: " " * len(mark.group(0)), before)
                lead = lead if not lead.strip(" \t>") else ""
                content = content.replace("\n", f"\n{lead}")
            context.grow(len(content))
            return content

        return _INCLUDE.sub(replace, line)

    def _content(self, path: str, folder: str, context: "_Context", open_: tuple[str, ...]) -> str:
        if path in open_ or len(open_) >= _DEEPEST:
            context.remark(f"includes that lead in a circle: {path}")
            return ""
        try:
            text = self._text(path)
        except Unreadable as error:
            context.remark(f"include {path} {error}")
            return ""
        inner = posixpath.dirname(path)
        masked = inline_html.drop_between(context.code.mask(text), "<!--", "-->")
        expanded = self._expand(masked, inner, context, (*open_, path))
        return expanded if inner == folder else _rebased(expanded, inner, folder)

    def _text(self, path: str) -> str:
        if path not in self._read:
            if path.startswith(("..", "/")):
                raise Unreadable("leads out of the imported folder")
            text = files.read_text(Path(self._root.base, path), self._root)
            self._read[path] = frontmatter.split(text.replace("\r\n", "\n"))[1]
        return self._read[path]


class _Context:
    """What one document's expansion carries along."""

    def __init__(self, code: Code, remark: Callable[[str], None]) -> None:
        self.code, self.remark = code, remark
        self._size = self._count = 0

    def grow(self, by: int) -> None:
        self._size += by
        self._count += 1
        if self._size > files.LARGEST_TEXT or self._count > _MOST:
            raise Unreadable("grows too large by its includes")


def _rebased(text: str, inner: str, folder: str) -> str:
    """Let relative links of an included text start where it is included."""

    def moved(found: re.Match[str]) -> str:
        return posixpath.relpath(posixpath.join("/", inner, found.group(1)), f"/{folder}")

    return _RELATIVE.sub(moved, text)
