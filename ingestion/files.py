"""Reading files nobody has checked: within the import's base folder, within limits, as text."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingestion.records import Unreadable

MEGABYTE = 2**20
LARGEST_TEXT = 5 * MEGABYTE
LARGEST_JSON = 30 * MEGABYTE
LARGEST_IMAGE = 5 * MEGABYTE
_CONTROLS_ALLOWED = 0.02
NEVER_ARTICLES = frozenset(
    {"node_modules", "_static", "_sources", "_images", "_templates", "_layouts", "_sass", "_data"}
)


@dataclass(frozen=True)
class Root:
    """The folder an import may read from, and what in it was asked for."""

    base: Path
    chosen: Path
    """`base` itself, or a folder or file in it."""

    @property
    def name(self) -> str:
        """The last two parts of the path: stable between runs, and rarely shared by two."""
        return "/".join(self.base.parts[-2:]).lstrip("/")

    @property
    def is_whole(self) -> bool:
        return self.chosen == self.base

    def relative(self, path: Path) -> str:
        return path.relative_to(self.base).as_posix()

    def inside(self, path: Path) -> Path | None:
        """Return the real path if it lies in the base, whatever links lead there."""
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            return None
        return real if real.is_relative_to(self.base) else None


def walk(root: Root, suffixes: frozenset[str]) -> Iterator[Path]:
    """Yield the files asked for, in a stable order; hidden and generated folders are left out."""
    if root.chosen.is_file():
        yield root.chosen
        return
    for folder, names, files in os.walk(root.chosen):
        names[:] = sorted(
            name for name in names if not name.startswith(".") and name not in NEVER_ARTICLES
        )
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() in suffixes and not name.startswith("."):
                yield path


def beside(root: Root, name: str) -> tuple[object, Path] | None:
    """Return what a YAML file in the base folder or its parent says, all of it strings, and where.

    Raises:
        Unreadable: it is damaged.
    """
    for folder in (root.base, root.base.parent):
        path = Path(folder, name)
        if path.is_file():
            text = read_text(path, Root(folder, folder))
            try:
                return yaml.load(text, Loader=yaml.BaseLoader), folder  # noqa: S506  # strings only
            except (yaml.YAMLError, RecursionError) as error:
                raise Unreadable(f"{name} is not valid YAML") from error
    return None


def read_bytes(path: Path, root: Root, *, limit: int) -> bytes:
    """Read a file of the import.

    Raises:
        Unreadable: it leads out of the base folder, is no file, or is too large.
    """
    real = root.inside(path)
    if real is None:
        raise Unreadable("leads out of the imported folder")
    try:
        if not real.is_file():
            raise Unreadable("is not a file")
        with real.open("rb") as opened:
            content = opened.read(limit + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror or 'input/output error'})") from error
    if len(content) > limit:
        raise Unreadable(f"is larger than {limit // MEGABYTE} MB")
    return content


def read_text(path: Path, root: Root, *, limit: int = LARGEST_TEXT) -> str:
    """Read a text file in UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises:
        Unreadable: as `read_bytes`, or it is no text.
    """
    return decode(read_bytes(path, root, limit=limit))


def decode(content: bytes) -> str:
    """Turn bytes into text.

    Raises:
        Unreadable: it is no text.
    """
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    sample = text[:4096]
    odd = sum(char < " " and char not in "\t\n\r\f" for char in sample)
    if odd > len(sample) * _CONTROLS_ALLOWED:
        raise Unreadable("is not a text file")
    return text
