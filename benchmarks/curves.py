"""Growth drawn: milliseconds over passages, both on logarithmic scales, as SVG."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 400, 60, 230, 20, 50
_COLOURS = ("#0b6e4f", "#1d4e89", "#b3541e", "#7a3b8f")


def draw(sizes: Sequence[int], lines: Mapping[str, Sequence[float]], caption: str) -> str:
    """Return a picture of lines, one value for each size."""
    every = [value for values in lines.values() for value in values]
    low, high = floor(log10(min(every))), ceil(log10(max(every)))
    first, last = log10(sizes[0]), log10(sizes[-1])

    def x(size: float) -> float:
        share = (log10(size) - first) / ((last - first) or 1)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        share = (log10(value) - low) / ((high - low) or 1)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    parts = [
        *(_grid(y(10.0**power), f"{10.0**power:g} ms") for power in range(low, high + 1)),
        *(
            f'<text x="{x(size)}" y="{_HEIGHT - 28}" text-anchor="middle">{size:,}</text>'
            for size in sizes
        ),
        f'<text x="{_LEFT}" y="{_HEIGHT - 8}">passages; {escape(caption)}</text>',
    ]
    ends = _apart([y(values[-1]) for values in lines.values()])
    for (name, values), colour, end in zip(lines.items(), _COLOURS, ends, strict=False):
        points = [(x(size), y(value)) for size, value in zip(sizes, values, strict=True)]
        drawn = " ".join(f"{across},{down}" for across, down in points)
        parts.append(
            f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts += [f'<circle cx="{a}" cy="{d}" r="3" fill="{colour}"/>' for a, d in points]
        across = points[-1][0] + 8
        parts.append(f'<text x="{across}" y="{end + 4}" fill="{colour}">{escape(name)}</text>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(caption)}</title>\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _grid(height: float, name: str) -> str:
    end = _WIDTH - _RIGHT
    return (
        f'<line x1="{_LEFT}" x2="{end}" y1="{height}" y2="{height}" stroke="#ddd"/>'
        f'<text x="{_LEFT - 6}" y="{height + 4}" text-anchor="end">{name}</text>'
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """Move names apart that would stand on each other."""
    found: dict[int, float] = {}
    lowest = float("-inf")
    for at in sorted(range(len(heights)), key=heights.__getitem__):
        lowest = found[at] = max(heights[at], lowest + 15)
    return [found[at] for at in range(len(heights))]
