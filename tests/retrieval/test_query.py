"""A question becomes weighted terms; what the collection does not know is mended or completed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.analysis import stem
from retrieval.query import build
from tests.retrieval.shelf import lexicon_of

LEXICON = lexicon_of(
    "Rechnung Rechnung Adresse Router Router Störung Kündigung Kündigungsfrist Passwort WLAN "
    "Vertrag Passwortschutz 1.2.3"
)


def _weight(question: str, word: str, locale: str = "de") -> float:
    return build(question, locale, LEXICON).weights.get(stem(word, locale), 0.0)


def test_each_word_is_asked_for():
    assert _weight("Router Störung?", "router") == _weight("Router Störung?", "störung") == 1.0


def test_stop_words_are_not_asked_for():
    assert set(build("Wie kann ich den Router?", "de", LEXICON).weights) == {"rout"}


def test_a_question_of_stop_words_asks_for_them_all_the_same():
    assert build("wie kann ich das", "de", LEXICON).weights


def test_a_part_of_a_compound_counts_less_than_the_whole():
    whole, part = (_weight("Rechnungsadresse?", w) for w in ("rechnungsadresse", "adresse"))
    assert whole > part > 0


def test_a_misspelt_word_is_mended_and_the_mending_is_told():
    query = build("Störnug melden?", "de", LEXICON)
    assert query.corrected == {"störnug": "störung"}
    assert 0 < query.weights[stem("störung", "de")] < query.weights[stem("störnug", "de")]


def test_a_known_word_in_another_form_is_not_mended():
    assert build("Routern?", "de", LEXICON).corrected == {}
    assert build("Verträge?", "de", LEXICON).corrected == {}


def test_a_stranger_and_a_code_are_not_mended():
    assert build("Fahrrad 1.2.4?", "de", LEXICON).corrected == {}


def test_a_word_that_people_write_is_meant_as_it_stands():
    lexicon = lexicon_of("Hand weiter brauchen Kündigung")
    assert build("Hund Wetter rauschen?", "de", lexicon).corrected == {}
    assert build("Kündigugn?", "de", lexicon).corrected == {"kündigugn": "kündigung"}


def test_in_another_language_a_word_alike_may_be_the_same():
    lexicon = lexicon_of("Wetter Passwort")
    assert build("password?", "de", lexicon, is_foreign=True).corrected == {"password": "passwort"}
    assert build("password?", "de", lexicon).corrected == {}


def test_the_last_word_may_be_unfinished():
    query = build("Störung Passwortsch", "de", LEXICON)
    assert stem("passwortschutz", "de") in query.weights
    assert query.corrected == {}


def test_a_last_word_that_stands_there_already_does_not_hide_the_unfinished_one():
    assert _weight("Router Router Passwo", "passwort") > 0


@pytest.mark.parametrize("ending", [" ", "?", ".", "!"])
def test_a_word_with_something_after_it_is_finished(ending: str):
    query = build(f"Störung Passwortsch{ending}", "de", LEXICON)
    assert stem("passwortschutz", "de") not in query.weights


def test_two_letters_are_too_few_to_complete():
    assert _weight("Router Pa", "passwort") == 0.0


def test_a_mended_word_is_explained_by_the_word_of_the_asker():
    query = build("Störnug?", "de", LEXICON)
    assert query.spelt[stem("störung", "de")] == "störnug"


def test_a_very_long_question_keeps_the_terms_that_say_most():
    query = build(
        " ".join(f"wort{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400)), "de", LEXICON
    )
    assert len(query.weights) <= 150
    rare = next(iter(query.weights))
    query.keep_rarest({term: 0.9 if term == rare else 0.1 for term in query.weights})
    assert len(query.weights) == 32
    assert rare in query.weights


@given(st.text(max_size=100), st.sampled_from(["de", "en"]))
def test_weights_are_positive_and_every_term_has_its_word(question: str, locale: str):
    query = build(question, locale, LEXICON)
    assert all(0 < weight <= 1 for weight in query.weights.values())
    assert set(query.weights) == set(query.spelt)
