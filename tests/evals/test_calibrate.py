"""The confidence is fitted so that it holds, and strangers are asked of every set."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from evals.calibrate import Example, learn, least, loss_and_slope, with_strangers
from evals.datasets import golden
from evals.strangers import GIBBERISH
from retrieval.confidence import probability
from retrieval.evidence import FEATURES
from tests.evals import tiny


def examples(n: int = 400) -> list[Example]:
    """Only the margin tells: with it, a hit is right that often."""
    random = Random(1)  # noqa: S311  # a fixed choice
    found = []
    for number in range(n):
        share = random.random()
        values = dict.fromkeys(FEATURES, 0.5) | {"margin": share, "known": random.random()}
        right = random.random() < share
        lang = ("de", "en")[number % 2]
        found.append(Example("set", lang, values, right, is_tuning=True, answerable=True))
    return found


def test_what_tells_right_from_wrong_gets_the_weight_and_nothing_speaks_against_a_hit():
    weights, _ = learn(examples())
    for told in weights.values():
        assert told["margin"] > 5 * told["known"]
        assert all(told[name] >= 0 for name in FEATURES)


def test_higher_precision_needs_higher_confidence():
    _, thresholds = learn(examples())
    for told in thresholds.values():
        needed = [least for _, least in told]
        assert needed == sorted(needed)
        assert [wanted for wanted, _ in told][:2] == [0.5, 0.55]


def test_from_the_threshold_on_answers_are_right_as_often_as_wanted():
    asked = examples(2_000)
    weights, thresholds = learn(asked)
    least = dict(thresholds["de"])[0.8]
    given = [
        one.right
        for one in asked
        if one.lang == "de" and probability(one.found, weights["de"]) >= least
    ]
    assert np.mean(given) == pytest.approx(0.8, abs=0.06)


def test_the_slope_is_the_slope_of_the_loss():
    random = np.random.default_rng(2)
    values, right = random.normal(size=(20, 3)), random.integers(0, 2, 20).astype(float)
    weights, counted, step = np.array([0.3, -0.2, 0.9]), np.full(20, 0.05), 1e-6
    _, slope = loss_and_slope(weights, values, right, counted)
    for at in range(3):
        nudge = np.eye(3)[at] * step
        up = loss_and_slope(weights + nudge, values, right, counted)[0]
        down = loss_and_slope(weights - nudge, values, right, counted)[0]
        assert slope[at] == pytest.approx((up - down) / (2 * step), abs=1e-5)


def test_every_set_is_asked_questions_it_does_not_answer(tmp_path: Path):
    one = golden.load(str(tiny.write(tmp_path / "one")))
    other = golden.load(str(tiny.write(tmp_path / "other")))
    mixed = with_strangers([one, other])[0]
    added = mixed.queries[len(one.queries) :]
    assert {query.id.partition("/")[0] for query in added} == {"other", GIBBERISH}
    assert not any(mixed.qrels.get(query.id) for query in added)


def test_questions_to_the_same_articles_are_no_strangers():
    hard, everyday = golden.load("demo"), golden.load("everyday")
    mixed = with_strangers([hard, everyday])
    added = [query.id for query in mixed[0].queries[len(hard.queries) :]]
    assert {one.partition("/")[0] for one in added} == {GIBBERISH}


def test_a_precision_counts_as_kept_only_where_it_was_seen():
    told = [(0.9, True, 1.0), (0.8, True, 1.0), (0.7, False, 1.0), (0.6, True, 1.0)]
    assert least(told, 0.9) == 0.8
    assert least(told, 0.75) == 0.6
    assert least([(0.9, False, 1.0)], 0.9) == 0.9


def test_of_equal_confidences_all_are_answered():
    told = [(0.9, True, 1.0), (0.7, True, 1.0), (0.7, False, 1.0)]
    assert least(told, 0.9) == 0.9
