"""Text becomes words: folded, codes whole, hyphenated words whole and in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.words import fold, is_code, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Größe", "größe"),
        ("größe", "größe"),
        ("ﬁnden", "finden"),
        ("W\uff2c\uff21N", "wlan"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str):
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["L", "N", "Z", "P"])))
def test_words_have_no_spaces_and_are_never_empty(text: str):
    assert all(word and not any(c.isspace() for c in word) for word in words(text))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F)))
def test_every_letter_and_digit_ends_up_in_a_word(text: str):
    folded = fold(text)
    in_words = set("".join(words(text)))
    assert {char for char in folded if char.isalnum()} <= in_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Version 1.2.3 installieren", ["version", "1.2.3", "installieren"]),
        ("Fehler 0x80070005", ["fehler", "0x80070005"]),
        ("Fehlercode F-3042!", ["fehlercode", "f3042", "3042"]),
        ("AVM 7590/AX", ["avm", "7590ax", "7590", "ax"]),
        ("am 12.05.2024, 17:30", ["am", "12.05.2024", "17:30"]),
        ("(IP 192.168.178.1).", ["ip", "192.168.178.1"]),
    ],
)
def test_codes_and_versions_stay_in_one_piece(text: str, expected: list[str]):
    assert words(text) == expected
    assert any(is_code(word) for word in expected)


def test_a_hyphenated_word_is_found_whole_and_by_its_parts():
    assert words("WLAN-Kennwort") == ["wlankennwort", "wlan", "kennwort"]


def test_an_apostrophe_does_not_end_a_word():
    assert words("doesn't work") == ["doesnt", "does", "not", "work"]
