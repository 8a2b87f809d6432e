"""Misspelt words are mended by the corpus's own; what it knows and what is foreign stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.spelling import Speller

WORDS = {
    "rechnung": 90,
    "router": 40,
    "roter": 1,
    "kündigung": 30,
    "störung": 20,
    "passwort": 10,
    "rufnummer": 5,
    "wlan": 80,
    "tarif": 9,
    "mrz": 1,
}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("rechnnug", "rechnung"),
        ("rechung", "rechnung"),
        ("rechnunng", "rechnung"),
        ("rouder", "router"),
        ("störnug", "störung"),
        ("paswort", "passwort"),
        ("rufnumer", "rufnummer"),
        ("tarff", "tarif"),
    ],
)
def test_a_slip_is_mended(slip: str, meant: str):
    assert Speller(WORDS).correct(slip) == meant


@given(st.sampled_from(sorted(WORDS)))
def test_a_word_of_the_corpus_is_never_changed(word: str):
    assert Speller(WORDS).correct(word) is None


@pytest.mark.parametrize("stranger", ["zahnarzt", "fahrrad", "xyzzy", "internet"])
def test_a_stranger_is_left_alone(stranger: str):
    assert Speller(WORDS).correct(stranger) is None


def test_a_short_word_is_forgiven_only_one_slip():
    assert Speller({"tarif": 1}).correct("tarff") == "tarif"
    assert Speller({"tarif": 1}).correct("tarxx") is None


@pytest.mark.parametrize("code", ["1234", "0x8007000", "v1.2.4", "f3042"])
def test_a_code_is_never_mended(code: str):
    assert Speller({"v1.2.3": 9, "f3041": 9, "1235": 9}).correct(code) is None


def test_very_short_words_are_left_alone():
    assert Speller(WORDS).correct("mrs") is None


def test_of_two_as_near_the_commoner_is_meant():
    assert Speller({"kosten": 50, "kisten": 2}).correct("kasten") == "kosten"


def test_an_empty_corpus_mends_nothing():
    assert Speller({}).correct("rechnnug") is None


@given(st.text(max_size=30))
def test_whatever_is_asked_a_mended_word_is_one_of_the_corpus(word: str):
    assert Speller(WORDS).correct(word) in {None, *WORDS}
