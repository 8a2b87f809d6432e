"""Lines of a measurement under way: what was killed goes on where it stopped.

A line is only taken up again by the same measurement: same questions, model, settings and code.
When all is done the lines go, and so does every folder that was made for them.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from kb.terminal import Progress

Line = dict[str, Any]
Thing = TypeVar("Thing")
_ROOMS = ("kb", "retrieval", "ingestion", "prompts", "evals")
_CODE = ("*.py", "*.json", "*.jsonl", "*.md", "*.txt", "*.tsv")


class Journal:
    """The lines of one measurement; without a path they are only in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = Lock()
        self.known = _read(path) if path is not None else {}

    def note(self, name: str, line: Line) -> None:
        """Keep a line; it is on disk when this returns."""
        with self._lock:
            self.known[name] = line
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as out:
                    told = json.dumps([name, line], ensure_ascii=False, default=float)
                    out.write(f"\n{told}")  # the break first: a torn line before it ends there

    def drop(self) -> None:
        """Take the lines off the disk."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


@dataclass
class Journals:
    """All measurements of one order, in the home."""

    home: Path | None = None
    _opened: list[Journal] = field(default_factory=list)

    def of(self, *about: str) -> Journal:
        """Return the journal of a measurement, with what is known already."""
        name = hashlib.sha256("\n".join((*about, code())).encode()).hexdigest()[:16]
        path = self.home / "evals" / f"{about[0]}-{name}.jsonl" if self.home else None
        self._opened.append(Journal(path))
        return self._opened[-1]

    def done(self) -> None:
        """Forget everything: all was measured."""
        for one in self._opened:
            one.drop()
        if self.home is not None:
            with suppress(OSError):  # somebody else's files are in there
                (self.home / "evals").rmdir()
                self.home.rmdir()


def each(  # what, by which name, how, and where it is noted
    things: Sequence[Thing],
    name: Callable[[Thing], str],
    work: Callable[[Thing], Line],
    progress: Progress,
    *,
    journal: Journal | None = None,
    workers: int = 1,
) -> list[Line]:
    """Return a line for each thing, in their order; what the journal knows is not done again."""
    noted = journal or Journal()
    missing = [thing for thing in things if name(thing) not in noted.known]

    def do(thing: Thing) -> None:
        noted.note(name(thing), work(thing))
        progress("ask", len(noted.known), len(things))

    if workers > 1:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(do, missing))
    else:
        for thing in missing:
            do(thing)
    return [noted.known[name(thing)] for thing in things]


def code(root: Path = Path(__file__).parent.parent) -> str:
    """Return a digest of all that decides what is found: code, weights in JSON, prompts, data."""
    inner = hashlib.sha256()
    for room in _ROOMS:
        for pattern in _CODE:
            for path in sorted((root / room).rglob(pattern)):
                inner.update(str(path.relative_to(root)).encode())
                inner.update(path.read_bytes())
    return inner.hexdigest()


def _read(path: Path) -> dict[str, Line]:
    """Read what is whole: of a line that was being written when it was killed, nothing counts."""
    found: dict[str, Line] = {}
    with suppress(FileNotFoundError), path.open(encoding="utf-8") as lines:
        for text in lines:
            with suppress(ValueError):
                name, line = json.loads(text)
                found[name] = line
    return found
