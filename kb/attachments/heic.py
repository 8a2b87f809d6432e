"""A HEIC picture without what was written beside its pixels.

Its boxes point at each other by position, so nothing is cut out: what tells of the camera is
overwritten with noughts where it stands. Which way up it is held is told elsewhere, and stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.attachments.damage import Damaged

_TRACES = frozenset({b"Exif", b"mime", b"uri "})
_IN_FILE, _IN_DATA = 0, 1
_MOST_ITEMS = 100_000


@dataclass
class _Reader:
    """Reads numbers one after the other."""

    content: bytes
    at: int

    def number(self, length: int) -> int:
        if self.at + length > len(self.content):
            raise Damaged
        found = int.from_bytes(self.content[self.at : self.at + length], "big")
        self.at += length
        return found


def without_traces(content: bytes) -> bytes:
    """Return the picture with its traces overwritten.

    Raises:
        Damaged: a box is longer than the file, or traces stand where we cannot find them.
    """
    clean = bytearray(content)
    for name, begin, end in _boxes(content, 0, len(content)):
        if name == b"uuid":
            _overwrite(clean, begin + 16, end)
        if name == b"meta":
            for start, stop in _traces(content, begin + 4, end):
                _overwrite(clean, start, stop)
    return bytes(clean)


def _overwrite(clean: bytearray, begin: int, end: int) -> None:
    if not 0 <= begin <= end <= len(clean):
        raise Damaged
    clean[begin:end] = bytes(end - begin)


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, beginning and end of what each box holds."""
    while at < end:
        reader = _Reader(content, at)
        size, name = reader.number(4), reader.number(4).to_bytes(4, "big")
        if size == 1:
            size = reader.number(8)
        stop = at + size if size else end
        if stop > end or stop < reader.at:
            raise Damaged
        yield name, reader.at, stop
        at = stop


def _traces(content: bytes, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the items that tell of the camera stand in the file."""
    inside = {name: (begin, stop) for name, begin, stop in _boxes(content, at, end)}
    if b"iinf" not in inside:
        return
    telling = set(_telling(content, *inside[b"iinf"]))
    if telling and b"iloc" not in inside:
        raise Damaged
    data = inside.get(b"idat", (0, 0))[0]
    for item, method, offset, length in _places(content, *inside.get(b"iloc", (0, 0))):
        if item not in telling:
            continue
        if method not in {_IN_FILE, _IN_DATA}:
            raise Damaged
        start = offset + (data if method == _IN_DATA else 0)
        yield start, start + length


def _telling(content: bytes, begin: int, end: int) -> Iterator[int]:
    """Yield the ids of the items that tell of the camera."""
    reader = _Reader(content, begin)
    reader.at += 4 + (4 if content[begin] else 2)
    for name, start, _ in _boxes(content, reader.at, end):
        if name != b"infe":
            continue
        entry = _Reader(content, start)
        version = entry.number(4) >> 24
        item = entry.number(4 if version > 2 else 2)  # noqa: PLR2004  # the format's version
        entry.at += 2
        if entry.number(4).to_bytes(4, "big") in _TRACES:
            yield item


def _places(content: bytes, begin: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield item, method, offset and length of every part of every item."""
    if begin == end:
        return
    reader = _Reader(content[:end], begin)
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    of_offset, of_length, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version > 1 else 2
    for _ in range(min(reader.number(wide), _MOST_ITEMS)):
        item = reader.number(wide)
        method = reader.number(2) & 15 if version else _IN_FILE
        reader.at += 2
        base = reader.number(of_base)
        for _ in range(reader.number(2)):
            if version and of_index:
                reader.at += of_index
            offset, length = reader.number(of_offset), reader.number(of_length)
            yield item, method, base + offset, length
