"""What is written in one piece, with a sign or apart is found by each of the three."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.analysis import terms
from retrieval.language.steps import ALL, Steps
from retrieval.language.words import fold, tokens, words
from retrieval.query import build
from tests.retrieval.shelf import lexicon_of

LOCALES = st.sampled_from(["de", "en"])


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("E-1042", "e1042"),
        ("E1042", "Fehler 1042"),
        ("E1042", "E-1042"),
        ("E–1042", "E-1042"),
        ("FRITZ!Box 7590", "fritzbox 7590"),
        ("FRITZ!Box 7590", "FritzBox7590"),
        ("FRITZ!Box", "fritz box"),
        ("v2.3.1", "Version 2.3.1"),
        ("0x80070005", "0X80070005"),
        ("IPv4/IPv6", "ipv6"),
        ("WPA2-PSK", "wpa2"),
        ("5G-Netz", "5g"),
        ("2,4-GHz-Band", "2.4 GHz"),
        ("2,4 GHz", "2.4GHz"),
        ("29,90 €", "29.90"),
        ("Wi-Fi", "wifi"),
        ("E-Mail", "Email"),
        ("SIM-Karte", "Simkarte"),
        ("KN-40217735", "kn40217735"),
        ("can't", "can not"),
        ("don’t", "dont"),
        ("Café", "cafe"),
        ("İstanbul", "istanbul"),
        ("Konto\u00adnummer", "Kontonummer"),
        ("C++", "c++"),
    ],
)
@pytest.mark.parametrize("locale", ["de", "en"])
def test_what_is_asked_finds_what_is_written(written: str, asked: str, locale: str):
    indexed = set(terms(written, locale))
    assert indexed & set(build(f"{asked}?", locale, lexicon_of(written, locale)).weights)


@pytest.mark.parametrize(
    "code", ["0x80070005", "192.168.178.1", "12.05.2024", "17:30", "ipv6", "b2b", "1.2.3"]
)
def test_a_code_without_signs_is_one_word(code: str):
    assert words(code) == [code]


def test_c_plus_plus_and_c_sharp_are_not_c():
    assert words("C++ C# C") == ["c++", "c#", "c"]


def test_a_word_counts_once_though_a_hyphen_joins_it():
    assert terms("WLAN-Kennwort", "de") == ["wlankennwort", "wlan", "kennwort"]


def test_as_it_is_spelt_stays_known():
    assert [token.spelt for token in tokens("WLAN-Kennwort")] == ["wlan-kennwort"]


@pytest.mark.parametrize("text", ["nicht ohne", "kein Netz nie", "no signal without", "is down"])
def test_what_denies_is_no_stop_word(text: str):
    for locale in ("de", "en"):
        kept = set(terms(text, locale))
        assert kept & {"nicht", "kein", "no", "down"}
        assert ("ohn" in kept or "ohne" in kept) == ("ohne" in text)


@given(st.text(max_size=60))
def test_folding_is_idempotent_over_all_of_unicode(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60), LOCALES)
def test_words_of_words_are_words(text: str, locale: str):
    """Analysing what was analysed adds nothing new: index and query agree however often."""
    once = words(text)
    again = words(" ".join(once))
    assert set(once) <= set(again)
    assert terms(text, locale) == terms(fold(text), locale)


@given(st.text(min_size=1, max_size=40), LOCALES)
def test_every_word_of_a_text_finds_the_text(text: str, locale: str):
    lexicon = lexicon_of(text, locale)
    indexed = set(terms(text, locale, lexicon.splitter))
    for token in tokens(text):
        asked = set(build(f"{token.spelt} ", locale, lexicon).weights)
        assert asked & indexed or not terms(token.spelt, locale)


@given(
    st.text(max_size=60),
    LOCALES,
    st.builds(Steps, **dict.fromkeys(ALL.__dataclass_fields__, st.booleans())),
)
def test_index_and_query_agree_whichever_steps_are_taken(text: str, locale: str, steps: Steps):
    lexicon = lexicon_of(text, locale, steps)
    indexed = set(terms(text, locale, lexicon.splitter, steps))
    assert indexed <= set(build(text, locale, lexicon).weights)


def test_a_step_can_be_left_out():
    assert terms("Straßen", "de", None, Steps(folding=False, stemming=False)) == ["straßen"]
    assert terms("wie kann ich", "de", None, Steps(stopwords=False, stemming=False)) == [
        "wie",
        "kann",
        "ich",
    ]
    assert words("Wi-Fi", Steps(joining=False)) == ["wi-fi", "wi", "fi"]
    whole = lexicon_of("Rechnung Adresse", "de", Steps(compounds=False))
    assert whole.splitter.split("rechnungsadresse") == ()
