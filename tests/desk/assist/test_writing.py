"""Replies and notes: said once, never lost, and notes never for the customer."""

from sqlmodel import Session

from kb.cases import queries
from kb.cases.models import Case, CaseState, Message
from kb.db import stored_id


def _messages(engine, desk) -> list[Message]:
    with Session(engine) as session:
        return list(queries.messages(session, desk.karlas, for_customer=False))[1:]


def test_a_reply_reaches_the_customer_and_waits_for_them(anna, visitor, desk, engine):
    answer = anna.post(f"{desk.url}/messages", data={"body": "Bitte **neu** starten.", "key": "k"})
    [said] = _messages(engine, desk)
    assert str(answer.url).endswith(f"{desk.url}#message-{stored_id(said.id)}")
    assert not said.is_internal
    assert said.author_id == desk.anna
    with Session(engine) as session:
        assert session.get_one(Case, desk.karlas).state is CaseState.WAITING
    page = visitor.get(f"/de/cases/{desk.karlas_link}").text
    assert "Bitte <strong>neu</strong> starten." in page


def test_customer_and_agent_read_steps_lines_and_addresses_alike(anna, visitor, desk):
    quote = {"body": "Moin!\nVersuchen Sie das:", "passage": f"public.de.{desk.public.chunk_id}"}
    inserted = anna.post(f"{desk.url}/quotes", data=quote, headers={"hx-request": "true"}).text
    body = inserted.split('name="body"')[1].split(">\n", 1)[1].split("</textarea>")[0]
    anna.post(f"{desk.url}/messages", data={"body": body, "key": "k"})
    address = "http://127.0.0.1:8000/de/articles/wlan-langsam#funkkanal-wechseln"
    for page in (anna.get(desk.url).text, visitor.get(f"/de/cases/{desk.karlas_link}").text):
        assert "<p>Moin!<br>\nVersuchen Sie das:</p>" in page
        assert "<ol>\n<li>Funkkanal wählen.</li>\n<li>Warten.</li>\n</ol>" in page
        assert f'href="{address}">{address}</a>' in page


def test_a_reply_sent_twice_with_the_same_key_is_said_once(anna, desk, engine):
    for _ in range(2):
        sent = anna.post(f"{desk.url}/messages", data={"body": "Hallo", "key": "once"})
        assert sent.status_code == 200
    assert [said.body for said in _messages(engine, desk)] == ["Hallo"]


def test_the_same_key_on_another_case_is_another_message(anna, desk, engine):
    anna.post(f"/desk/cases/{desk.ottos}/messages", data={"body": "Hello", "key": "once"})
    anna.post(f"{desk.url}/messages", data={"body": "Hallo", "key": "once"})
    assert [said.body for said in _messages(engine, desk)] == ["Hallo"]


def test_a_note_is_never_on_the_customers_page(anna, visitor, desk, engine):
    anna.post(f"{desk.url}/notes", data={"body": "CANARYNOTE", "key": "n"})
    [said] = _messages(engine, desk)
    assert said.is_internal
    assert "CANARYNOTE" in anna.get(desk.url).text
    assert "CANARYNOTE" not in visitor.get(f"/de/cases/{desk.karlas_link}").text
    with Session(engine) as session:
        assert session.get_one(Case, desk.karlas).state is CaseState.NEW


def test_what_cannot_be_sent_is_kept_in_the_form(anna, desk, engine):
    long = "x" * 20_001
    answer = anna.post(f"{desk.url}/messages", data={"body": long, "key": "my-key"})
    assert answer.status_code == 422
    assert long in answer.text
    assert "Das ist zu lang" in answer.text
    assert 'value="my-key"' in answer.text
    empty = anna.post(f"{desk.url}/notes", data={"body": "  ", "key": "n"})
    assert empty.status_code == 422
    assert "Bitte schreiben Sie etwas." in empty.text
    assert 'class="card card--note" open' in empty.text
    assert _messages(engine, desk) == []


def test_every_form_has_a_key_of_its_own(anna, desk):
    page = anna.get(desk.url).text
    keys = {part.split('"')[0] for part in page.split('name="key" value="')[1:]}
    assert len(keys) == 2
    assert all(len(key) > 16 for key in keys)


def test_what_an_agent_types_is_no_html_either(anna, visitor, desk):
    body = "<b>x</b> [a](javascript:alert(1)) ![i](https://evil.example/i.png)"
    anna.post(f"{desk.url}/messages", data={"body": body, "key": "k"})
    for page in (anna.get(desk.url).text, visitor.get(f"/de/cases/{desk.karlas_link}").text):
        assert "<b>x</b>" not in page
        assert 'href="javascript' not in page
        assert "evil.example" not in page


def test_without_javascript_the_suggestions_come_along_so_that_nothing_typed_is_lost(anna, desk):
    sent = {"body": "Hallo", "passage": f"public.de.{desk.public.chunk_id}", "key": "k"}
    page = anna.post(f"{desk.url}/quotes", data=sent).text
    assert '<li class="offer' in page
    assert " autofocus " in page
    assert "Hallo\n\nÖffnen Sie kogge.box." in page
