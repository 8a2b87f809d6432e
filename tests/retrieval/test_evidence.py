"""What speaks for a hit: the article's words, its lead over others, and its translation."""

import pytest
from sqlmodel import Session

from kb.access import ANYONE
from retrieval.evidence import FEATURES, evidence
from retrieval.index.lexicon import Lexicons
from retrieval.search import Wish, bring_together, rank
from tests.retrieval.shelf import Shelf


def seen(shelf: Shelf, question: str, *, locale: str = "de") -> dict[str, float]:
    """Return the evidence for the first hit of a question."""
    wish = Wish(question, locale, ANYONE)
    with Session(shelf.engine) as session:
        ranked = rank(session, shelf.engines, Lexicons(shelf.engines.lexical), wish)
        found = bring_together(session, shelf.engines, ranked, wish)
    return evidence(ranked, found.hits)


@pytest.fixture
def stocked(shelf: Shelf) -> Shelf:
    shelf.publish("Pumpe entlüften", "Die Messingschraube am Ventil drehen.", key="pump")
    shelf.publish("Rechnung bezahlen", "Den Betrag im Kundenkonto überweisen.", key="bill")
    shelf.publish("Pay the bill", "Transfer the amount shown.", key="bill", locale="en")
    shelf.sync()
    return shelf


def test_every_feature_is_told(stocked: Shelf):
    assert tuple(seen(stocked, "Pumpe entlüften")) == FEATURES


def test_of_nothing_found_nothing_speaks_for_it(shelf: Shelf):
    assert set(seen(shelf, "Pumpe").values()) == {0.0}


def test_words_count_wherever_they_stand_in_the_article(stocked: Shelf):
    assert seen(stocked, "Pumpe Messingschraube")["covered"] == pytest.approx(1)
    assert seen(stocked, "Pumpe Vanilleeis")["covered"] < 1


def test_words_that_nothing_has_are_unknown(stocked: Shelf):
    assert seen(stocked, "Pumpe Messingschraube")["known"] == 1
    assert seen(stocked, "Pumpe Xylophonquartett")["known"] == 0.5


def test_an_article_without_a_translation_is_no_worse_for_it(stocked: Shelf):
    told = seen(stocked, "Pumpe entlüften")
    assert told["elsewhere"] > 0
    assert told["elsewhere_ahead"] == 0


def test_a_translation_found_too_speaks_for_the_article(stocked: Shelf):
    stocked.publish("Router einrichten", "Den Router an den Strom anschließen.", key="router")
    stocked.publish("Router setup", "Connect the router to the mains.", key="router", locale="en")
    stocked.sync()
    assert seen(stocked, "Router")["elsewhere_ahead"] > 0


def test_the_right_article_is_ahead_and_its_signals_agree(stocked: Shelf):
    told = seen(stocked, "Pumpe entlüften")
    assert told["margin"] > 0
    assert told["agreement"] == pytest.approx(1)


def test_a_stray_word_far_ahead_of_what_fits_as_badly_counts_for_little(shelf: Shelf):
    shelf.publish("Pumpe entlüften", "Am Turm der Anlage die Schraube drehen.", key="pump")
    shelf.publish("Rechnung bezahlen", "Den Betrag im Kundenkonto überweisen.", key="bill")
    shelf.sync()
    wish = Wish("Wie hoch ist der Turm in Paris?", "de", ANYONE)
    with Session(shelf.engine) as session:
        ranked = rank(session, shelf.engines, Lexicons(shelf.engines.lexical), wish)
        hits = bring_together(session, shelf.engines, ranked, wish).hits
    told = evidence(ranked, hits)
    lead = hits[0].score - (hits[1].score if len(hits) > 1 else 0.0)
    assert lead > 0
    assert told["margin"] == pytest.approx(lead * max(told["meaning"], 0.0))
    assert told["margin"] < lead / 2
