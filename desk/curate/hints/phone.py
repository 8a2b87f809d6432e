"""Hints about small screens: what does not fit on a phone that is held upright."""

import re
from collections.abc import Iterator, Mapping

from desk.curate.hints.blocks import Layout, Table
from desk.curate.hints.kinds import Hint, Kind, hint
from retrieval.index.plain import plain

LONGEST_STEP = 55
"""Words of a step that fit on a screen beside its picture and its buttons."""
MOST_COLUMNS = 3
WIDEST_ROW = 70
"""Characters."""
NARROWEST_IMAGE = 480
"""Pixels: less looks blurred on today's screens."""
IMAGE = re.compile(r"!\[([^\]\n]*)\]\(\s*<?/media/([0-9a-f]{32})>?[^)\n]*\)")


def phone(layout: Layout, widths: Mapping[str, int]) -> Iterator[Hint]:
    """Yield hints about small screens; `widths` are those of the images, by their ids."""
    for step in layout.steps:
        if step.count > LONGEST_STEP:
            yield hint(layout.body, Kind.STEP_LONG, step.start, step.end, count=step.count)
    for table in layout.tables:
        yield from _table(layout.body, table)
    for found in IMAGE.finditer(layout.body):
        width = widths.get(found.group(2), NARROWEST_IMAGE)
        if width < NARROWEST_IMAGE:
            yield hint(layout.body, Kind.IMAGE_SMALL, found.start(), found.end(), count=width)
        if not found.group(1).strip():
            yield hint(layout.body, Kind.ALT_MISSING, found.start(), found.end())


def _table(body: str, table: Table) -> Iterator[Hint]:
    columns = max(len(_cells(row)) for row in table.rows)
    longest = max(len(" ".join(_cells(row))) for row in table.rows)
    if columns > MOST_COLUMNS or longest > WIDEST_ROW * columns:
        start = table.start
        yield hint(body, Kind.TABLE_WIDE, start, start + len(table.rows[0]), count=columns)


def _cells(row: str) -> list[str]:
    return [plain(cell).strip() for cell in row.strip().strip("|").split("|")]
