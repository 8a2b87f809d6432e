"""The middle of stored vectors, as gaps keep it: rows of four-byte floats, of unit length."""

import math
from array import array
from collections.abc import Sequence


def middle(rows: Sequence[bytes]) -> tuple[bytes, int]:
    """Return the mean direction of rows, and which of them points that way the most.

    >>> east, north = array("f", [1, 0]).tobytes(), array("f", [0.6, 0.8]).tobytes()
    >>> [round(each, 2) for each in array("f", middle([east, north, north])[0])]
    [0.81, 0.59]
    """
    read = [array("f", row) for row in rows]
    mean = [math.fsum(column) for column in zip(*read, strict=True)]
    length = math.hypot(*mean) or 1.0
    unit = [each / length for each in mean]
    near = [_dot(row, unit) for row in read]
    return array("f", unit).tobytes(), near.index(max(near))


def likeness(one: bytes, other: bytes) -> float:
    """Return the cosine of two stored vectors."""
    return _dot(array("f", one), array("f", other))


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(left * right for left, right in zip(one, other, strict=True))
