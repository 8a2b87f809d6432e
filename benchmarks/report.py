"""Figures go into docs/performance.md by themselves, each table between marks of its own name."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from kb import clock

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"


def circumstances() -> str:
    """Say when, where, and beside how much other work: without it no figure means anything."""
    return (
        f"{clock.now():%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} before"
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put(name: str, text: str, document: Path = DOCUMENT) -> None:
    """Put a text in the place of what stands between the marks of this name.

    Raises:
        ValueError: there are no such marks.
    """
    start, end = f"<!-- {name}: -->", f"<!-- :{name} -->"
    said = document.read_text()
    if said.count(start) != 1 or said.count(end) != 1:
        raise ValueError(name)
    before, rest = said.split(start)
    document.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}")


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1].strip() if found else "processor unknown"
