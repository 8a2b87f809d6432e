"""A question that says what a title says asks for that article."""

import pytest
from sqlmodel import Session

from kb.access import ANYONE
from retrieval.evidence import evidence
from retrieval.index.lexicon import Lexicons
from retrieval.search import Wish, bring_together, rank
from retrieval.titles import titled
from tests.retrieval.shelf import Shelf


@pytest.fixture
def stocked(shelf: Shelf) -> Shelf:
    shelf.publish("Vertrag kündigen", "Sie brauchen Ihre Kundennummer.", key="cancel")
    shelf.publish(
        "Vertrag auf eine andere Person übertragen",
        "Wer den Vertrag nicht kündigen will, kann ihn übertragen. Kündigen müssen Sie nicht.",
        key="transfer",
    )
    shelf.publish("eSIM auf dem Handy einrichten", "Den Code abfotografieren.", key="esim")
    shelf.sync()
    return shelf


LONG = "Davon merken andere im Haus nichts, und es dauert nur wenige Minuten. " * 3
"""What is short is cut together with what follows."""


def said(shelf: Shelf, question: str, title: str) -> float:
    wish = Wish(question, "de", ANYONE)
    with Session(shelf.engine) as session:
        ranked = rank(session, shelf.engines, Lexicons(shelf.engines.lexical), wish)
    pool = next(pool for slot, pool in ranked.pools.items() if slot.locale == "de")
    return titled(title, "de", pool.query, pool.rarity)


def test_a_title_with_all_the_words_asked_and_no_others_says_the_same(stocked: Shelf):
    assert said(stocked, "Wie kündige ich meinen Vertrag?", "Vertrag kündigen") == 1


def test_words_more_on_either_side_say_less(stocked: Shelf):
    longer = "Vertrag auf eine andere Person übertragen"
    assert 0 < said(stocked, "Vertrag kündigen", longer) < 0.7
    assert 0 < said(stocked, "Vertrag kündigen trotz Umzug ins Ausland", "Vertrag kündigen") < 1


def test_a_title_with_none_of_the_words_says_nothing(stocked: Shelf):
    assert said(stocked, "Mailbox ausschalten", "Vertrag kündigen") == 0


def test_opening_words_taken_for_a_title_are_none(stocked: Shelf):
    assert said(stocked, "Vertrag kündigen", "Vertrag kündigen…") == 0


def test_the_halves_of_a_verb_are_one_word(stocked: Shelf):
    assert said(stocked, "Wie richte ich die eSIM ein?", "eSIM einrichten") == 1
    assert said(stocked, "Ich richte nur meine eSIM her", "eSIM einrichten") < 1


def test_a_title_that_says_the_same_speaks_for_the_hit(stocked: Shelf):
    wish = Wish("Wie kündige ich meinen Vertrag?", "de", ANYONE)
    with Session(stocked.engine) as session:
        ranked = rank(session, stocked.engines, Lexicons(stocked.engines.lexical), wish)
        hits = bring_together(session, stocked.engines, ranked, wish).hits
    assert hits[0].passage.title == "Vertrag kündigen"
    assert evidence(ranked, hits)["titled"] == 1


def test_of_an_article_the_part_is_quoted_whose_heading_says_what_was_asked(shelf: Shelf):
    body = (
        f"Das Passwort steht auf dem Aufkleber; so finden und ändern Sie das Passwort. {LONG}\n\n"
        "## Passwort ändern\n\n1. Die Seite der Box öffnen und das alte eingeben.\n"
        f"2. Ein neues eintragen, es zweimal schreiben und sichern. {LONG}\n\n"
        "## Nach dem Ändern\n\nAlle Geräte verbinden sich mit dem neuen Passwort noch einmal. "
        + LONG
    )
    shelf.publish("Passwort finden und ändern", body, key="password")
    shelf.publish("Rechnung bezahlen", "Den Betrag im Kundenkonto überweisen.", key="bill")
    shelf.sync()
    assert section(shelf, "Passwort ändern, aber wie?") == "Passwort ändern"
    assert section(shelf, "Passwort finden") == ""
    assert section(shelf, "Wo steht das Passwort?") == ""


def section(shelf: Shelf, question: str) -> str:
    wish = Wish(question, "de", ANYONE)
    with Session(shelf.engine) as session:
        ranked = rank(session, shelf.engines, Lexicons(shelf.engines.lexical), wish)
        return bring_together(session, shelf.engines, ranked, wish).hits[0].passage.section
