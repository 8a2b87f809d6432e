"""Pages travel gzipped where that gives nothing away.

The length of a packed page tells how much of it repeats. Where a page shows what is for one
person beside what its address says, whoever sees lengths could guess the one by trying the other
(BREACH). So only what anyone may read is packed.
"""

import gzip
from collections.abc import Mapping

_WORTH_PACKING = 1_000
_LEVEL = 6
"""The smallest packing takes twice the time and saves one byte in a hundred."""


def packed(content: bytes) -> bytes:
    """Return the content gzipped; nothing where that is not worth it."""
    if len(content) <= _WORTH_PACKING:
        return b""
    return gzip.compress(content, compresslevel=_LEVEL, mtime=0)


def is_taken(headers: Mapping[str, str]) -> bool:
    """Say whether the visitor can unpack."""
    return "gzip" in headers.get("accept-encoding", "")
