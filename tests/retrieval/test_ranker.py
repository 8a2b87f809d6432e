"""The ranking is a weighted mean of shares; what nobody has does not count."""

import json
from pathlib import Path

import pytest

from retrieval import ranker
from retrieval.ranker import FEATURES, Ranker, scores, shares

EVEN = dict.fromkeys(FEATURES, 0.25)


def article(dense: float = 0.0, lead: float = 0.0, lexical: float = 0.0, whole: float = 0.0):
    return {"dense": dense, "lead": lead, "lexical": lexical, "whole": whole}


def test_the_best_in_everything_scores_one():
    assert scores([article(0.8, 0.6, 12, 30), article(0.4, 0.3, 6, 15)], EVEN) == [1.0, 0.5]


def test_a_signal_nobody_has_leaves_the_others_their_full_weight():
    words_only = [article(lexical=12, whole=30), article(lexical=6, whole=15)]
    assert scores(words_only, EVEN) == [1.0, 0.5]


def test_a_meaning_that_speaks_against_counts_as_none():
    assert shares([article(dense=0.5), article(dense=-0.2)])[1]["dense"] == 0


def test_nothing_found_ranks_nothing():
    assert scores([], EVEN) == []
    assert scores([article()], EVEN) == [0.0]


def test_weights_decide_between_meaning_and_words():
    by_meaning, by_words = article(0.9, 0.9, 1, 1), article(0.3, 0.3, 10, 10)
    trusting = {"dense": 0.5, "lead": 0.4, "lexical": 0.05, "whole": 0.05}
    doubting = {"dense": 0.05, "lead": 0.05, "lexical": 0.4, "whole": 0.5}
    first, second = scores([by_meaning, by_words], trusting)
    assert first > second
    first, second = scores([by_meaning, by_words], doubting)
    assert first < second


def test_another_model_gets_the_weights_of_both_languages_together():
    learnt = Ranker("ours", {"de": article(1), "default": article(whole=1)})
    assert learnt.for_model("ours", "de") == article(1)
    assert learnt.for_model("theirs", "de") == article(whole=1)


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"fingerprint": "x"}'])
def test_without_a_readable_file_a_fixed_mix_ranks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
):
    path = tmp_path / "ranker.json"
    if text is not None:
        path.write_text(text)
    monkeypatch.setattr(ranker, "RANKER", path)
    ranker.load.cache_clear()
    try:
        weights = ranker.load().for_model("any", "de")
    finally:
        ranker.load.cache_clear()
    assert set(weights) == set(FEATURES)
    assert sum(weights.values()) == pytest.approx(1)


def test_the_weights_that_ship_are_shares_and_name_their_data():
    stored = json.loads(ranker.RANKER.read_text())
    assert set(stored["weights"]) == {"de", "en", "default"}
    for weights in stored["weights"].values():
        assert set(weights) == set(FEATURES)
        assert sum(weights.values()) == pytest.approx(1, abs=1e-3)
        assert min(weights.values()) >= 0
    assert all(len(digest) == 64 for digest in stored["data"].values())
