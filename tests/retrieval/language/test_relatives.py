"""Who asks for what is locked finds how to lock: words of one verb belong together."""

import pytest

from retrieval.language.relatives import Relatives
from retrieval.language.steps import Steps
from retrieval.query import build
from tests.retrieval.shelf import lexicon_of


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("gesperrt", "sperren"),
        ("gesperrt", "Sperrung"),
        ("Sperrung", "sperren"),
        ("eingerichtet", "einrichten"),
        ("einzurichten", "einrichten"),
        ("zurückgesetzt", "zurücksetzen"),
        ("zurueckgesetzt", "zurücksetzen"),
        ("geändert", "ändern"),
        ("geändert", "Änderung"),
        ("funktioniert", "funktionieren"),
        ("öffnet", "öffnen"),
        ("abgelaufen", "ablaufen"),
        ("gekündigt", "Kündigung"),
        ("Umzug", "umziehen"),
        ("umziehen", "Umzug"),
        ("Abbrüche", "abbrechen"),
    ],
)
def test_a_form_of_a_verb_asks_for_the_others(asked: str, known: str):
    lexicon = lexicon_of(known)
    sought = build(f"{asked}?", "de", lexicon).weights
    assert set(build(f"{known}?", "de", lexicon).weights) & set(sought)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Wie richte ich die Box ein?", "einrichten"),
        ("Ich ziehe nächsten Monat um, was tun?", "umziehen"),
        ("Ich ziehe um", "Umzug"),
        ("Wann schaltet ihr den Anschluss frei?", "freischalten"),
        ("Schicke den Router zurück!", "zurückschicken"),
        ("Wie schließe ich das Gerät an?", "anschließen"),
    ],
)
def test_a_verb_in_two_halves_is_one_verb(asked: str, known: str):
    lexicon = lexicon_of(known)
    whole = set(build(f"{known}?", "de", lexicon).weights)
    assert whole & set(build(asked, "de", lexicon).weights)
    apart = lexicon_of(known, "de", Steps(relatives=False))
    assert not whole & set(build(asked, "de", apart).weights)


def test_halves_that_make_no_verb_of_the_collection_are_left_apart():
    weights = build("Ich gehe um fünf an die Box", "de", lexicon_of("einrichten box")).weights
    assert set(weights) == {"geh", "funf", "box"}


@pytest.mark.parametrize(
    ("word", "stranger"),
    [("internet", "internen"), ("paket", "paken"), ("gerät", "räten"), ("geschäft", "schafe")],
)
def test_what_only_looks_like_a_form_is_none(word: str, stranger: str):
    assert list(Relatives({word: 1, stranger: 1}).of(word)) == []


def test_a_relative_counts_less_than_the_word():
    weights = build("gesperrt?", "de", lexicon_of("sperren gesperrt")).weights
    assert weights["gesperrt"] == 1.0
    assert 0 < weights["sperr"] < 0.5


def test_it_can_be_left_out():
    lexicon = lexicon_of("sperren gesperrt", "de", Steps(relatives=False))
    assert set(build("gesperrt?", "de", lexicon).weights) == {"gesperrt"}


def test_english_has_no_such_rules():
    assert set(build("gesperrt?", "en", lexicon_of("sperren", "en")).weights) == {"gesperrt"}
