"""From the model that answers to one that knows this home's words. A kill only interrupts it.

What comes out is offered only if the held-out part says, with certainty, that it is better.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from kb import clock
from kb.config import EmbeddingPrecision
from kb.terminal import Progress
from kb.text import digest
from retrieval.engines.embedder import SentenceTransformerEmbedder
from retrieval.training import own_card, store
from retrieval.training.held_out import Exam
from retrieval.training.own import Own
from retrieval.training.own_lesson import Lesson, Pace, learn
from retrieval.training.stages import Room, without_dropout
from retrieval.training.store import HeldOut, Made

_SEED = 20_260_101
_FEWEST = 50
"""Pairs below which there is nothing to learn from."""
_FEWEST_ARTICLES = 10
"""Held-out articles below which nothing could be said of the result."""
_ANCHORS = 4_000


class TooLittle(Exception):
    """The home has too little text to learn from; says how much there is."""


@dataclass(frozen=True)
class Start:
    """The model that learns."""

    name: str
    folder: Path


def adapt(start: Start, own: Own, work: Path, pace: Pace, progress: Progress) -> tuple[Path, Made]:
    """Return the folder of the adapted model, and what was measured of it.

    Args:
        start: the model that learns.
        own: what it learns from, held-out part included.
        work: where intermediate results go; a run from other text or another model starts anew.
        pace: how fast and how long.
        progress: told the step, what is done and what there is to do.

    Raises:
        TooLittle: there is too little text to learn from, or to measure with.
    """
    learnt, exam = own.learnt, Exam(own)
    if len(learnt) < _FEWEST or exam.families < _FEWEST_ARTICLES:
        raise TooLittle(
            f"This knowledge base gives {len(learnt)} pairs of question and text to learn from "
            f"and {exam.families} articles to measure with. It takes at least {_FEWEST} pairs and "
            f"{_FEWEST_ARTICLES} articles, which is about 50 articles."
        )
    work = work / digest(own.digest, _weights(start), json.dumps(asdict(pace)))[:12]
    work.mkdir(parents=True, exist_ok=True)
    before = _ranks(work / "before.json", exam, start.folder, progress)
    adapted = work / "adapted"
    if not (adapted / "modules.json").is_file():
        _learn(start, own, work, pace, progress)
    after = _ranks(work / "after.json", exam, adapted, progress)
    return adapted, Made(
        made_from=start.name,
        data_digest=own.digest,
        pairs=len(learnt),
        made_at=clock.now().isoformat(timespec="seconds"),
        held_out=exam.compare(before, after),
    )


def offer(adapted: Path, made: Made, models_folder: Path, name: str) -> None:
    """Put the adapted model among those that can be activated, whole or not at all."""
    models_folder.mkdir(parents=True, exist_ok=True)
    beside = models_folder / f".{name}.new"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(adapted, beside)
    (beside / "README.md").write_text(own_card.write(name, made))
    store.write(beside, made)
    beside.rename(models_folder / name)


def hold_against(one: Path, other: Path, own: Own, progress: Progress) -> HeldOut:
    """Hold two models against each other on the held-out part.

    Raises:
        TooLittle: there are too few articles to measure with.
    """
    exam = Exam(own)
    if exam.families < _FEWEST_ARTICLES:
        raise TooLittle(
            f"The held-out part has {exam.families} articles. It takes {_FEWEST_ARTICLES}."
        )
    ranks = []
    for at, folder in enumerate((one, other)):
        ranks.append(exam.reciprocal_ranks(_embedder(folder).embed))
        progress("compare", at + 1, 2)
    return exam.compare(*ranks)


def use_threads(threads: int) -> None:
    """Compute on so many threads; 0 takes what there is."""
    if threads:
        torch.set_num_threads(threads)


def _weights(start: Start) -> str:
    return _embedder(start.folder).digest


def _embedder(folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(folder), EmbeddingPrecision.FP32)


def _ranks(kept: Path, exam: Exam, folder: Path, progress: Progress) -> list[float]:
    """Return how the model does in the exam; measured once, a second run reads it."""
    progress(f"measure {kept.stem}", 0, 1)
    if not kept.is_file():
        found = exam.reciprocal_ranks(_embedder(folder).embed)
        beside = kept.with_suffix(".new")
        beside.write_text(json.dumps(found))
        beside.rename(kept)
    progress(f"measure {kept.stem}", 1, 1)
    ranks: list[float] = json.loads(kept.read_text())
    return ranks


def _learn(start: Start, own: Own, work: Path, pace: Pace, progress: Progress) -> None:
    model = SentenceTransformer(
        str(start.folder),
        device="cuda" if torch.cuda.is_available() else "cpu",
        local_files_only=True,
        model_kwargs={"dtype": torch.float32},
    )
    model.model_card_data.generate_widget_examples = False  # they would be this home's texts
    without_dropout(model)
    anchors = _anchors(own, most=64 if pace.smoke else _ANCHORS)
    vectors = _said_before(work / "anchors.npy", start, anchors)
    learn(model, Lesson(own.learnt, anchors, vectors), pace, Room(work / "learn", progress))
    beside = work / "adapted.new"
    shutil.rmtree(beside, ignore_errors=True)
    model.half().save(str(beside), create_model_card=False)
    beside.rename(work / "adapted")
    shutil.rmtree(work / "learn", ignore_errors=True)  # checkpoints weigh six times the model


def _anchors(own: Own, *, most: int) -> list[str]:
    texts = {one.question: None for one in own.learnt} | {one.text: None for one in own.learnt}
    shuffled = sorted(texts)
    Random(_SEED).shuffle(shuffled)  # noqa: S311  # a fixed order, not a secret
    return shuffled[:most]


def _said_before(kept: Path, start: Start, texts: Sequence[str]) -> torch.Tensor:
    if not kept.is_file():
        beside = kept.with_suffix(".new.npy")
        np.save(beside, _embedder(start.folder).embed(texts))
        beside.rename(kept)
    return torch.from_numpy(np.load(kept))
