"""Plans derived from articles of others, held against step beginnings found by reading them.

Kept here are ids and numbers of lines only. Where the texts are missing or have changed, nothing
is measured, and that is said.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.coach import PLANS, same
from retrieval.coaching import derive
from retrieval.index.sentences import sentences

BEGINNINGS = PLANS.with_name("bc_docs.jsonl")


@dataclass(frozen=True)
class Marked:
    """An article and the lines at which its steps begin."""

    id: str
    lines: tuple[int, ...]
    digest: str

    @property
    def locale(self) -> str:
        return self.id.rpartition("::")[2]


@dataclass(frozen=True)
class Held:
    """One derived plan held against the beginnings."""

    locale: str
    wanted: int
    found: int
    foreign: int
    is_in_order: bool


def load(path: Path = BEGINNINGS) -> list[Marked]:
    """Read what was marked by hand."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Marked(one["id"], tuple(one["lines"]), one["digest"]) for one in rows]


def hold(text: str, lines: tuple[int, ...], locale: str) -> Held:
    """Derive the plan, and look for the step of each marked line: each step counts once."""
    written = text.split("\n")
    steps = [same(one.instruction) for one in derive(text).steps]
    free, places = set(range(len(steps))), []
    for line in lines:
        first = same(sentences(written[line].split(". ", 1)[-1])[0])
        place = next((n for n in sorted(free) if steps[n].startswith(first)), None)
        if place is not None:
            free.discard(place)
            places.append(place)
    return Held(locale, len(lines), len(places), len(free), places == sorted(places))


def measure(folder: Path) -> dict[str, Any]:
    """Return the figures of each language, and how many articles could not be measured."""
    marked = {one.id: one for one in load()}
    texts = dict(_texts(folder, set(marked)))
    missing = [one for one, told in marked.items() if _digest(texts.get(one, "")) != told.digest]
    held = [
        hold(texts[one], told.lines, told.locale)
        for one, told in marked.items()
        if one not in missing
    ]
    return {
        "articles that are missing or changed": len(missing),
        **{locale: _figures(held, locale) for locale in sorted({one.locale for one in held})},
    }


def _figures(held: list[Held], locale: str) -> dict[str, Any]:
    ours = [one for one in held if one.locale == locale]
    return {
        "articles": len(ours),
        "steps by hand": sum(one.wanted for one in ours),
        "steps found": sum(one.found for one in ours),
        "plans in order": sum(one.is_in_order for one in ours),
        "steps of no plan": sum(one.foreign for one in ours),
    }


def _texts(folder: Path, wanted: set[str]) -> Iterator[tuple[str, str]]:
    corpus = folder / "corpus.jsonl"
    if not corpus.is_file():
        return
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            if one["_id"] in wanted:
                yield one["_id"], one["text"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
