"""Words that mean the same nearly everywhere: search asks for them without being taught.

What only one company calls so is taught by its editors (`kb/synonyms`).
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def common_words(locale: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of a language; none for a language that has no list."""
    path = _FOLDER / f"{locale}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    told = (line.partition("#")[0] for line in lines)
    groups = (tuple(word.strip() for word in line.split(",") if word.strip()) for line in told)
    return tuple(group for group in groups if group)
