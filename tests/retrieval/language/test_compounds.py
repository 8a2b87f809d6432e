"""German compounds are split by the words the corpus knows, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.compounds import Splitter

KNOWN = {
    "rechnung": 9,
    "adresse": 7,
    "kunde": 5,
    "nummer": 5,
    "vertrag": 4,
    "laufzeit": 4,
    "netz": 3,
    "netzwerk": 3,
    "schlüssel": 3,
    "änderung": 3,
    "lieferung": 2,
    "störung": 2,
    "meldung": 2,
    "werk": 1,
    "bild": 1,
    "rahmen": 1,
    "hund": 1,
    "hütte": 1,
}


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("netzwerkschlüssel", ("netzwerk", "schlüssel")),
        ("rechnungsadresse", ("rechnung", "adresse")),
        ("vertragslaufzeit", ("vertrag", "laufzeit")),
        ("kundennummer", ("kunde", "nummer")),
        ("bilderrahmen", ("bild", "rahmen")),
        ("hundehütte", ("hund", "hütte")),
        ("störungsmeldung", ("störung", "meldung")),
        ("rechnungsadressänderung", ()),
        ("vertragsnummernänderung", ("vertrag", "nummer", "änderung")),
    ],
)
def test_a_compound_is_split_at_its_linking_elements(compound: str, parts: tuple[str, ...]):
    assert Splitter(KNOWN).split(compound) == parts


@pytest.mark.parametrize("word", ["rechnung", "adresse", "hilfesystem", "rechnungsxyz", ""])
def test_what_is_no_compound_of_known_words_stays_whole(word: str):
    assert Splitter(KNOWN).split(word) == ()


def test_a_known_compound_is_split_all_the_same():
    assert Splitter(KNOWN | {"kundennummer": 50}).split("kundennummer") == ("kunde", "nummer")


@pytest.mark.parametrize("code", ["rechnung2024adresse", "netz-werk", "12345678901"])
def test_codes_are_never_split(code: str):
    assert Splitter(KNOWN).split(code) == ()


def test_an_empty_corpus_splits_nothing():
    assert Splitter({}).split("rechnungsadresse") == ()


def test_a_very_long_word_takes_no_time():
    assert Splitter(KNOWN | {"aaaa": 1, "aaaaa": 1}).split("a" * 5_000) == ()
    assert len(Splitter({"aaaa": 1, "aaaaa": 1, "aaaaaa": 1}).split("a" * 60)) == 0


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=4))
def test_parts_are_known_words_in_their_order(chosen: list[str]):
    compound = "".join(chosen)
    parts = Splitter(KNOWN).split(compound)
    assert set(parts) <= set(KNOWN)
    at = 0
    for part in parts:
        at = compound.index(part, at) + len(part)
