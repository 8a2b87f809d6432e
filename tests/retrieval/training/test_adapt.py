"""A model learns the words of one home: resumable, anchored, and offered only if it is better."""

from pathlib import Path

import numpy as np
import pytest

from kb.config import EmbeddingPrecision
from retrieval.engines.embedder import SentenceTransformerEmbedder, bundled
from retrieval.training import store
from retrieval.training.adapt import Start, TooLittle, adapt, hold_against, offer
from retrieval.training.held_out import Exam, interval
from retrieval.training.own import Example, Own, Page, is_held_out
from retrieval.training.own_lesson import SMOKE
from retrieval.training.store import HeldOut, Made
from tests.retrieval.training import sentences

WORSE = HeldOut(questions=20, before=0.5, after=0.6, low=-0.1, high=0.2)
BETTER = HeldOut(questions=20, before=0.5, after=0.6, low=0.01, high=0.2)


class Killed(Exception):
    """What a test does to a run."""


def silent(_step: str, _done: int, _total: int) -> None:
    pass


def home() -> Own:
    """Return a home of 67 articles, each in two languages."""
    pages, examples = [], []
    for family, (german, english) in enumerate(sentences.PAIRS[::3], start=1):
        texts = {"de": (german, f"{german} Das geht im Kundenkonto."), "en": (english, english)}
        for locale, (title, text) in texts.items():
            pages.append(Page(family, locale, title, text, (), ()))
            examples.append(Example(family, title, text))
            examples.append(Example(family, f"{title} bitte", text, by_customer=True))
    return Own(pages, examples)


def test_too_little_text_is_said_in_words(tmp_path: Path):
    own = home()
    few = Own(own.pages[:4], own.examples[:8])
    with pytest.raises(TooLittle, match="at least 50 pairs"):
        adapt(Start("bundled", tmp_path), few, tmp_path, SMOKE, silent)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(TooLittle):
        hold_against(tmp_path, tmp_path, few, silent)


@pytest.mark.model
def test_a_killed_run_goes_on_and_the_model_hardly_moves(tmp_path: Path):
    folder = bundled("")
    assert folder is not None
    start, own = Start("bundled", folder), home()
    seen: list[tuple[str, int]] = []

    def killing(step: str, done: int, _total: int) -> None:
        if (step, done) == ("learn", 5):
            raise Killed

    with pytest.raises(Killed):
        adapt(start, own, tmp_path / "work", SMOKE, killing)
    adapted, made = adapt(
        start, own, tmp_path / "work", SMOKE, lambda step, done, _: seen.append((step, done))
    )
    steps = [done for step, done in seen if step == "learn"]
    assert steps[0] == 4  # the checkpoint after three steps was found
    assert steps[-1] == 8
    assert made.pairs == len(own.learnt)
    assert made.held_out.questions > 0
    before, after = (
        SentenceTransformerEmbedder(str(one), EmbeddingPrecision.FP32).embed(["Rechnung", "bill"])
        for one in (folder, adapted)
    )
    assert np.sum(before * after, axis=1).min() > 0.95
    again: list[str] = []
    adapt(start, own, tmp_path / "work", SMOKE, lambda step, _done, _total: again.append(step))
    assert "learn" not in again


@pytest.mark.parametrize(("measured", "is_better"), [(WORSE, False), (BETTER, True)])
def test_only_a_difference_that_is_certain_counts(measured: HeldOut, is_better: bool):  # noqa: FBT001
    assert measured.is_better is is_better


def test_a_model_that_is_offered_tells_how_it_came_about(tmp_path: Path):
    adapted, models = tmp_path / "adapted", tmp_path / "models"
    adapted.mkdir()
    (adapted / "modules.json").write_text("[]")
    made = Made("bundled", "ab" * 32, 418, "2026-01-01T00:00:00+00:00", BETTER)
    offer(adapted, made, models, "koggenet")
    found = {one.name: one for one in store.stored(models)}
    assert found["koggenet"].made == made
    assert "0.500 → 0.600" in (models / "koggenet" / "README.md").read_text()
    assert not store.is_free(models, "koggenet")


@pytest.mark.parametrize("name", ["", "bundled", "all-minilm-l6-v2", "../x", "A", ".work", "a b"])
def test_a_name_is_plain_and_given_once(tmp_path: Path, name: str):
    assert not store.is_free(tmp_path, name)
    assert store.is_free(tmp_path, "koggenet-2.1")


def test_what_is_no_model_is_not_offered(tmp_path: Path):
    for name in ("empty", ".koggenet.new", ".work"):
        (tmp_path / name).mkdir()
    (tmp_path / ".koggenet.new" / "modules.json").write_text("[]")
    assert [one.name for one in store.stored(tmp_path) if one.folder.parent == tmp_path] == []


def test_the_exam_asks_only_of_articles_that_were_held_out():
    own = home()
    exam = Exam(own)
    assert exam.families == len({one.family for one in own.examples if is_held_out(one.family)})
    perfect = exam.compare([0.5] * len(exam._asked), [1.0] * len(exam._asked))  # noqa: SLF001
    assert (perfect.before, perfect.after, perfect.low, perfect.high) == (0.5, 1.0, 0.5, 0.5)


def test_the_interval_holds_zero_when_nothing_but_chance_differs():
    random = np.random.default_rng(1)
    low, high = interval(random.normal(0, 1, 200).astype(np.float32))
    assert low < 0 < high
    low, _ = interval(random.normal(1, 1, 200).astype(np.float32))
    assert low > 0
