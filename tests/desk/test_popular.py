"""Popular questions: often asked, answered, and nobody can be recognised by them."""

import html
from datetime import timedelta

import pytest
from sqlmodel import select

from desk.help.search.popular import is_harmless
from kb import clock
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.models import Article
from kb.db import transaction
from kb.questions import actions
from kb.questions.models import Question


def ask(engine, world, text, *, days=(0, 0, 1, 2, 3), **changes):
    with transaction(engine) as session:
        for day in days:
            question = Question(
                text=text,
                locale="de",
                audience=Audience.PUBLIC,
                answer="Warten.",
                citations=[{"revision": world.wifi_revision, "url": "", "quote": "Warten."}],
                asked_at=clock.now() - timedelta(days=day),
            )
            for name, value in changes.items():
                setattr(question, name, value)
            actions.record(session, question)


def popular(client) -> str:
    """Return what an empty box offers, and the search page without a question."""
    return client.get("/de/suggestions").text + client.get("/de/search").text


def test_what_many_ask_is_offered_before_anything_is_typed(visitor, engine, world):
    ask(engine, world, "Warum ist mein WLAN langsam?")
    offered = visitor.get("/de/suggestions").text
    assert 'data-question="Warum ist mein WLAN langsam?"' in offered
    page = visitor.get("/de/search").text
    assert "Oft gefragt" in page
    assert 'href="/de/search?question=Warum' in page
    assert "langsam" not in visitor.get("/en/suggestions").text


@pytest.mark.parametrize(
    "changes",
    [
        {"days": (0, 1, 2, 3)},
        {"days": (1, 1, 1, 1, 1, 1)},
        {"days": (100, 101, 102, 103, 104)},
        {"answer": None, "citations": []},
        {"audience": Audience.STAFF},
        {"follows": "another"},
    ],
    ids=["too seldom", "on one day", "long ago", "not answered", "by staff", "a follow-up"],
)
def test_what_is_not_asked_by_many_is_not_offered(visitor, engine, world, changes):
    ask(engine, world, "Warum ist mein WLAN langsam?", **changes)
    assert "langsam?" not in popular(visitor)


@pytest.mark.parametrize(
    "text",
    [
        "Ich heiße Karla, wo bleibt mein Router?",
        "Wo ist die Rechnung von Herrn Petersen?",
        "Meine Kundennummer ist 4711, was nun?",
        "Rufen Sie 0171 3920014 an",
        "Warum kommt an karla@example.org nichts an?",
        "Ich wohne Am Hafen 12, 24103 Kiel, gibt es dort Glasfaser?",
        "IBAN DE89370400440532013000 falsch",
    ],
)
def test_what_somebody_could_be_recognised_by_is_never_offered(visitor, engine, world, text):
    ask(engine, world, text)
    assert not is_harmless(text)
    assert html.escape(text) not in popular(visitor)


def test_what_is_answered_no_more_is_not_offered(visitor, engine, world):
    ask(engine, world, "Warum ist mein WLAN langsam?")
    with transaction(engine) as session:
        articles.unpublish(session, session.get_one(Article, world.wifi), locale="de")
    assert "langsam?" not in popular(visitor)


def test_the_same_words_count_together_however_they_are_written(visitor, engine, world):
    ask(engine, world, "wlan LANGSAM", days=(0, 1, 2))
    ask(engine, world, "WLAN langsam?", days=(0, 1))
    offered = visitor.get("/de/suggestions").text
    assert offered.count('role="option"') == 1
    with transaction(engine) as session:
        assert len({one.wording for one in session.exec(select(Question)).all()}) == 1
