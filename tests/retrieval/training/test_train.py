"""From parallel text to a model: it gets better, a kill only interrupts it, the card tells all."""

from pathlib import Path

import numpy as np
import pytest

from kb.config import EmbeddingPrecision
from retrieval.engines.embedder import ENGLISH, SentenceTransformerEmbedder, bundled
from retrieval.training import card, parallel
from retrieval.training.train import Recipe, ship, train
from tests.retrieval.training import sentences

pytestmark = pytest.mark.model


class Killed(Exception):
    """What a test does to a run."""


def silent(_step: str, _done: int, _total: int) -> None:
    pass


def closeness(model: str) -> float:
    """Return the mean cosine of each sentence and its translation."""
    embedder = SentenceTransformerEmbedder(model, EmbeddingPrecision.FP32)
    german = embedder.embed([german for german, _ in sentences.PAIRS])
    english = embedder.embed([english for _, english in sentences.PAIRS])
    return float(np.mean(np.sum(german * english, axis=1)))


def test_a_killed_run_goes_on_and_what_comes_out_knows_german_better(tmp_path: Path):
    data = sentences.write(tmp_path / "data")
    recipe = Recipe(bundled(ENGLISH)).smoke
    seen: list[tuple[str, int]] = []

    def killing(step: str, done: int, _total: int) -> None:
        if (step, done) == ("teach", 8):
            raise Killed

    with pytest.raises(Killed):
        train(recipe, data, tmp_path / "work", killing)
    trained = train(
        recipe, data, tmp_path / "work", lambda step, done, _: seen.append((step, done))
    )
    steps = [done for step, done in seen if step == "teach"]
    assert steps[0] == 6  # the checkpoint after five steps was found
    assert steps[-1] == recipe.pace.steps
    ship(trained, tmp_path / "model", card=card.write(recipe, data))
    assert closeness(str(tmp_path / "model")) > closeness(ENGLISH) + 0.1
    told = (tmp_path / "model" / "README.md").read_text()
    assert parallel.digest(data) in told
    again: list[str] = []
    train(recipe, data, tmp_path / "work", lambda step, _done, _total: again.append(step))
    assert set(again) == {"vocabulary", "teacher"}
