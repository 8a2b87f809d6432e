"""Reads JSON lines one by one, so that one bad line costs one entry."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ingestion import files
from ingestion.files import Root
from ingestion.records import Failure, Unreadable

LONGEST_LINE = 4 * files.MEGABYTE


def entries(path: Path, root: Root) -> Iterator[tuple[str, Mapping[str, object]] | Failure]:
    """Yield (origin, entry) for every line that holds an object."""
    origin = root.relative(path)
    real = root.inside(path)
    if real is None or not real.is_file():
        yield Failure(origin, "leads out of the imported folder")
        return
    with real.open("rb") as opened:
        for number, line in enumerate(iter(lambda: opened.readline(LONGEST_LINE + 1), b""), 1):
            where = f"{origin}:{number}"
            if len(line) > LONGEST_LINE:
                yield Failure(where, f"a line is longer than {LONGEST_LINE // files.MEGABYTE} MB")
                return
            if line.strip():
                yield _entry(where, line)


def text(entry: Mapping[str, object], *names: str) -> str:
    """Return the first of these fields that holds text or a number."""
    for name in names:
        value = entry.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value):
            return str(value)
    return ""


def _entry(where: str, line: bytes) -> tuple[str, Mapping[str, object]] | Failure:
    try:
        entry = json.loads(files.decode(line))
    except (ValueError, RecursionError, Unreadable):
        return Failure(where, "is not valid JSON")
    return (where, entry) if isinstance(entry, dict) else Failure(where, "is not a JSON object")
