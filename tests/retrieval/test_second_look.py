"""A cross-encoder, where one is set, puts the first results in order, if there is time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kb.access import Audience
from retrieval.engines.embedder import ENGLISH, bundled
from retrieval.engines.reranker import CrossEncoderReranker
from retrieval.results import Hit, Kind, Passage, Why
from retrieval.second_look import look_again


@dataclass
class Longest:
    """Finds that the longest text fits best."""

    count: int = 20
    answers: bool = True
    read: list[str] = field(default_factory=list)

    def affordable(self) -> int:
        return self.count

    def scores(self, question: str, texts: Sequence[str]) -> list[float] | None:
        assert question == "why?"
        self.read += texts
        return [len(text) / 1_000 for text in texts] if self.answers else None


def hit(title: str, score: float) -> Hit:
    passage = Passage(
        kind=Kind.PUBLIC,
        chunk_id=title,
        family_id=len(title),
        source_id=1,
        locale="en",
        title=title,
        slug=title,
        section="",
        anchor="",
        text="text",
        ordinal=1,
        audience=Audience.PUBLIC,
    )
    return Hit(passage, score, Why())


HITS = [hit("a", 0.9), hit("bb", 0.7), hit("cccc", 0.5), hit("ddd", 0.3)]


def titles(hits: Sequence[Hit]) -> list[str]:
    return [one.passage.title for one in hits]


def test_the_first_results_come_in_the_order_of_the_reranker() -> None:
    found = look_again(Longest(), "why?", HITS)
    assert titles(found) == ["cccc", "ddd", "bb", "a"]


def test_scores_stay_sorted_and_what_the_second_look_said_is_kept() -> None:
    found = look_again(Longest(), "why?", HITS)
    assert [one.score for one in found] == [0.9, 0.7, 0.5, 0.3]
    assert found[0].why.reread == pytest.approx(0.009)


def test_only_as_many_are_read_as_there_is_time_for() -> None:
    reranker = Longest(count=3)
    assert titles(look_again(reranker, "why?", HITS)) == ["cccc", "bb", "a", "ddd"]
    assert reranker.read == ["a\ntext", "bb\ntext", "cccc\ntext"]


@pytest.mark.parametrize("reranker", [None, Longest(count=0), Longest(answers=False)])
def test_without_time_or_an_answer_the_order_stays(reranker: Longest | None) -> None:
    assert look_again(reranker, "why?", HITS) == HITS


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small cross-encoder that learnt nothing, in the files of a real one."""
    import torch  # noqa: PLC0415  # only where models are tested
    from transformers import (  # noqa: PLC0415  # as above
        AutoTokenizer,
        BertConfig,
        BertForSequenceClassification,
    )

    english = bundled(ENGLISH)
    assert english is not None
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(str(english))
    small = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        num_labels=1,
    )
    folder = tmp_path_factory.mktemp("reranker")
    BertForSequenceClassification(small).save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder


@pytest.mark.model
def test_a_cross_encoder_of_the_library_is_asked(weights: Path) -> None:
    reranker = CrossEncoderReranker(str(weights), milliseconds=5_000)
    assert reranker.affordable() > 1
    texts = ["A router is a box.", "Bills come monthly."]
    first = reranker.scores("What is a router?", texts)
    assert first is not None
    assert len(set(first)) == len(first)
    assert all(0 < one < 1 for one in first)
    assert first == reranker.scores("What is a router?", texts)


@pytest.mark.model
def test_what_would_take_too_long_is_not_begun(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reranker = CrossEncoderReranker(str(weights), milliseconds=100)
    assert reranker.affordable() > 0
    clock = iter(range(0, 100, 1))
    monkeypatch.setattr("retrieval.engines.reranker.perf_counter", lambda: float(next(clock)))
    assert reranker.scores("slow", ["one", "two"]) is not None  # half a second a text
    assert reranker.affordable() == 0


@pytest.mark.model
def test_a_slow_moment_is_forgotten(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reranker = CrossEncoderReranker(str(weights), milliseconds=100)
    reranker.affordable()
    clock = iter([0.0, 0.4])
    monkeypatch.setattr("retrieval.engines.reranker.perf_counter", lambda: next(clock))
    reranker.scores("slow", ["one", "two"])
    asked = [reranker.affordable() for _ in range(30)]
    assert asked[0] == 0
    assert asked[-1] > 0


def test_a_model_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tmp_path / "nothing"), milliseconds=100)
    assert reranker.affordable() == 0
    assert look_again(reranker, "why?", HITS) == HITS
