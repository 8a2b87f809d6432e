"""A precision is wanted, and the confidence that keeps it is looked up."""

import json

import pytest

from retrieval import confidence
from retrieval.confidence import CALIBRATION, Calibration, probability, threshold
from retrieval.evidence import FEATURES


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Calibration:
    weights = {"bias": 0.0, **dict.fromkeys(FEATURES, 1.0)}
    made = Calibration(
        "mine",
        {"de": weights, "default": weights},
        {"de": [(0.8, 0.4), (0.9, 0.7)], "default": [(0.8, 0.5), (0.9, 0.75)]},
    )
    monkeypatch.setattr(confidence, "load", lambda: made)
    return made


@pytest.mark.parametrize(
    ("precision", "needed"), [(0.8, 0.4), (0.85, 0.7), (0.9, 0.7), (0.1, 0.4), (0, 0)]
)
def test_the_next_precision_that_was_measured_is_taken(precision: float, needed: float):
    assert threshold(precision, "mine", "de") == needed


def test_more_than_was_measured_takes_the_probability_at_its_word():
    assert threshold(0.97, "mine", "de") == 0.97


@pytest.mark.parametrize(("mark", "locale"), [("other", "de"), ("mine", "fr"), ("", "de")])
def test_for_another_model_or_language_the_default_is_used(mark: str, locale: str):
    assert threshold(0.9, mark, locale) == 0.75


def test_a_probability_stays_one(known: Calibration):
    for value in (-1e9, 0.0, 1e9):
        assert 0 <= probability(dict.fromkeys(FEATURES, value), known.weights["de"]) <= 1


def test_what_ships_fits_the_code():
    stored = json.loads(CALIBRATION.read_text())
    assert set(stored["weights"]) == set(stored["thresholds"]) == {"de", "en", "default"}
    for key, weights in stored["weights"].items():
        assert set(weights) == {"bias", *FEATURES}
        assert [wanted for wanted, _ in stored["thresholds"][key]].count(0.9) == 1
