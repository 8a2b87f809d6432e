"""A question with one word of a group asks for the others, with less weight."""

import pytest

from retrieval.language.steps import Steps
from retrieval.language.synonyms import Synonyms
from retrieval.query import build
from tests.retrieval.shelf import lexicon_of

GROUPS = [("Rechnung", "Faktura"), ("kein Netz", "Ausfall"), ("WLAN-Kennwort", "WLAN-Schlüssel")]
LEXICON = lexicon_of("Rechnung Faktura Ausfall Netz Schlüssel WLAN nicht kein")


def weights(question: str, *, steps: Steps | None = None) -> dict[str, float]:
    lexicon = LEXICON if steps is None else lexicon_of("Rechnung Faktura", "de", steps)
    return build(question, "de", lexicon, Synonyms(GROUPS, "de")).weights


@pytest.mark.parametrize("question", ["Rechnung?", "Rechnungen ansehen?", "Rechnnug?"])
def test_a_word_in_any_form_asks_for_its_synonym(question: str):
    found = weights(question)
    assert 0 < found["faktura"] < max(found.values())


def test_a_group_works_in_both_directions():
    assert weights("Faktura?")["rechnung"] == weights("Rechnung?")["faktura"] == 0.35


def test_several_words_can_stand_for_one_and_one_for_several():
    assert weights("habe kein Netz?")["ausfall"] == 0.35
    assert weights("Ausfall?")["netz"] == weights("Ausfall?")["kein"] == 0.175


def test_several_words_must_stand_together():
    assert "ausfall" not in weights("kein Wort über das Netz?")


def test_a_synonym_counts_more_where_nobody_writes_the_word_itself():
    found = build("Rechnung?", "de", lexicon_of("Faktura"), Synonyms(GROUPS, "de")).weights
    assert found["faktura"] == 0.5


def test_what_was_asked_keeps_its_weight():
    assert weights("Rechnung Faktura?") == {"rechnung": 1.0, "faktura": 1.0}


def test_synonyms_the_collection_does_not_know_are_not_asked_for():
    found = build("Rechnung?", "de", lexicon_of("Rechnung"), Synonyms(GROUPS, "de")).weights
    assert set(found) == {"rechnung"}


def test_they_can_be_left_out():
    assert set(weights("Rechnung?", steps=Steps(synonyms=False))) == {"rechnung"}


def test_without_groups_nothing_changes():
    assert build("Rechnung?", "de", LEXICON, Synonyms()).weights == {"rechnung": 1.0}


@pytest.mark.parametrize("member", ["", "!!!", "🙂", "der die das", "a" * 500])
def test_odd_members_do_no_harm(member: str):
    synonyms = Synonyms([("Rechnung", member)], "de")
    assert "rechnung" in build("Rechnung der die das?", "de", LEXICON, synonyms).weights
