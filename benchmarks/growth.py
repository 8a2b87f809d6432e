"""What growth costs, as a table and a picture: every figure beside the smallest library's."""

from collections.abc import Sequence

from benchmarks.curves import draw
from benchmarks.report import table
from benchmarks.search import Figures, Times

TIMES = {
    "search": "search",
    "without_embedding": "search, question embedded before",
    "sync_by_note": "sync of one changed article",
    "sync_of_everything": "the same, everything compared",
}
_MEGA, _GIGA = 1_000_000, 1_000_000_000


def as_table(figures: Sequence[Figures]) -> str:
    """Milliseconds as median / 95th percentile; the ratio is of the 95th percentiles."""
    first, last = figures[0], figures[-1]
    heads = ["", *(f"{one.passages:,} passages" for one in figures), "last : first"]
    rows = []
    for name, title in TIMES.items():
        times: list[Times] = [getattr(one, name) for one in figures]
        cells = [f"{one.median:.0f} / {one.p95:.0f} ms" for one in times]
        rows.append([title, *cells, f"{times[-1].p95 / times[0].p95:.1f}"])
    rows += [
        [
            "memory while serving, MB",
            *(f"{one.footprint.serving / _MEGA:.0f}" for one in figures),
            f"{last.footprint.serving / first.footprint.serving:.1f}",
        ],
        [
            "disk per passage, kB",
            *(f"{one.footprint.disk / one.passages / 1000:.1f}" for one in figures),
            f"{last.footprint.disk * first.passages / last.passages / first.footprint.disk:.1f}",
        ],
    ]
    return f"{table(heads, rows)}\n\n{_density(first, last)}"


def _density(first: Figures, last: Figures) -> str:
    """Say how many passages a gigabyte holds: of what the larger library takes more."""
    more = last.footprint.serving - first.footprint.serving
    if last.passages == first.passages or more <= 0:
        return "How many passages fit a gigabyte cannot be told from these sizes."
    whole = last.passages / last.footprint.serving * _GIGA
    each = (last.passages - first.passages) / more * _GIGA
    return (
        f"Passages per GB of memory: {each:,.0f} by what {last.passages:,} take more than "
        f"{first.passages:,}; {whole:,.0f} with the process itself counted."
    )


def picture(figures: Sequence[Figures], caption: str) -> str:
    lines = {title: [getattr(one, name).p95 for one in figures] for name, title in TIMES.items()}
    return draw([one.passages for one in figures], lines, f"95th percentile; {caption}")
