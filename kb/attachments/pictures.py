"""Pictures without what they would betray: place, device, time, comments, hidden second pictures.

Only what describes the picture is left out; not a pixel is touched, and nothing is decoded. A JPEG
keeps which way up it is held. What cannot be followed to its end is not taken.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from kb.attachments import heic
from kb.attachments.damage import Damaged
from kb.attachments.jpeg import without_traces as jpeg
from kb.attachments.models import FileKind

_PNG_START = 8
_PNG_TRACES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"dSIG", b"caBX"})
_WEBP_TRACES = frozenset({b"EXIF", b"XMP "})
_WEBP_SAYS_TRACES = 0x0C
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_IMAGE, _GIF_EXTENSION, _GIF_END = 0x2C, 0x21, 0x3B
_GIF_CONTROL, _GIF_APPLICATION = 0xF9, 0xFF
_LETTERS = re.compile(rb"[A-Za-z]{4}")


def without_traces(content: bytes, kind: FileKind) -> bytes:
    """Return the picture without its traces; other files as they are.

    Raises:
        Damaged: the picture is not whole, or is built in a way we do not know.
    """
    strip = _STRIPPERS.get(kind)
    try:
        return strip(content) if strip is not None else content
    except IndexError as error:
        raise Damaged from error


def _png(content: bytes) -> bytes:
    kept = [content[:_PNG_START]]
    at, name = _PNG_START, b""
    while name != b"IEND":
        length = int.from_bytes(content[at : at + 4], "big")
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content) or not _LETTERS.fullmatch(name):
            raise Damaged
        if name not in _PNG_TRACES:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    end = min(8 + int.from_bytes(content[4:8], "little"), len(content))
    kept, at = [b"WEBP"], 12
    while at < end:
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        after = at + 8 + length + length % 2
        if at + 8 + length > end:
            raise Damaged
        chunk = bytearray(content[at:after])
        if name == b"VP8X":
            chunk[8] &= ~_WEBP_SAYS_TRACES & 0xFF
        if name not in _WEBP_TRACES:
            kept.append(bytes(chunk).ljust(after - at, b"\0"))
        at = after
    body = b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif(content: bytes) -> bytes:
    start = 13 + _colours(content[10])
    kept = [content[:start]]
    for begin, end, is_trace in _gif_blocks(content, start):
        if not is_trace:
            kept.append(content[begin:end])
    return b"".join(kept) + bytes([_GIF_END])


def _gif_blocks(content: bytes, at: int) -> Iterator[tuple[int, int, bool]]:
    """Yield where each block begins and ends, and whether it says what it should not."""
    while content[at] != _GIF_END:
        begin = at
        if content[at] == _GIF_IMAGE:
            at = _after_pieces(content, at + 11 + _colours(content[at + 9]))
            yield begin, at, False
        elif content[at] == _GIF_EXTENSION:
            label, name = content[at + 1], content[at + 3 : at + 14]
            at = _after_pieces(content, at + 2)
            loops = label == _GIF_APPLICATION and name in _GIF_LOOPS
            yield begin, at, not (label == _GIF_CONTROL or loops)
        else:
            raise Damaged


def _after_pieces(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _colours(flags: int) -> int:
    """Return how long the table of colours is that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


_STRIPPERS: Mapping[FileKind, Callable[[bytes], bytes]] = {
    FileKind.JPEG: jpeg,
    FileKind.PNG: _png,
    FileKind.WEBP: _webp,
    FileKind.GIF: _gif,
    FileKind.HEIC: heic.without_traces,
}
