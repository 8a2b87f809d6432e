"""Is people's data taken out of what they write, and nothing else?

Messages have their data marked by hand. Gone is what none of its words is left of; every other
word has to be there still. Texts of strangers count as clean: what is taken out there is wrong.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals import run, strangers
from evals.bench import Bench
from evals.datasets import frozen
from evals.datasets.frozen import UnusableDataset
from evals.measures import About, Row, figures, row
from evals.run import Measures
from ingestion.redact import PersonalData, Redacted, redact
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

FOLDER = Path(__file__).parent.parent / "datasets" / "redact"
OURS = "redact"
_MARK = re.compile(r"\[\[([a-z ]+):([^\[\]]+)\]\]")
_WORD = re.compile(r"\w+")
_PUT_IN = re.compile(r"\[[a-z ]+\]")
_SALUTATIONS = frozenset("herr frau mr mrs ms dr familie family".split())


@dataclass(frozen=True)
class Message:
    """A text as it was written, and what of it must go: kind and words."""

    id: str
    lang: str
    split: str
    text: str
    marked: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Judged:
    """What became of one message."""

    gone: tuple[bool, ...]
    """Of each marked piece."""
    kept: float
    """Share of the other words that are still there."""
    found: int
    """Pieces that were taken out, rightly or not."""


def measure(bench: Bench, name: str) -> EvalRun:
    """Redact every message, and texts of strangers if there are files of them.

    Raises:
        UnusableDataset: the messages are missing or were changed.
    """
    folder = FOLDER if name == OURS else Path(name)
    messages = load(folder)[: bench.terms.limit or None]
    judged = [(one, judge(one, redact(one.text))) for one in messages]
    rows = [_row(one, told) for one, told in judged]
    found: dict[str, Any] = {
        **figures(Task.REDACT, rows),
        "recall": by_kind(judged),
        "clean": clean(judged),
    }
    if bench.terms.strangers:
        texts = [one for one in strangers.load(bench.terms.strangers) if one.group != "gibberish"]
        hit = [one for one in texts if redact(one.text).found]
        found["other texts"] = {"texts": len(texts), "texts something was taken out of": len(hit)}
    digest = hashlib.sha256((folder / "items.jsonl").read_bytes()).hexdigest()
    measures = Measures(folder.resolve().name, digest, found, rows)
    return run.as_run(Task.REDACT, measures, system="rules")


def load(folder: Path) -> list[Message]:
    """Read the messages of a folder.

    Raises:
        UnusableDataset: there are none, or they were changed since they were frozen.
    """
    frozen.check(folder)
    try:
        lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
        return [_message(json.loads(line)) for line in lines]
    except (OSError, ValueError, KeyError) as error:
        raise UnusableDataset(f"{folder} holds no messages: {error}") from error


def judge(message: Message, told: Redacted) -> Judged:
    """Compare what is left with what was marked."""
    left = Counter(_words(_PUT_IN.sub(" ", told.text)))
    marked = Counter(word for _, piece in message.marked for word in _words(piece))
    others = Counter(_words(message.text)) - marked
    names = [piece for kind, piece in message.marked if kind == PersonalData.NAME]
    # a name that stayed may be part of an address that went: b.meier@firma.example
    staying = Counter(w for one in names if not _is_gone(one, left, others) for w in _words(one))
    gone = tuple(
        _is_gone(piece, left, others if kind == PersonalData.NAME else others + staying)
        for kind, piece in message.marked
    )
    stayed = sum((others & left).values())
    total = sum(others.values())
    return Judged(gone, round(stayed / total, 4) if total else 1.0, sum(told.found.values()))


def _is_gone(piece: str, left: Counter[str], others: Counter[str]) -> bool:
    return all(left[word] <= others[word] for word in _telling(piece))


def by_kind(judged: Sequence[tuple[Message, Judged]]) -> dict[str, dict[str, dict[str, float]]]:
    """Return by language and kind how much of what was marked is gone."""
    counted: dict[str, dict[str, list[bool]]] = {}
    for message, told in judged:
        for (kind, _), gone in zip(message.marked, told.gone, strict=True):
            counted.setdefault(message.lang, {}).setdefault(kind, []).append(gone)
    return {
        lang: {
            kind: {"n": len(gone), "gone": sum(gone), "recall": round(sum(gone) / len(gone), 4)}
            for kind, gone in sorted(kinds.items())
        }
        for lang, kinds in sorted(counted.items())
    }


def clean(judged: Sequence[tuple[Message, Judged]]) -> dict[str, dict[str, float]]:
    """Return by language of how many messages without people's data something was taken."""
    found: dict[str, dict[str, float]] = {}
    for message, told in judged:
        if not message.marked:
            counted = found.setdefault(message.lang, {"n": 0, "touched": 0})
            counted["n"] += 1
            counted["touched"] += told.found > 0
    return dict(sorted(found.items()))


def _row(message: Message, told: Judged) -> Row:
    wanted = ", ".join(f"{kind}: {piece}" for kind, piece in message.marked)
    left = [piece for (_, piece), gone in zip(message.marked, told.gone, strict=True) if not gone]
    about = About(
        message.id,
        message.lang,
        message.split,
        message.text,
        wanted,
        f"left: {', '.join(left)}" if left else "",
    )
    removed = sum(told.gone) / len(told.gone) if told.gone else None
    return row(Task.REDACT, about, {"removed": removed, "kept": told.kept})


def _message(line: dict[str, Any]) -> Message:
    text = str(line["text"])
    marked = tuple((kind, piece) for kind, piece in _MARK.findall(text))
    return Message(line["_id"], line["lang"], line["split"], _MARK.sub(r"\2", text), marked)


def _words(text: str) -> Iterable[str]:
    return _WORD.findall(text.casefold())


def _telling(piece: str) -> set[str]:
    """Return the words of a piece that say who it is; a salutation and an initial do not."""
    return {word for word in _words(piece) if len(word) > 1 and word not in _SALUTATIONS}
