"""Text at the border: whatever comes in, what is stored is safe and settled."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import clean, digest, one_line, slugify

ANY = st.text(st.characters(exclude_categories=()))  # lone surrogates and controls included


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text: str):
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_clean_text_can_be_stored_everywhere(text: str):
    cleaned = clean(text)
    assert cleaned.encode() if cleaned else cleaned == ""
    assert unicodedata.is_normalized("NFC", cleaned)
    kinds = {unicodedata.category(char) for char in cleaned if char not in "\n\t"}
    assert not kinds & {"Cc", "Cs"}


@given(ANY)
def test_no_bidi_control_survives(text: str):
    overrides = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not overrides & {unicodedata.bidirectional(char) for char in clean(text)}


@given(st.text(st.characters(whitelist_categories=("Ll", "Lu", "Nd"), max_codepoint=0x17F)))
def test_plain_words_are_left_alone(text: str):
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("nul\x00nul", "nulnul"),
        ("zeile\r\nzeile\rzeile", "zeile\nzeile\nzeile"),
        ("u\u0308ber", "über"),
        ("allein \ud800.", "allein ."),
        ("Tab\tbleibt", "Tab\tbleibt"),
    ],
)
def test_known_tricks_are_undone(dirty: str, cleaned: str):
    assert clean(dirty) == cleaned


@given(ANY, st.integers(0, 50))
def test_one_line_is_one_line_within_its_limit(text: str, limit: int):
    line = one_line(text, limit=limit)
    assert "\n" not in line
    assert len(line) <= limit


@given(ANY)
def test_a_slug_is_always_a_safe_part_of_a_url(text: str):
    slug = slugify(text)
    assert 0 < len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert slugify(slug) == slug


def test_umlauts_are_written_out_in_either_form():
    assert slugify("Größe ändern") == slugify("Gro\u0308ße a\u0308ndern") == "groesse-aendern"


@given(st.lists(ANY, max_size=4), st.lists(ANY, max_size=4))
def test_different_parts_have_different_digests(one: list[str], other: list[str]):
    assert (digest(*one) == digest(*other)) is (one == other)
