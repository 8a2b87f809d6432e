"""Colours as numbers: read, mixed, and held against each other as WCAG 2.2 does."""

import re
from dataclasses import dataclass

_SHORT, _LONG = re.compile(r"#([0-9a-fA-F]{3})"), re.compile(r"#([0-9a-fA-F]{6})")
_FLAT = 0.04045
"""Below this a channel's light grows in proportion."""


@dataclass(frozen=True)
class Colour:
    """Red, green and blue, 0 to 255 each. Only its own spelling ever gets into a stylesheet."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """How bright it looks, from 0 to 1."""
        return 0.2126 * _light(self.red) + 0.7152 * _light(self.green) + 0.0722 * _light(self.blue)

    def towards(self, other: "Colour", share: float) -> "Colour":
        """Return this colour with so much of another mixed in."""
        return Colour(
            round(self.red + (other.red - self.red) * share),
            round(self.green + (other.green - self.green) * share),
            round(self.blue + (other.blue - self.blue) * share),
        )


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def colour(written: str) -> Colour | None:
    """Read `#rgb` or `#rrggbb`; nothing else is a colour here.

    >>> str(colour("#0af"))
    '#00aaff'
    """
    if short := _SHORT.fullmatch(written):
        written = "#" + "".join(digit * 2 for digit in short.group(1))
    found = _LONG.fullmatch(written)
    if found is None:
        return None
    digits = found.group(1)
    return Colour(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21.

    >>> round(contrast(WHITE, BLACK), 1)
    21.0
    """
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def _light(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= _FLAT else ((share + 0.055) / 1.055) ** 2.4
