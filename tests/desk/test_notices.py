"""What a customer is written about their case: that something happened, never what."""

import re

import pytest
from sqlmodel import Session, select

from desk import notices
from desk.help.notifications.views import state_of
from kb.cases import actions as cases
from kb.cases.models import Case, CaseState
from kb.db import transaction
from kb.mail.models import Mail, Mailbox, MailState
from kb.people.models import Person
from tests.desk.letterbox import KIM, confirm, letters, links, write_to_us

MESSAGE = {"name": "CANARYNAME", "email": KIM, "subject": "CANARYSUBJECT", "message": "CANARYTEXT"}


@pytest.fixture
def case(engine) -> Case:
    return write_to_us(engine)


def reply(anna, case: Case, body: str = "CANARYREPLY", key: str = "k") -> None:
    sent = anna.post(
        f"/desk/cases/{case.id}/messages", data={"body": body, "key": key}, follow_redirects=False
    )
    assert sent.status_code == 303


def move(anna, case: Case, state: CaseState) -> None:
    path = f"/desk/cases/{case.id}/state"
    assert anna.post(path, data={"state": state}, follow_redirects=False).status_code == 303


def solve(anna, case: Case) -> None:
    path, how = f"/desk/cases/{case.id}/solution", {"outcome": "solved_by_agent", "keep": "no"}
    assert anna.post(path, data=how, follow_redirects=False).status_code == 303


def send_all(engine) -> None:
    with transaction(engine) as session:
        for mail in session.exec(select(Mail).where(Mail.state == MailState.QUEUED)).all():
            mail.state = MailState.SENT


def subjects(engine) -> list[str]:
    return [letter.subject for letter in letters(engine)]


def test_an_answer_is_told_to_a_confirmed_address_without_a_word_of_it(anna, engine, case):
    confirm(engine)
    reply(anna, case)
    [letter] = letters(engine)
    assert letter.recipient == KIM
    assert letter.subject == "Sie haben eine Antwort von Koggenet"
    assert links(letter)[0] == f"/de/cases/{case.public_id}"
    written = f"{letter.subject}{letter.text}{letter.html}"
    assert "CANARY" not in written
    assert "Router" not in written


def test_a_note_among_the_staff_is_told_to_nobody(anna, engine, case):
    confirm(engine)
    anna.post(f"/desk/cases/{case.id}/notes", data={"body": "intern", "key": "k"})
    assert letters(engine) == []


def test_an_answer_sent_twice_is_told_once(anna, engine, case):
    confirm(engine)
    reply(anna, case)
    send_all(engine)
    reply(anna, case)
    assert len(letters(engine)) == 1


def test_an_answer_and_a_state_right_after_it_are_one_letter(anna, engine, case):
    confirm(engine)
    reply(anna, case)
    solve(anna, case)
    assert subjects(engine) == ["Sie haben eine Antwort von Koggenet"]


def test_a_second_answer_before_the_first_is_told_takes_its_place(anna, engine, case):
    confirm(engine)
    reply(anna, case, key="first")
    reply(anna, case, "More", key="second")
    assert len(letters(engine)) == 1
    send_all(engine)
    reply(anna, case, "And more", key="third")
    assert len(letters(engine)) == 2


def test_a_new_state_is_told_but_not_that_somebody_took_the_case(anna, engine, case):
    confirm(engine)
    move(anna, case, CaseState.OPEN)
    assert letters(engine) == []
    solve(anna, case)
    assert subjects(engine) == ["Neues zu Ihrem Anliegen bei Koggenet"]
    send_all(engine)
    move(anna, case, CaseState.CLOSED)
    assert len(letters(engine)) == 2
    send_all(engine)
    move(anna, case, CaseState.CLOSED)
    assert len(letters(engine)) == 2


def test_an_answer_that_is_not_kept_is_not_told_either(engine, config, case):
    confirm(engine)
    with pytest.raises(ZeroDivisionError), transaction(engine) as session:
        kept = session.get_one(Case, case.id)
        said = cases.say(session, kept, author=Person(role="agent").viewer, body="lost")
        notices.answered(session, config, kept, said)
        raise ZeroDivisionError
    assert letters(engine) == []


def test_the_first_letter_to_an_unknown_address_only_asks_and_holds_our_words(visitor, engine):
    visitor.post("/de/contact", data=MESSAGE, follow_redirects=False)
    [letter] = letters(engine)
    assert letter.subject == "Bitte bestätigen Sie Ihre E-Mail-Adresse"
    assert "CANARY" not in f"{letter.subject}{letter.text}{letter.html}"
    with Session(engine) as session:
        public_id = session.exec(select(Case)).one().public_id
    assert public_id not in f"{letter.text}{letter.html}"
    assert links(letter)[0].startswith("/de/mail/confirmations/")


def test_who_confirms_is_led_to_their_case_and_told_from_then_on(visitor, anna, engine):
    visitor.post("/de/contact", data=MESSAGE, follow_redirects=False)
    path = links(letters(engine)[0])[0]
    assert visitor.get(path).status_code == 200
    with Session(engine) as session:
        assert session.exec(select(Mailbox)).all() == []  # opening it is no proof
    sent = visitor.post(path, follow_redirects=False)
    with Session(engine) as session:
        case = session.exec(select(Case)).one()
    assert sent.headers["location"] == f"/de/cases/{case.public_id}"
    send_all(engine)
    reply(anna, case)
    assert links(letters(engine)[-1])[0] == f"/de/cases/{case.public_id}"
    assert visitor.post(path, follow_redirects=False).status_code == 410


