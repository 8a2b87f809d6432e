"""The words of a collection with their counts, in a file that grows by a line for each lesson.

A line is a JSON object of words and counts, and the lines are added up. So to learn the words of
one article costs that article's words, however many are known. When the lessons weigh as much as a
good part of the first line, all is written anew as one line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_LESSONS = 200_000
"""Bytes of lessons that never are too many, however short the first line is."""
_SHARE = 4
"""One part in so many of the file may be lessons."""
_MARK = 64
_NONE: Mapping[str, int] = {}


@dataclass(frozen=True)
class _Read:
    """How far a file was read, and what stood there."""

    version: tuple[int, int, int] = (0, 0, 0)
    """Inode, size and time of change: while they are the same, nothing is read."""
    first: int = 0
    end: int = 0
    """Where the first line ends, and the last one that was whole."""
    mark: bytes = b""
    """The bytes before the end: where they stand, the file has only grown."""
    words: Mapping[str, int] = field(default_factory=lambda: _NONE)


class Vocabulary:
    """One file of words. One process writes it, any number may read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = _Read()

    def learn(self, words: Mapping[str, int]) -> None:
        """Add words with their counts.

        Raises:
            OSError: the file cannot be written.
        """
        known, read = self.words(), self._read
        if not known or read.end - read.first > max(_LESSONS, read.end // _SHARE):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(_line(_sum(known, words)))
            beside.replace(self._path)
            return
        with self._path.open("r+b") as file:
            file.truncate(read.end)  # a lesson that a kill cut short
            file.seek(read.end)
            file.write(f"\n{_line(words)}".encode())

    def words(self) -> Mapping[str, int]:
        """Return all words with their counts: the same object until there are more."""
        try:
            found = self._path.stat()
            version = (found.st_ino, found.st_size, found.st_mtime_ns)
            if version != self._read.version:
                self._read = self._read_on(version)
        except OSError:
            self._read = _Read()
        return self._read.words

    def _read_on(self, version: tuple[int, int, int]) -> _Read:
        """Read what is new, or everything if the file is another one than before."""
        before = self._read
        with self._path.open("rb") as file:
            file.seek(before.end - len(before.mark))
            if file.read(len(before.mark)) != before.mark:
                before = _Read()
                file.seek(0)
            lines = file.read().split(b"\n")
        words: Mapping[str, int] = before.words
        first, end, mark, at = before.first, before.end, before.mark, before.end
        for number, line in enumerate(lines):
            at += len(line) + bool(number)
            if not line:
                continue
            try:
                words = _sum(words, json.loads(line))
            except ValueError:  # still being written, or cut short
                break
            first, end, mark = first or at, at, line[-_MARK:]
        return _Read(version, first, end, mark, words)


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    found = dict(one)
    for word, count in other.items():
        found[word] = found.get(word, 0) + count
    return found


def _line(words: Mapping[str, int]) -> str:
    return json.dumps(words, ensure_ascii=False)
