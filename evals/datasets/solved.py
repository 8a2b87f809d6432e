"""Solved cases to be asked as if they had just come in: what helped in each of them is known.

A set is the demo, where an article is named, or a folder with `cases.jsonl` whose dialogues stand
there once a language (`parallel`): then the same dialogue in the other language is what helps.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import kb
from evals.datasets.golden import DEMO, Part, UnusableDataset

_DEMO = Path(kb.__file__).parent / "demo"
_FILE = "cases.jsonl"
_SEED = 7


@dataclass(frozen=True)
class Said:
    """Something said in a case."""

    body: str
    by_customer: bool


@dataclass(frozen=True)
class Solved:
    """A solved case; `group` is what it is about, and what its equivalents are about, too."""

    key: str
    subject: str
    locale: str
    group: str
    has_article: bool
    messages: tuple[Said, ...]

    @property
    def split(self) -> Part:
        """Return the half; all cases of one group are in the same."""
        first = hashlib.sha256(self.group.encode()).digest()[0]
        return Part.TUNING if first % 2 == 0 else Part.REPORTING


@dataclass(frozen=True)
class SolvedCases:
    """Cases, and what is indexed beside them."""

    name: str
    file: Path
    articles: Path | None
    staff: Path | None
    cases: tuple[Solved, ...]
    digest: str


def load(name: str) -> SolvedCases:
    """Load `demo`, or a folder with solved cases.

    Raises:
        UnusableDataset: there is no such file, or nothing in it tells what helped.
    """
    folder = _DEMO if name == DEMO else Path(name)
    file = folder / _FILE
    if not file.is_file():
        raise UnusableDataset(f"{file} is missing")
    cases = tuple(_cases(file))
    if not any(one.group for one in cases):
        raise UnusableDataset(f"{file}: no case names an article or its parallel")
    is_demo = name == DEMO
    return SolvedCases(
        name=name if is_demo else folder.resolve().name,
        file=file,
        articles=folder / "articles" if is_demo else None,
        staff=folder / "staff" if is_demo else None,
        cases=cases,
        digest=hashlib.sha256(file.read_bytes()).hexdigest(),
    )


def some(cases: tuple[Solved, ...], most: int) -> list[Solved]:
    """Return at most so many of each language: a fixed choice; 0 means all."""
    chosen = []
    for locale in sorted({one.locale for one in cases}):
        own = [one for one in cases if one.locale == locale and one.group]
        Random(_SEED).shuffle(own)  # noqa: S311  # a fixed choice, not a secret
        chosen += own[:most] if most else own
    return chosen


def _cases(file: Path) -> Iterator[Solved]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            told = json.loads(line)
            if told.get("state", "solved") == "solved":
                yield _solved(told)
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableDataset(f"{file}, line {number}: {error}") from error


def _solved(told: dict[str, Any]) -> Solved:
    article = str(told.get("article") or "")
    return Solved(
        key=str(told["_id"]),
        subject=str(told["subject"]),
        locale=str(told["lang"]),
        group=article or str(told.get("parallel") or ""),
        has_article=bool(article),
        messages=tuple(
            Said(str(one["text"]), one["role"] == "customer")
            for one in told["messages"]
            if one["role"] in {"customer", "agent"}
        ),
    )
