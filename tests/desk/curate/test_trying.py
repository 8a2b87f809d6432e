"""Before publishing, an editor sees which golden questions would come out otherwise."""

import pytest
from sqlmodel import Session, select

from desk import i18n
from kb.articles.models import Revision, Translation
from kb.db import transaction
from kb.golden.models import GoldenArticle, GoldenQuestion, Verdict
from kb.outbox import OutboxNote
from tests.desk.curate.conftest import ARTICLES, FRAGMENT

T = i18n.words("de")
WORDS = "Welchen Funkkanal soll mein WLAN haben?"


@pytest.fixture
def question(engine, world) -> None:
    """One that the article about Wi-Fi answers."""
    with transaction(engine) as session:
        found = GoldenQuestion(locale="de", words=WORDS, verdict=Verdict.RIGHT)
        session.add(found)
        session.flush()
        session.add(GoldenArticle(question_id=found.id, article_id=world.wifi))


def everything(engine) -> tuple[int, int, int]:
    with Session(engine) as session:
        return (
            len(session.exec(select(Revision.id)).all()),
            len(session.exec(select(OutboxNote.id)).all()),
            sum(one.version for one in session.exec(select(Translation)).all()),
        )


@pytest.mark.usefixtures("question")
def test_a_text_that_loses_the_answer_turns_its_question_and_nothing_is_published(tab, engine):
    before = everything(engine)
    told = tab.send("trial", headers=FRAGMENT, title="Anderes", body="Ganz andere Worte.")
    assert told.status_code == 200
    assert T("trying.turn.one") in told.text
    assert T("trying.worse") in told.text
    assert WORDS in told.text
    assert everything(engine) == before
    assert "Ganz andere Worte." in tab.open(), "what was typed is kept"


@pytest.mark.usefixtures("question")
def test_a_text_that_keeps_the_answer_turns_nothing(tab):
    told = tab.send("trial", headers=FRAGMENT, body="Welchen Funkkanal das WLAN haben soll?")
    assert T("trying.nothing", count=1) in told.text


@pytest.mark.usefixtures("question")
def test_a_text_that_brings_the_answer_is_told_to_be_better(tab, engine):
    tab.send("publication", title="Anderes", body="Ganz andere Worte.")
    with transaction(engine) as session:
        session.exec(select(GoldenQuestion)).one().verdict = Verdict.WRONG
    tab.open()
    told = tab.send("trial", headers=FRAGMENT, title="WLAN", body=WORDS)
    assert T("trying.better") in told.text
    assert T("trying.sum", better="1", worse="0", all="1") in told.text


@pytest.mark.usefixtures("question")
def test_without_a_script_it_is_a_page_that_leads_back(tab):
    page = tab.send("trial", title="Anderes", body="Ganz andere Worte.").text
    assert T("trying.turn.one") in page
    assert f'href="{tab.url}"' in page


def test_without_questions_it_says_so(tab):
    assert T("trying.none") in tab.send("trial", headers=FRAGMENT).text


@pytest.mark.usefixtures("question")
def test_where_search_is_silent_publishing_is_not_held_up(tab, app):
    app.state["site"].slot.retrieval = None
    told = tab.send("trial", headers=FRAGMENT)
    assert told.status_code == 200
    assert T("trying.silent") in told.text


def test_what_is_for_staff_turns_no_question_of_customers(eddi, world):
    url = f"{ARTICLES}/{world.staff_public_id}/de/trial"
    told = eddi.post(url, data={"title": "T", "body": "B"}, headers=FRAGMENT)
    assert T("trying.staff_only") in told.text


def test_only_editors_try(anna, visitor, world):
    url = f"{ARTICLES}/{world.wifi_public_id}/de/trial"
    assert anna.post(url, data={"title": "T"}).status_code == 404
    assert visitor.post(url, data={"title": "T"}, follow_redirects=False).status_code in {303, 401}
