"""Contact: a message becomes a case that knows what was asked and read before."""

import re

import pytest
from sqlmodel import Session, select

from kb.access import Viewer
from kb.cases import actions, queries
from kb.cases.models import Case, CaseState, Message, Trail
from kb.db import transaction
from kb.questions.models import Question

LETTER = {
    "name": "Karla Kunde",
    "email": "karla@example.com",
    "subject": "WLAN tot",
    "message": "Seit gestern geht nichts mehr!\nHilfe <script>alert(1)</script>",
    "key": "a-key-long-enough-1",
}


def _cases(engine):
    with Session(engine) as session:
        return session.exec(select(Case)).all()


def test_a_message_becomes_a_case_behind_a_private_link(visitor, engine):
    page = visitor.post("/de/contact", data=LETTER)
    [case] = _cases(engine)
    assert str(page.url).endswith(f"/de/cases/{case.public_id}")
    assert "Ihre Nachricht ist angekommen" in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert case.state is CaseState.NEW
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex"


def test_what_was_asked_and_read_travels_along_and_is_shown(visitor, engine, world):
    visitor.get("/de/search?question=Funkkanal")
    with Session(engine) as session:
        question = session.exec(select(Question)).one()
    article = visitor.get(f"/de/articles/wlan-langsam?question={question.public_id}").text
    link = re.search(r'/de/contact\?question=[^"]+', article).group().replace("&amp;", "&")
    assert f"article={world.wifi_public_id}" in link
    form = visitor.get(link).text
    assert "Gesucht: Funkkanal" in form
    assert "Gelesen: WLAN ist langsam" in form
    sent = LETTER | {"question": question.public_id, "article": world.wifi_public_id}
    visitor.post("/de/contact", data=sent)
    with Session(engine) as session:
        steps = session.exec(select(Trail).order_by(Trail.id)).all()
    assert [(step.kind, step.text, step.was_answered) for step in steps] == [
        ("asked", "Funkkanal", True),
        ("read", "WLAN ist langsam", False),
    ]
    assert steps[1].article_id == world.wifi


def test_an_article_one_may_not_read_leaves_no_trace(visitor, world):
    page = visitor.get(f"/de/contact?article={world.staff_public_id}&question=unknown").text
    assert "Gelesen" not in page
    assert "Intern" not in page.replace("Internet", "")


def test_sent_twice_it_is_one_case(visitor, engine):
    first = visitor.post("/de/contact", data=LETTER)
    second = visitor.post("/de/contact", data=LETTER)
    assert first.url == second.url
    assert len(_cases(engine)) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "karla"),
        ("email", "a@b@c.de"),
        ("message", " \n "),
        ("message", "x" * 20_001),
        ("website", "http://spam.example"),
    ],
)
def test_what_cannot_be_used_comes_back_with_the_text(visitor, engine, field, value):
    page = visitor.post("/de/contact", data=LETTER | {field: value})
    assert page.status_code == 422
    assert "Bitte prüfen Sie Ihre Eingaben" in page.text
    assert 'value="WLAN tot"' in page.text
    assert 'value="a-key-long-enough-1"' in page.text
    if field != "message":
        assert "Seit gestern geht nichts mehr!" in page.text
    assert _cases(engine) == []


def test_suggestions_come_while_writing(visitor):
    found = visitor.post("/de/contact/suggestions", data={"subject": "wlan", "message": ""})
    assert found.status_code == 200
    assert found.text.lstrip().startswith('<section id="suggestions"')
    assert "WLAN ist langsam" in found.text


def test_suggestions_are_hidden_when_there_are_none(visitor, app):
    nothing = visitor.post("/de/contact/suggestions", data={"message": "xylophon"})
    assert "hidden" in nothing.text
    app.state["site"].slot.retrieval = None
    assert visitor.post("/de/contact/suggestions", data={"message": "wlan"}).status_code == 200


@pytest.fixture
def case(engine, visitor):
    visitor.post("/de/contact", data=LETTER)
    return _cases(engine)[0]


def test_the_customer_sees_answers_and_no_internal_note(visitor, engine, case, anna):
    with transaction(engine) as session:
        found = session.get_one(Case, case.id)
        agent = Viewer(role="agent", person_id=1)
        actions.say(session, found, author=agent, body="CANARYNOTE", internal=True)
        actions.say(session, found, author=agent, body="Bitte **neu starten**:\n\n1. aus\n2. an")
    page = visitor.get(f"/de/cases/{case.public_id}").text
    assert "CANARYNOTE" not in page
    assert "<strong>neu starten</strong>" in page
    assert "Anna" in page
    assert "Wir warten auf Sie" in page
    assert "Ihre Antwort" not in anna.get(f"/de/cases/{case.public_id}").text


def test_the_customer_answers_once_however_often_it_is_sent(visitor, engine, case):
    said = {"body": "Geht wieder", "key": "another-long-key-22"}
    address = f"/de/cases/{case.public_id}/messages"
    first = visitor.post(address, data=said, follow_redirects=False)
    visitor.post(address, data=said)
    assert (first.status_code, first.headers["location"]) == (303, f"/de/cases/{case.public_id}")
    with Session(engine) as session:
        bodies = session.exec(select(Message.body).where(Message.case_id == case.id)).all()
    assert bodies.count("Geht wieder") == 1


def test_an_empty_answer_is_refused_with_the_form(visitor, case):
    sent = visitor.post(f"/de/cases/{case.public_id}/messages", data={"body": "  "})
    assert sent.status_code == 422
    assert "Bitte schreiben Sie uns eine Nachricht" in sent.text


def test_a_closed_case_takes_no_answer(visitor, engine, case):
    with transaction(engine) as session:
        actions.set_state(session, session.get_one(Case, case.id), CaseState.CLOSED)
    page = visitor.get(f"/de/cases/{case.public_id}").text
    assert "Neue Nachricht schreiben" in page
    sent = visitor.post(f"/de/cases/{case.public_id}/messages", data={"body": "doch"})
    assert sent.status_code == 403
    with Session(engine) as session:
        assert len(queries.messages(session, case.id, for_customer=True)) == 1


@pytest.mark.parametrize("public_id", ["1", "unknown", "x" * 3000, "%00", "../desk"])
def test_a_wrong_link_is_not_there(visitor, case, public_id):
    del case
    assert visitor.get(f"/de/cases/{public_id}").status_code in {404, 413}
    sent = visitor.post(f"/de/cases/{public_id}/messages", data={"body": "hallo"})
    assert sent.status_code in {404, 413}
