"""What is measured of gaps is what it says."""

import numpy as np
import pytest

from evals import gaps
from evals.datasets.golden import Part
from evals.datasets.intents import read


def rows(*kinds: int) -> np.ndarray:
    return np.eye(8, dtype=np.float32)[list(kinds)]


def test_purity_is_the_share_of_each_groups_most_frequent_topic():
    topics = np.array([0, 0, 1, 1, 1])
    assert gaps.purity(topics, np.array([0, 0, 0, 1, 1])) == pytest.approx(4 / 5)


def test_what_arrives_joins_and_what_was_there_keeps_its_group():
    vectors = rows(0, 0, 0, 1, 0, 1, 2)
    groups = np.full(7, -1, dtype=np.int64)
    gaps.advance(vectors, groups, np.array([0, 1, 2, 3]))
    before = groups.copy()
    gaps.advance(vectors, groups, np.array([4, 5, 6]))
    assert list(groups[:4]) == list(before[:4])
    assert groups[4] == groups[0]
    assert groups[5] == groups[3]
    assert groups[6] not in set(before)


def test_the_halves_of_the_topics_do_not_overlap():
    tuning = {item.topic for item in read((), Part.TUNING)}
    reporting = {item.topic for item in read((), Part.REPORTING)}
    assert tuning
    assert reporting
    assert not tuning & reporting
    assert {item.lang for item in read((), Part.REPORTING)} == {"de", "en"}
