"""Which way computes the embeddings: the fastest here of those that mean the same, kept."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kb.config import EmbeddingPrecision
from retrieval.engines import choice
from retrieval.engines.choice import REFERENCE, Choices, Trial, Way, fastest, measure
from retrieval.engines.packed import PackedBert, Unfit
from retrieval.engines.protocols import Vectors

AUTO, FP32, BF16 = EmbeddingPrecision.AUTO, EmbeddingPrecision.FP32, EmbeddingPrecision.BF16
SLOW = Trial(REFERENCE, cosine=1, question=10, passage=90)
QUICK = Trial(Way.PACKED_FP32, cosine=0.99999, question=8, passage=50)


class Fake:
    """Computes the same for the same text; askew if told so."""

    def __init__(self, askew: float = 0) -> None:
        self._askew = askew

    def rows(self, texts: Sequence[str]) -> Vectors:
        rows = [[1.0, len(text) % 7, self._askew * len(text)] for text in texts]
        found = np.array(rows, dtype=np.float32)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def test_the_fastest_equal_way_is_taken():
    assert fastest([SLOW, QUICK], FP32) is QUICK.way
    assert fastest([SLOW, replace(QUICK, passage=120)], FP32) is REFERENCE


def test_a_fast_way_that_means_something_else_is_refused():
    assert fastest([SLOW, replace(QUICK, cosine=0.998, question=1, passage=1)], FP32) is REFERENCE


def test_not_a_number_is_refused():
    assert fastest([SLOW, replace(QUICK, cosine=float("nan"))], FP32) is REFERENCE


def test_a_precision_that_was_asked_for_is_obeyed():
    sixteen = Trial(Way.PACKED_BF16, cosine=0.9999, question=30, passage=300)
    assert fastest([SLOW, QUICK, sixteen], BF16) is Way.PACKED_BF16
    assert fastest([SLOW, QUICK], BF16) is Way.LIBRARY_BF16
    assert all(way.dtype == "float32" for way in choice.ways(FP32))


def test_every_way_is_held_against_the_reference_by_its_worst_text():
    made = {REFERENCE: Fake(), Way.PACKED_FP32: Fake(), Way.PACKED_BF16: Fake(0.01)}
    same, askew = measure(list(made)[1:], made.__getitem__, on_processor=True)[1:]
    assert same.cosine == pytest.approx(1, abs=1e-5)
    assert askew.cosine < choice.EQUAL
    assert min(same.question, same.passage, askew.question) >= 0


def test_what_does_not_fit_the_model_is_left_out():
    def load(way: Way) -> Fake:
        if way.is_packed:
            raise Unfit
        return Fake()

    assert [one.way for one in measure(choice.ways(FP32), load, on_processor=True)] == [REFERENCE]


def never() -> list[Trial]:
    raise AssertionError("measured again")


def test_a_later_start_takes_what_was_measured_once(tmp_path):
    file = tmp_path / "var" / "engine.json"
    assert Choices(file, {}).way("here", FP32, lambda: [SLOW, QUICK]) is QUICK.way
    assert Choices(file, {}).way("here", FP32, never) is QUICK.way
    assert json.loads(file.read_text())["here"]["trials"][1]["passage"] == 50


def test_another_model_processor_or_precision_is_measured_anew(tmp_path, monkeypatch):
    file = tmp_path / "engine.json"
    first = choice.key("a" * 64, AUTO, "cpu")
    keys = [choice.key("b" * 64, AUTO, "cpu"), choice.key("a" * 64, FP32, "cpu")]
    monkeypatch.setattr(choice, "_processor", lambda: ("another", frozenset()))
    keys.append(choice.key("a" * 64, AUTO, "cpu"))
    assert len({first, *keys}) == 4
    Choices(file, {}).way(first, FP32, lambda: [SLOW, QUICK])
    for key in keys:
        assert Choices(file, {}).way(key, FP32, lambda: [SLOW]) is REFERENCE
    assert Choices(file, {}).way(first, FP32, never) is QUICK.way


@pytest.mark.parametrize("text", ["", "{", '{"here": 3}', '{"here": {"way": "by-hand"}}'])
def test_a_file_that_says_nothing_useful_is_written_anew(tmp_path, text: str):
    file = tmp_path / "engine.json"
    file.write_text(text)
    assert Choices(file, {}).way("here", FP32, lambda: [SLOW, QUICK]) is QUICK.way
    assert Choices(file, {}).way("here", FP32, never) is QUICK.way


def test_what_is_kept_is_bounded(tmp_path):
    file = tmp_path / "engine.json"
    for number in range(50):
        Choices(file, {}).way(f"model {number}", FP32, lambda: [SLOW])
    assert len(json.loads(file.read_text())) <= 20


def test_where_nothing_can_be_written_it_still_works(tmp_path):
    (tmp_path / "file").touch()
    found = Choices(tmp_path / "file" / "engine.json", {}).way("here", FP32, lambda: [SLOW])
    assert found is REFERENCE


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("config.json", {"model_type": "roberta"}),
        ("config.json", {"hidden_act": "relu"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("1_Pooling/config.json", {"pooling_mode": "cls"}),
        ("config_sentence_transformers.json", {"default_prompt_name": "query"}),
    ],
)
def test_a_model_that_is_built_otherwise_is_not_computed_without_padding(tmp_path, file, said):
    plain = {
        "config.json": {
            "model_type": "bert",
            "hidden_act": "gelu",
            "num_attention_heads": 12,
            "layer_norm_eps": 1e-12,
        },
        "modules.json": [{"type": "a.Transformer"}, {"type": "a.Pooling"}],
        "1_Pooling/config.json": {"pooling_mode": "mean"},
        "config_sentence_transformers.json": {"default_prompt_name": None},
    }
    (tmp_path / "1_Pooling").mkdir()
    for name, content in {**plain, file: {**plain[file], **said}}.items():
        (tmp_path / name).write_text(json.dumps(content))
    with pytest.raises(Unfit):
        PackedBert(tmp_path, dtype="float32", max_tokens=256)
