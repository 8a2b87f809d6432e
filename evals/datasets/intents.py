"""Questions whose topic is known: to see whether what asks the same comes together.

A folder holds `items.jsonl` with text, intent and language. Our own everyday questions come
along, in German and English: the article that answers one is its topic.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from rich_click import ClickException

from evals.datasets.golden import Part
from kb.text import digest

_EVERYDAY = Path(__file__).parent / "everyday"
_BEST = 2


@dataclass(frozen=True)
class Item:
    """One question, and what it is about."""

    text: str
    lang: str
    topic: str
    """With the set it belongs to: topics of two sets are never the same."""


def read(folders: tuple[Path, ...], part: Part) -> list[Item]:
    """Return half of the questions, as if nobody had answered them, of the topics of this part.

    Raises:
        ClickException: a folder has no such file.
    """
    found = [item for folder in folders for item in _folder(folder)]
    kept = [item for item in found if _is_chosen(item.text, 2)]
    return [item for item in [*kept, *_everyday()] if _belongs(item, part)]


def _belongs(item: Item, part: Part) -> bool:
    """Say whether the topic is of this half: thresholds were chosen on the other."""
    return part is Part.ALL or _is_chosen(item.topic, 2) == (part is Part.TUNING)


def _is_chosen(text: str, one_of: int) -> bool:
    return int(digest(text)[:8], 16) % one_of == 0


def _folder(folder: Path) -> list[Item]:
    path = folder / "items.jsonl"
    if not path.exists():
        raise ClickException(f"{path} is not there")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Item(row["text"], row["lang"], f"{folder.name}:{row['intent']}")
        for row in rows
        if not row.get("oos")
    ]


def _everyday() -> list[Item]:
    lines = (_EVERYDAY / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    judged = [line.split("\t") for line in lines]
    topics = {query: doc.split("::")[0] for query, doc, score in judged if int(score) == _BEST}
    rows = map(json.loads, (_EVERYDAY / "queries.jsonl").read_text("utf-8").splitlines())
    return [
        Item(row["text"], row["lang"], f"everyday:{topics[row['_id']]}")
        for row in rows
        if row["_id"] in topics
    ]
