"""Weights are learnt so that right articles come first, and never turn against one."""

import numpy as np
import pytest

from evals.rank import Question, learn
from retrieval.ranker import FEATURES


def question(right: int, *articles: list[float]) -> Question:
    is_right = np.arange(len(articles)) == right
    return Question("de", np.array(articles), is_right)


def test_the_signal_that_tells_right_from_wrong_gets_the_weight():
    learnt = learn([question(0, [1.0, 0.5, 0.2, 0.5], [0.2, 0.5, 1.0, 0.5]) for _ in range(30)])
    assert learnt["dense"] > 0.6
    assert learnt["lexical"] == 0


def test_weights_are_shares():
    learnt = learn([question(1, [1.0, 0.1, 0.4, 0.9], [0.8, 1.0, 1.0, 0.2])])
    assert list(learnt) == list(FEATURES)
    assert sum(learnt.values()) == pytest.approx(1, abs=1e-3)
    assert min(learnt.values()) >= 0


def test_the_slope_is_the_slope_of_the_loss():
    from evals.rank import loss_and_slope  # noqa: PLC0415  # beside what it checks

    asked = [question(0, [0.9, 0.1, 0.3, 0.5], [0.7, 0.4, 1.0, 0.2], [0.1, 1.0, 0.2, 1.0])]
    weights, step = np.array([2.0, 1.0, 3.0, 0.5]), 1e-6
    _, slope = loss_and_slope(weights, asked)
    for at in range(len(weights)):
        nudge = np.eye(len(weights))[at] * step
        rise = (
            loss_and_slope(weights + nudge, asked)[0] - loss_and_slope(weights - nudge, asked)[0]
        )
        assert slope[at] == pytest.approx(rise / (2 * step), abs=1e-5)
