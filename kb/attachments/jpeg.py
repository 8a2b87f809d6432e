"""A JPEG without what was written beside its pixels.

Segments of applications and comments are left out, but for three: the frame of JFIF, the colour
profile, and Adobe's colours, without which the picture looks wrong. Which way up the camera was
held is kept, alone. Phones append second pictures and films after the end: they are cut off.
"""

import re
from collections.abc import Iterator
from typing import Literal

from kb.attachments.damage import Damaged

_START = b"\xff\xd8"
_MARK, _END, _SCAN, _COMMENT = 0xFF, 0xD9, 0xDA, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_JFIF, _EXIF, _PROFILE, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""In the pixels: a marker that is neither stuffing nor a restart."""
_UPRIGHT, _WAYS_UP = 1, range(1, 9)
_ORIENTATION = 0x0112
_ENTRY = 12
_MOST_ENTRIES = 1_000


def without_traces(content: bytes) -> bytes:
    """Return the picture with its pixels only, the right way up.

    Raises:
        Damaged: it does not end.
    """
    way_up, kept = _UPRIGHT, []
    for marker, begin, end in _parts(content):
        payload = content[begin + 4 : end]
        if marker == _EXIF and payload.startswith(b"Exif\0\0"):
            way_up = _way_up(payload[6:])
        if _is_kept(marker, payload):
            kept.append(content[begin:end])
    first = int(bool(kept) and kept[0][1] == _JFIF)
    kept.insert(first, b"" if way_up == _UPRIGHT else _said(way_up))
    return _START + b"".join(kept) + bytes([_MARK, _END])


def _parts(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, beginning and end of each segment; the pixels belong to their scan."""
    at = len(_START)
    while True:
        while content[at] == content[at + 1] == _MARK:  # filling
            at += 1
        marker = content[at + 1]
        if content[at] != _MARK:
            raise Damaged
        if marker == _END:
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content) or end < at + 4:
            raise Damaged
        if marker == _SCAN:
            found = _MARKER.search(content, end)
            if found is None:
                raise Damaged
            end = found.start()
        yield marker, at, end
        at = end


def _is_kept(marker: int, payload: bytes) -> bool:
    if marker == _PROFILE:
        return payload.startswith(b"ICC_PROFILE\0")
    return marker in {_JFIF, _ADOBE} or (marker not in _APPLICATIONS and marker != _COMMENT)


def _way_up(tiff: bytes) -> int:
    """Return the orientation that EXIF tells; upright when it tells none that is one."""
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], order)

    start = number(4, 4)
    for index in range(min(number(start, 2), _MOST_ENTRIES)):
        at = start + 2 + index * _ENTRY
        if number(at, 2) == _ORIENTATION:
            return number(at + 8, 2) if number(at + 8, 2) in _WAYS_UP else _UPRIGHT
    return _UPRIGHT


def _said(way_up: int) -> bytes:
    """Return an EXIF segment that tells the orientation and nothing else."""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\3\0\0\0\1" + way_up.to_bytes(2, "big") + b"\0\0"
    tiff = b"MM\0*\0\0\0\x08\0\1" + entry + b"\0\0\0\0"
    payload = b"Exif\0\0" + tiff
    return bytes([_MARK, _EXIF]) + (len(payload) + 2).to_bytes(2, "big") + payload
