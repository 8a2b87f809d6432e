"""What a file is: its first bytes decide. What it is called, or was said to be, does not."""

import re

from kb.attachments.models import FileKind

_SIGNS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"%PDF-", FileKind.PDF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters no log has; 0x1b colours lines in some."""
_LOOKED_AT = 65_536


def kind_of(content: bytes) -> FileKind | None:
    """Return the kind of a file, or None when it is none we take."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and _is_heic(content):
        return FileKind.HEIC
    return FileKind.TEXT if _is_text(content) else None


def _is_heic(content: bytes) -> bool:
    """Look through the brands the file says it can be read as."""
    length = min(int.from_bytes(content[:4], "big"), 256)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, length, 4))}
    return bool(brands & _HEIC_BRANDS)


def _is_text(content: bytes) -> bool:
    start = content[:_LOOKED_AT]
    if start.startswith(_UTF_16):
        return True
    return bool(start.strip()) and not _NO_TEXT.search(start)
