"""An answer is a quote that stands in the article, or an honest no."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.questions.models import NoAnswerReason
from kb.questions.policy import LONGEST_QUESTION
from retrieval.answering import asked_in
from retrieval.citations import cite
from retrieval.index.chunking import cut
from retrieval.results import Answer, NoAnswer
from tests.retrieval.bodies import Written, articles
from tests.retrieval.passages import passage
from tests.retrieval.shelf import Shelf, watched

STEPS = """1. Öffnen Sie die Übersicht des Routers.
2. Wählen Sie **WLAN** und dort den Funkkanal.
3. Tippen Sie auf *Automatisch*.
4. Warten Sie, bis die Lampe grün leuchtet."""
LONG = " ".join(
    f"Dies ist ein Satz über ganz andere Dinge, der {n}. von vielen." for n in range(30)
)


def words(texts):
    return [len(text.split()) for text in texts]


def stands_in(quote: str, body: str) -> bool:
    """Every block of the quote is a slice of the body."""
    return all(part in body for part in quote.split("\n\n"))


@settings(max_examples=40)
@given(
    articles(), st.lists(st.sampled_from("Router WLAN öffnen Hilfe Größe".split())).map(" ".join)
)
def test_every_quote_stands_in_the_body_word_for_word(written: Written, question: str):
    for piece in cut(written.body, limit=200, count=words):
        quote = cite(question, passage(piece.text)).quote
        assert quote.strip()
        assert stands_in(quote, written.body)


@given(st.text(min_size=1, max_size=3_000), st.text(max_size=30))
def test_any_text_is_quoted_word_for_word(body: str, question: str):
    for piece in cut(body, limit=400, count=words):
        assert stands_in(cite(question, passage(piece.text)).quote, body)


def test_a_short_passage_is_quoted_whole():
    assert cite("WLAN?", passage(f"Vorweg.\n\n{STEPS}")).quote == f"Vorweg.\n\n{STEPS}"


@pytest.mark.parametrize("before", ["", "So geht es:\n\n"])
def test_steps_stay_a_whole_list_in_their_order(before: str):
    text = f"{LONG}\n\n{before}{STEPS}\n\n{LONG}"
    quote = cite(
        "Welchen Funkkanal soll ich in der Übersicht des Routers wählen?", passage(text)
    ).quote
    assert quote == f"{before}{STEPS}"


@pytest.mark.parametrize("mark", ["1.", "-", "*", "1)"])
def test_a_list_longer_than_a_window_is_not_torn(mark: str):
    items = "\n".join(
        f"{mark} Schritt mit dem Funkkanal und vielen Worten dazu." for _ in range(14)
    )
    assert cite("Funkkanal", passage(f"{LONG}\n\n{items}")).quote == items


def test_of_a_long_paragraph_the_fitting_sentences_are_quoted():
    text = f"{LONG} Den Funkkanal ändern Sie in der Übersicht. {LONG}"
    quote = cite("Wie ändere ich den Funkkanal?", passage(text)).quote
    assert "Den Funkkanal ändern Sie in der Übersicht." in quote
    assert len(quote) < 700
    assert quote in text
    assert quote.endswith(".")


def test_a_table_stays_a_table():
    rows = "\n".join(f"| Lampe {n} | Bedeutung Nummer {n} des Funkkanals |" for n in range(20))
    table = f"| Lampe | Sinn |\n|---|---|\n{rows}"
    assert cite("Funkkanal Lampe", passage(f"{LONG}\n\n{table}")).quote == table


def test_an_answer_quotes_the_revision_on_show_and_says_where(shelf: Shelf):
    article = shelf.publish("WLAN ist langsam", f"Vorweg.\n\n## Funkkanal\n\n{STEPS}")
    shelf.sync()
    reply = shelf.answer("Wie ändere ich den Funkkanal in der Übersicht?")
    assert isinstance(reply.outcome, Answer)
    assert reply.outcome.kind == "quote"
    assert reply.outcome.text == "\n\n".join(one.quote for one in reply.outcome.citations)
    for citation in reply.outcome.citations:
        assert citation.passage.family_id == article
        assert citation.passage.source_id == shelf.revision_of(article)
        assert stands_in(citation.quote, shelf.body(citation.passage.source_id))
    assert STEPS in reply.outcome.text
    assert reply.fingerprint


def test_below_the_threshold_there_is_no_answer_but_what_might_help(shelf: Shelf):
    shelf.publish("WLAN ist langsam", STEPS)
    shelf.sync()
    reply = shelf.answer("WLAN langsam", threshold=inf)
    assert isinstance(reply.outcome, NoAnswer)
    assert reply.answer is None
    assert reply.outcome.reason is NoAnswerReason.NOT_SURE
    assert [hit.passage.title for hit in reply.found.hits] == ["WLAN ist langsam"]


def test_where_there_is_nothing_that_is_said(shelf: Shelf):
    shelf.sync()
    reply = shelf.answer("WLAN langsam")
    assert reply.outcome == NoAnswer(NoAnswerReason.NOTHING_FOUND)


@pytest.mark.parametrize("question", ["", "   ", "?!", "🛜", "x" * (LONGEST_QUESTION + 1)])
def test_what_is_no_question_bothers_no_engine(shelf: Shelf, question: str):
    engines = watched(shelf.engines)
    reply = Shelf(shelf.engine, engines).answer(question)
    assert reply.outcome == NoAnswer(NoAnswerReason.EMPTY)
    assert not [*engines.embedder.asked, *engines.vectors.asked, *engines.lexical.asked]


def test_the_answer_is_in_the_askers_language_else_in_the_pages():
    assert asked_in("How do I change the channel?", "de") == "en"
    assert asked_in("Wie ändere ich den Kanal?", "en") == "de"
    assert asked_in("WLAN", "de") == "de"
