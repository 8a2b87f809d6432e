"""How words sound: who is calm stays calm, who is in need is seen, and nothing ever fails."""

import numpy as np
import pytest

from kb.affect import UNREMARKABLE, Mood, Reason, Urgency
from retrieval.affect import cues, weights
from retrieval.affect.estimate import estimate

CALM = "Der Techniker ist gestern nicht gekommen. Ich bitte um einen neuen Termin."
POLITE = "Meine Mutter erreicht den Hausnotruf nicht, könnten Sie bitte bald schauen?"
GRIEF = "My mother passed away last week and I don't know what to do, please help me."
ANGER = "Schon wieder kein Internet, das ist eine Frechheit! Mir reicht es."


def test_a_calm_complaint_is_calm():
    assert estimate(CALM) == UNREMARKABLE


def test_a_polite_emergency_is_urgent_and_says_why():
    found = estimate(POLITE)
    assert found.urgency is Urgency.URGENT
    assert found.needs_a_person
    assert Reason.SAFETY in found.reasons


@pytest.mark.parametrize(
    ("text", "mood", "reason"),
    [(GRIEF, Mood.DISTRESSED, Reason.LOSS), (ANGER, Mood.FRUSTRATED, Reason.ANGER)],
)
def test_grief_and_anger_are_told_apart(text, mood, reason):
    found = estimate(text)
    assert (found.mood, reason in found.reasons) == (mood, True)


def test_a_negated_word_tells_nothing():
    assert cues.read("Ich habe Angst")[Reason.FEAR] == 1.0
    assert cues.read("Ich habe keine Angst")[Reason.FEAR] == 0.0
    assert estimate("Kein Notfall, aber die Lampe blinkt orange.").urgency is Urgency.NORMAL


def test_a_name_in_capitals_is_no_shouting():
    assert cues.read("WLAN und IBAN ändern")["capitals"] == 0.0
    assert cues.read("WARUM GEHT DAS NICHT")["capitals"] > 0.0


def test_the_vector_of_another_model_says_nothing():
    odd = np.ones(3, dtype=np.float32)
    assert estimate(POLITE, odd, mark="another") == estimate(POLITE)


def test_a_vector_that_does_not_fit_is_no_failure():
    odd = np.ones(3, dtype=np.float32)
    assert estimate(POLITE, odd, mark=weights.load().fingerprint) == UNREMARKABLE


@pytest.mark.parametrize("stored", ["{", '{"digest": "x"}', "[]"])
def test_weights_that_were_changed_are_not_used(monkeypatch, tmp_path, stored):
    (tmp_path / "weights.json").write_text(stored)
    monkeypatch.setattr(weights, "WEIGHTS", tmp_path / "weights.json")
    weights.load.cache_clear()
    assert estimate(GRIEF) == UNREMARKABLE
    weights.load.cache_clear()


@pytest.mark.parametrize("text", ["", " ", "\0", "?!" * 9_000, "a" * 50_000, "not " * 9_000])
def test_odd_texts_are_taken_for_calm_or_not_but_never_fail(text):
    assert estimate(text).mood in set(Mood)
