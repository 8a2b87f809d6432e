"""Editors teach search words: synonyms count at once, search phrases with the next revision."""

from pathlib import Path

import pytest
from sqlmodel import Session

from kb.access import ANYONE
from kb.db import stored_id, transaction
from kb.synonyms import actions as synonyms
from retrieval.engines.lexical import TantivyIndex
from retrieval.index.lexicon import Lexicons
from retrieval.language.steps import ALL, Steps
from retrieval.search import Wish, search
from tests.retrieval.shelf import Shelf


def group(shelf: Shelf, *words: str, locale: str = "de") -> int:
    with transaction(shelf.engine) as session:
        return stored_id(synonyms.add_group(session, locale=locale, words=words).id)


def by_words(shelf: Shelf, question: str, **wish: str) -> list[str]:
    return shelf.titles(question, use_dense=False, **wish)


def test_a_synonym_counts_at_once_and_no_longer_when_it_is_removed(shelf: Shelf):
    shelf.publish("Faktura herunterladen", "Im Kundenkonto als Datei.")
    shelf.publish("Router neu starten", "Stecker ziehen.")
    shelf.sync()
    lexicons = Lexicons(shelf.engines.lexical)  # as a running server has them

    def titles() -> list[str]:
        with Session(shelf.engine) as session:
            wish = Wish("Rechnung ansehen", "de", ANYONE, use_dense=False)
            found = search(session, shelf.engines, lexicons, wish)
        return [hit.passage.title for hit in found.hits]

    assert titles() == []
    before = shelf.fingerprint_of_everything()
    number = group(shelf, "Rechnung", "Faktura")
    assert titles() == ["Faktura herunterladen"]
    assert shelf.sync().added == 0
    assert shelf.fingerprint_of_everything() == before
    with transaction(shelf.engine) as session:
        synonyms.remove_group(session, number)
    assert titles() == []


def test_the_word_itself_comes_before_its_synonym(shelf: Shelf):
    shelf.publish("Faktura ansehen", "Im Konto ansehen.")
    shelf.publish("Rechnung ansehen", "Im Konto ansehen.")
    shelf.sync()
    group(shelf, "Rechnung", "Faktura")
    assert by_words(shelf, "Rechnung") == ["Rechnung ansehen", "Faktura ansehen"]
    assert by_words(shelf, "Faktura") == ["Faktura ansehen", "Rechnung ansehen"]


def test_synonyms_of_one_language_are_not_asked_for_in_the_other(shelf: Shelf):
    shelf.publish("Faktura", "Im Konto.")
    shelf.sync()
    group(shelf, "Rechnung", "Faktura", locale="en")
    assert by_words(shelf, "Rechnung") == []


def test_an_article_is_found_by_its_search_phrases(shelf: Shelf):
    shelf.publish("Datenvolumen", "Surfen im Ausland.", phrases=["Handy im Urlaub benutzen"])
    shelf.publish("Rechnung", "Im Konto.")
    shelf.sync()
    assert by_words(shelf, "handy urlaub") == ["Datenvolumen"]
    assert shelf.titles("Handy im Urlaub benutzen")[0] == "Datenvolumen"


def test_other_phrases_come_with_another_revision(shelf: Shelf):
    shelf.publish("Datenvolumen", "Surfen.", key="data", phrases=["Handy im Urlaub"])
    shelf.sync()
    shelf.publish("Datenvolumen", "Surfen.", key="data", phrases=["Telefon auf Reisen"])
    shelf.sync()
    assert by_words(shelf, "Urlaub") == []
    assert by_words(shelf, "Reisen") == ["Datenvolumen"]


@pytest.mark.parametrize(
    "question",
    [
        "router reset geht nicht",
        "wlan password change funktioniert nicht",
        "mein router is broken",
    ],
)
def test_a_question_in_two_languages_finds_what_it_means(shelf: Shelf, question: str):
    shelf.publish("Router zurücksetzen", "Der Router Reset geht so: Knopf drücken.")
    shelf.publish("WLAN-Passwort ändern", "So ändern Sie Ihr WLAN-Passwort.")
    shelf.publish("Rechnung", "Im Konto, nicht im Router.")
    shelf.sync()
    wanted = "WLAN-Passwort ändern" if "wlan" in question else "Router zurücksetzen"
    assert by_words(shelf, question)[0] == wanted


@pytest.mark.parametrize("asked", ["E-1042", "e1042", "Fehler E1042", "fehler 1042?"])
def test_a_code_is_found_however_it_is_written(shelf: Shelf, asked: str):
    shelf.publish("Fehler E-1042 beheben", "Gerät neu starten.")
    shelf.publish("Fehler E-2042 beheben", "Kabel prüfen.")
    shelf.sync()
    assert by_words(shelf, asked)[0] == "Fehler E-1042 beheben"


def test_a_misspelt_word_that_a_hyphen_joins_is_named_as_corrected(shelf: Shelf):
    shelf.publish("WLAN-Kennwort", "Das WLAN-Kennwort steht auf dem Aufkleber.")
    shelf.sync()
    assert shelf.search("Kenwort").corrected == {"kenwort": "kennwort"}


def test_a_step_left_out_is_left_out_of_the_index_and_of_the_question(shelf: Shelf, folder: Path):
    shelf.publish("Rechnungen", "Alle Rechnungen im Konto.")
    shelf.sync()
    assert by_words(shelf, "Rechnung") == ["Rechnungen"]
    lexical = TantivyIndex(folder / "other", steps=Steps(stemming=False, spelling=False))
    other = shelf.with_engines(lexical=lexical)
    assert other.sync().added == 0
    assert by_words(other, "Rechnung ") == []
    assert by_words(other, "Rechnungen") == ["Rechnungen"]


def test_a_field_that_is_not_asked_finds_nothing(shelf: Shelf, folder: Path):
    shelf.publish("Rechnungen", "Alles im Konto.")
    shelf.sync()
    lexical = TantivyIndex(folder / "lexical", steps=ALL, fields={"body": 1.0})
    assert by_words(shelf.with_engines(lexical=lexical), "Rechnungen") == []
