"""German or English? Few words are not enough to doubt the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.detect import detect

GERMAN = [
    "Mein Internet geht seit gestern nicht mehr",
    "Wie ändere ich meine Bankverbindung?",
    "Rechnung als PDF herunterladen",
    "wo finde ich die Kundennummer",
    "Ich möchte den Vertrag kündigen",
]
ENGLISH = [
    "My internet has been down since yesterday",
    "How do I change my bank details?",
    "where can I find the customer number",
    "I want to cancel the contract",
    "download the invoice as a file",
]


@pytest.mark.parametrize("page", ["de", "en"])
@pytest.mark.parametrize("text", GERMAN)
def test_a_german_sentence_is_german_on_every_page(text: str, page: str):
    assert detect(text, prior=page) == "de"


@pytest.mark.parametrize("page", ["de", "en"])
@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_sentence_is_english_on_every_page(text: str, page: str):
    assert detect(text, prior=page) == "en"


@pytest.mark.parametrize("page", ["de", "en"])
@pytest.mark.parametrize(
    "text", ["", "WLAN", "Router reset", "???", "the invoice", "0x80070005 7"]
)
def test_below_three_words_the_page_is_trusted(text: str, page: str):
    assert detect(text, prior=page) == page


@pytest.mark.parametrize("page", ["de", "en"])
@pytest.mark.parametrize("text", ["Router Reset Modem", "Router Reset bitte now", "a b c d"])
def test_what_could_be_both_trusts_the_page(text: str, page: str):
    assert detect(text, prior=page) == page


@pytest.mark.parametrize("page", ["de", "en"])
def test_english_technical_words_do_not_make_a_german_question_english(page: str):
    assert detect("Warum ist mein Streaming und der Download so slow?", prior=page) == "de"


@given(st.text(max_size=200), st.sampled_from(["de", "en"]))
def test_there_is_always_an_answer(text: str, page: str):
    assert detect(text, prior=page) in {"de", "en"}
