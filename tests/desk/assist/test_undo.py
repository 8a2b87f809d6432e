"""Drafts, undo and collisions: nothing typed is lost, nothing is sent twice or too early."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlmodel import Session, select

from desk import notices
from kb import clock
from kb.access import Role, Viewer
from kb.cases import actions, drafts, queries, sending
from kb.cases.models import Case, CaseState, Message
from kb.db import transaction
from kb.errors import AlreadySent, StaleDraft
from kb.mail.models import Mail, MailState
from kb.people import actions as people
from kb.people.models import Person
from tests.desk.conftest import PASSWORD, sign_in

HELD = timedelta(seconds=10)
TEXT = "CANARYHELD Bitte neu starten."


def hold(engine, desk, body=TEXT, held_for=HELD):
    with transaction(engine) as session:
        case = session.get_one(Case, desk.karlas)
        said = actions.say(
            session, case, author=Viewer(Role.AGENT, desk.anna), body=body, held_for=held_for
        )
        return said.id


def customers_page(visitor, desk):
    return visitor.get(f"/de/cases/{desk.karlas_link}").text


def let_it_go(engine, number):
    with transaction(engine) as session:
        message = session.get_one(Message, number)
        message.visible_from = message.written_at = clock.now() - timedelta(seconds=1)


def test_a_reply_is_nowhere_for_the_customer_until_its_time(anna, visitor, desk, engine):
    number = hold(engine, desk)
    with Session(engine) as session:
        case = session.get_one(Case, desk.karlas)
        assert case.state is CaseState.WAITING
        assert sending.states_shown(session, [case]) == {desk.karlas: CaseState.NEW}
    page = customers_page(visitor, desk)
    assert "CANARYHELD" not in page
    assert "standing--new" in page
    before = clock.now() - HELD
    agents = anna.get(desk.url).text
    assert "CANARYHELD" in agents
    assert f"/messages/{number}/withdrawal" in agents
    let_it_go(engine, number)
    with Session(engine) as session:
        assert sending.sent_between(session, before, clock.now()) == {desk.karlas}
    page = customers_page(visitor, desk)
    assert "CANARYHELD" in page
    assert "standing--waiting" in page
    assert "withdrawal" not in anna.get(desk.url).text


def test_undo_brings_the_text_back_into_the_form_and_takes_the_letter_back(
    anna, visitor, desk, engine, config
):
    number = hold(engine, desk)
    with transaction(engine) as session:
        case = session.get_one(Case, desk.karlas)
        notices.answered(session, config, case, session.get_one(Message, number))
        drafts.keep(session, desk.karlas, desk.anna, "Und noch etwas.")
    page = anna.post(f"{desk.url}/messages/{number}/withdrawal").text
    assert f">\n{TEXT}\n\nUnd noch etwas.</textarea>" in page
    assert "CANARYHELD" not in customers_page(visitor, desk)
    with Session(engine) as session:
        assert session.get(Message, number) is None
        case = session.get_one(Case, desk.karlas)
        [first] = queries.messages(session, desk.karlas, for_customer=True)
        assert (case.state, case.updated_at) == (CaseState.NEW, first.written_at)
        states = [one.state for one in session.exec(select(Mail)).all()]
        assert states == [MailState.WITHDRAWN]


def test_what_is_sent_or_another_agents_is_not_taken_back(anna, eddi, desk, engine):
    number = hold(engine, desk)
    assert eddi.post(f"{desk.url}/messages/{number}/withdrawal").status_code == 409
    let_it_go(engine, number)
    assert anna.post(f"{desk.url}/messages/{number}/withdrawal").status_code == 409
    with Session(engine) as session:
        message = session.get_one(Message, number)
        with pytest.raises(AlreadySent):
            sending.withdraw(session, session.get_one(Case, desk.karlas), message)
        said = queries.messages(session, desk.karlas, for_customer=True)
        assert [one.body for one in said].count(TEXT) == 1


def test_a_draft_is_there_again_and_gone_when_it_is_sent(anna, eddi, desk):
    kept = anna.post(
        f"{desk.url}/draft",
        data={"body": "CANARYDRAFT", "version": "0", "key": "a"},
        headers={"hx-request": "true"},
    )
    assert "Entwurf gespeichert" in kept.text
    assert 'name="version" value="1"' in kept.text
    assert "CANARYDRAFT</textarea>" in anna.get(desk.url).text
    assert "CANARYDRAFT" not in eddi.get(desk.url).text
    anna.post(f"{desk.url}/messages", data={"body": "CANARYDRAFT", "key": "a"})
    assert "CANARYDRAFT</textarea>" not in anna.get(desk.url).text


def test_two_windows_never_overwrite_each_other_silently(anna, desk, engine):
    def keep(body, key, version, **headers):
        sent = {"body": body, "key": key, "version": str(version)}
        return anna.post(f"{desk.url}/draft", data=sent, headers=headers)

    keep("eins", "a", 0)
    keep("zwei", "b", 1)
    told = keep("drei", "a", 1, **{"hx-request": "true"})
    assert "In einem anderen Fenster" in told.text
    assert ">zwei</blockquote>" in told.text
    plain = keep("drei", "a", 1)
    assert plain.status_code == 409
    assert "drei</textarea>" in plain.text
    assert "zwei" in plain.text
    keep("drei", "a", 2)
    with Session(engine) as session:
        assert drafts.of(session, desk.karlas, desk.anna).text == "drei"
        drafts.discard(session, desk.karlas, desk.anna)
        with pytest.raises(StaleDraft):
            drafts.keep(session, desk.karlas, desk.anna, "late", expected=3, tab="a")


def test_who_writes_while_a_colleague_answers_is_shown_that_first(anna, eddi, desk, engine):
    with Session(engine) as session:
        [first] = queries.messages(session, desk.karlas, for_customer=False)
    eddi.post(f"{desk.url}/messages", data={"body": "Eddis Antwort", "key": "e"})
    sent = {"body": "Annas Antwort", "key": "a", "seen": str(first.id)}
    told = anna.post(f"{desk.url}/messages", data=sent)
    assert told.status_code == 409
    assert "Eddis Antwort" in told.text.split('id="reply-form"')[1]
    assert "Annas Antwort</textarea>" in told.text
    assert "Trotzdem senden" in told.text
    seen = told.text.split('id="reply-seen" name="seen" value="')[1].split('"')[0]
    assert anna.post(f"{desk.url}/messages", data=sent | {"seen": seen}).status_code == 200
    assert anna.post(f"{desk.url}/messages", data=sent | {"seen": seen}).status_code == 200
    with Session(engine) as session:
        bodies = [one.body for one in queries.messages(session, desk.karlas, for_customer=True)]
    assert bodies.count("Annas Antwort") == 1


def test_of_two_who_answer_at_one_moment_the_second_is_shown_the_first(
    anna, desk, engine, monkeypatch
):
    with Session(engine) as session:
        [first] = queries.messages(session, desk.karlas, for_customer=False)
    arrived, take_turn = Event(), sending.take_turn

    def arrive(session, case):
        arrived.set()
        take_turn(session, case)

    sent = {"body": "Annas Antwort", "key": "a", "seen": str(first.id)}
    with ThreadPoolExecutor(1) as pressing:
        with transaction(engine) as session:
            case = session.get_one(Case, desk.karlas)
            take_turn(session, case)
            monkeypatch.setattr(sending, "take_turn", arrive)
            told = pressing.submit(anna.post, f"{desk.url}/messages", data=sent)
            assert arrived.wait(20)
            actions.say(session, case, author=Viewer(Role.AGENT, desk.eddi), body="Eddis Antwort")
        answer = told.result(20)
    assert answer.status_code == 409
    assert "Eddis Antwort" in answer.text.split('id="reply-form"')[1]
    assert "Annas Antwort</textarea>" in answer.text
    with Session(engine) as session:
        bodies = [one.body for one in queries.messages(session, desk.karlas, for_customer=True)]
    assert "Annas Antwort" not in bodies


def test_whose_role_is_taken_away_while_they_write_sends_nothing_and_loses_nothing(
    anna, desk, engine
):
    typed = {"body": "CANARYLATE", "version": "0", "key": "a"}
    anna.post(f"{desk.url}/draft", data=typed)
    with transaction(engine) as session:
        people.change_role(session, session.get_one(Person, desk.anna), Role.CUSTOMER)
    for place in ("messages", "notes", "draft"):
        assert anna.post(f"{desk.url}/{place}", data=typed | {"version": "1"}).status_code == 401
    with transaction(engine) as session:
        assert len(queries.messages(session, desk.karlas, for_customer=False)) == 1
        people.change_role(session, session.get_one(Person, desk.anna), Role.AGENT)
    sign_in(anna, "anna", PASSWORD)
    assert "CANARYLATE</textarea>" in anna.get(desk.url).text