def test_an_address_that_never_confirms_hears_three_times_and_never_gets_the_private_link(
    visitor, anna, engine
):
    visitor.post("/de/contact", data=MESSAGE, follow_redirects=False)
    with Session(engine) as session:
        case = session.exec(select(Case)).one()
    for number in range(6):
        send_all(engine)
        reply(anna, case, key=str(number))
    found = letters(engine)
    assert len(found) == notices.UNCONFIRMED
    assert all(case.public_id not in letter.text for letter in found)


def test_a_known_address_hears_at_once_that_the_message_is_there(visitor, engine):
    confirm(engine)
    visitor.post("/de/contact", data=MESSAGE, follow_redirects=False)
    [letter] = letters(engine)
    assert letter.subject == "Ihre Nachricht ist bei uns"
    assert "CANARY" not in f"{letter.text}{letter.html}"


def test_a_name_with_line_breaks_reaches_no_header_and_no_letter(visitor, engine):
    evil = "Kim\r\nBcc: victim@example.org\r\n\r\nBuy now"
    visitor.post("/de/contact", data=MESSAGE | {"name": evil, "subject": evil})
    [letter] = letters(engine)
    assert "victim" not in f"{letter.recipient}{letter.subject}{letter.text}{letter.html}"


def test_where_links_lead_is_set_by_the_operator_not_by_a_request(visitor, engine):
    visitor.post("/de/contact", data=MESSAGE, headers={"host": "evil.example"})
    [letter] = letters(engine)
    assert "evil.example" not in f"{letter.text}{letter.html}{letter.stop_url}"


def test_a_letters_link_is_worth_nothing_once_the_address_is_another(visitor, engine):
    visitor.post("/de/contact", data=MESSAGE, follow_redirects=False)
    path = links(letters(engine)[0])[0]
    with transaction(engine) as session:
        session.exec(select(Person).where(Person.name == "CANARYNAME")).one().email = "o@x.example"
    assert visitor.get(path).status_code == 410
    assert visitor.post(path, follow_redirects=False).status_code == 410


def test_one_click_in_a_letter_ends_them_for_this_case_only(visitor, anna, engine, case):
    other = write_to_us(engine, subject="SIM")
    confirm(engine)
    reply(anna, case)
    [letter] = letters(engine)
    path = letter.stop_url.removeprefix("http://127.0.0.1:8000")
    assert path in letter.text
    asked = visitor.get(path)
    assert "Möchten Sie das nicht mehr?" in asked.text
    assert len(letters(engine)) == 1  # opening it ends nothing
    ended = visitor.post(path, data={"List-Unsubscribe": "One-Click"})  # as mail programs do
    assert ended.status_code == 200
    assert letters(engine) == []  # what was not sent yet is taken back
    reply(anna, case, key="again")
    assert letters(engine) == []
    reply(anna, other, key="other")
    assert len(letters(engine)) == 1
    assert "Doch wieder" in ended.text
    visitor.post(path, data={"wanted": "yes"})
    reply(anna, case, key="more")
    assert len(letters(engine)) == 2


def test_a_link_that_ends_letters_shows_nothing_of_the_case(visitor, anna, engine, case):
    confirm(engine)
    reply(anna, case)
    path = letters(engine)[0].stop_url.removeprefix("http://127.0.0.1:8000")
    page = visitor.get(path).text
    assert "CANARY" not in page
    assert case.public_id not in page
    assert "Router" not in re.sub(r"(?s)<header.*?</header>", "", page)


@pytest.mark.parametrize("kind", ["confirmations", "stops"])
def test_a_made_up_link_opens_nothing(visitor, kind):
    assert visitor.get(f"/de/mail/{kind}/made-up").status_code == 410
    assert visitor.post(f"/de/mail/{kind}/made-up").status_code == 410


def test_the_setting_stands_on_the_page_of_the_case(visitor, anna, engine, case):
    confirm(engine)
    url = f"/de/cases/{case.public_id}/notifications"
    off = visitor.post(url, data={"wanted": "no"}, headers={"hx-request": "true"})
    assert "Ausgeschaltet" in off.text
    reply(anna, case)
    assert letters(engine) == []
    sent = visitor.post(url, data={"wanted": "yes"}, follow_redirects=False)
    assert sent.headers["location"] == f"/de/cases/{case.public_id}#notifications"
    reply(anna, case, key="again")
    assert len(letters(engine)) == 1


def test_staff_does_not_choose_for_the_customer(anna, case):
    sent = anna.post(f"/de/cases/{case.public_id}/notifications", data={"wanted": "no"})
    assert sent.status_code == 403


def test_an_address_is_masked_on_the_page_of_the_case(engine, case):
    with Session(engine) as session:
        state = state_of(session, session.get_one(Case, case.id), "de")
    assert (state.address, state.is_on, state.is_confirmed) == ("k...@example.org", True, False)


def test_a_case_without_an_address_is_written_to_nowhere(anna, engine):
    case = write_to_us(engine, email="")
    reply(anna, case)
    assert letters(engine) == []
