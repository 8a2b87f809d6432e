"""One analysis for what is indexed and what is asked: variants of a word meet in one term."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.language.analysis import stem, terms
from retrieval.language.stopwords import STOPWORDS
from retrieval.language.words import words
from retrieval.query import build
from tests.retrieval.shelf import lexicon_of

LOCALES = st.sampled_from(["de", "en"])
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=80)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rückgabe", "Rueckgabe"),
        ("öffnen", "oeffnen"),
        ("Gebühr", "GEBUEHR"),
        ("Straße", "Strasse"),
        ("Größe", "Groesse"),
        ("Rechnung", "Rechnungen"),
        ("Kündigung", "kündigen"),
        ("Verträge", "Vertrag"),
    ],
)
def test_german_spellings_and_forms_meet(one: str, other: str):
    assert terms(one, "de") == terms(other, "de")


@pytest.mark.parametrize(
    ("one", "other"), [("invoices", "invoice"), ("connected", "connecting"), ("Router", "routers")]
)
def test_english_forms_meet(one: str, other: str):
    assert terms(one, "en") == terms(other, "en")


@given(LATIN, LOCALES)
def test_the_analysis_is_the_same_every_time_and_in_every_case(text: str, locale: str):
    assume("ı" not in text and "İ" not in text)  # Turkish: their capitals are other letters
    assert terms(text, locale) == terms(text, locale)
    assert terms(text.upper(), locale) == terms(text.lower(), locale)


@given(st.text(max_size=80), LOCALES)
def test_a_word_never_becomes_nothing(text: str, locale: str):
    found = words(text)
    kept = [word for word in found if word not in STOPWORDS[locale]]
    assert all(stem(word, locale) for word in found)
    assert len(terms(text, locale)) >= len(kept)


@given(st.text(max_size=80), LOCALES)
def test_whoever_asks_a_text_word_for_word_asks_for_every_term_of_it(text: str, locale: str):
    lexicon = lexicon_of(text, locale)
    indexed = set(terms(text, locale, lexicon.splitter))
    assert indexed <= set(build(text, locale, lexicon).weights)


@pytest.mark.parametrize("code", ["1.2.3", "0x80070005", "f-3042", "b2b", "5ghz"])
@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_code_is_never_stemmed(code: str, locale: str):
    assert terms(code, locale)[0] == code.replace("-", "")


@pytest.mark.parametrize(
    ("text", "locale", "word"),
    [
        ("geht nicht", "de", "nicht"),
        ("kein Signal", "de", "kein"),
        ("keine Verbindung", "de", "keine"),
        ("it does not start", "en", "not"),
        ("no signal", "en", "no"),
        ("I cannot sign in", "en", "cannot"),
    ],
)
def test_a_negation_is_no_stop_word(text: str, locale: str, word: str):
    assert stem(word, locale) in terms(text, locale)


@pytest.mark.parametrize(
    ("text", "locale"), [("wie kann ich das", "de"), ("how can I do this", "en")]
)
def test_stop_words_leave_nothing(text: str, locale: str):
    assert terms(text, locale) == []


def test_stop_words_are_folded_as_the_text_is():
    plain = [word for found in STOPWORDS.values() for word in found if "'" not in word]
    assert [word for word in plain if words(word) != [word]] == []


def test_the_parts_of_a_compound_stand_beside_the_whole():
    splitter = lexicon_of("Rechnung Adresse").splitter
    assert terms("Rechnungsadresse", "de", splitter) == [
        stem("rechnungsadresse", "de"),
        stem("rechnung", "de"),
        stem("adresse", "de"),
    ]


def test_english_is_not_split():
    splitter = lexicon_of("router password").splitter
    assert terms("routerpassword", "en", splitter) == ["routerpassword"]
