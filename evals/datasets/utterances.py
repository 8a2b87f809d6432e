"""Utterances labelled by mood and urgency. Frozen: a changed file is not read."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.datasets.golden import UnusableDataset
from kb.affect import Mood, Urgency

FOLDER = Path(__file__).parent / "affect"
SCHEMA = 1


class Split(StrEnum):
    """What is learnt from, and what is only measured."""

    TUNING = "tuning"
    HOLDOUT = "holdout"


@dataclass(frozen=True)
class Utterance:
    """What somebody wrote, and how it sounds."""

    id: str
    text: str
    lang: str
    mood: Mood
    urgency: Urgency
    kind: str
    """What it is an example of."""


@dataclass(frozen=True)
class Utterances:
    """One split."""

    split: Split
    digest: str
    all: tuple[Utterance, ...]


def load(split: Split, folder: Path = FOLDER) -> Utterances:
    """Return a split, exactly as it was frozen.

    Raises:
        UnusableDataset: a file is missing, of another schema, or was changed.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        told = manifest["splits"][split]
        content = (folder / told["file"]).read_bytes()
    except (OSError, ValueError, KeyError) as error:
        raise UnusableDataset(f"{folder} holds no labelled utterances: {error}") from error
    if manifest.get("schema") != SCHEMA:
        raise UnusableDataset(f"{folder} has schema {manifest.get('schema')}, not {SCHEMA}")
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise UnusableDataset(f"{folder / told['file']} was changed since it was frozen")
    lines = content.decode("utf-8").splitlines()
    return Utterances(split, told["sha256"], tuple(map(_utterance, lines)))


def _utterance(line: str) -> Utterance:
    one = json.loads(line)
    return Utterance(
        id=one["_id"],
        text=one["text"],
        lang=one["lang"],
        mood=Mood(one["mood"]),
        urgency=Urgency(one["urgency"]),
        kind=one["kind"],
    )
