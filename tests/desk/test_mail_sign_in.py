"""Customers sign in by a letter: one link, one button, and only who reads the mail gets in."""

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk.app import create_app
from desk.deps import COOKIE
from kb.db import transaction
from kb.links.models import Link
from kb.mail.models import Mail
from kb.people.models import Person, SignIn
from tests.desk.conftest import PASSWORD, sign_in
from tests.desk.letterbox import KIM, ask_for_link, enter, letters, links, write_to_us

OLAF = "olaf@example.org"


def test_a_customer_gets_in_by_the_link_and_sees_their_cases(visitor, engine):
    mine = write_to_us(engine)
    enter(visitor, engine)
    page = visitor.get("/de/my-cases")
    assert f"/de/cases/{mine.public_id}" in page.text
    assert KIM in page.text
    assert (page.headers["cache-control"], page.headers["x-robots-tag"]) == ("no-store", "noindex")


def test_opening_the_link_changes_nothing_and_sets_no_cookie(visitor, engine):
    path = ask_for_link(visitor, engine)
    for _ in range(3):  # scanners follow every link of a mail
        page = visitor.get(path)
        assert page.status_code == 200
        assert "set-cookie" not in page.headers
        assert KIM not in page.text
        assert "k...@example.org" in page.text
    with Session(engine) as session:
        assert session.exec(select(SignIn)).all() == []
    assert visitor.head(path).status_code == 200
    assert visitor.post(path, follow_redirects=False).status_code == 303


def test_a_link_that_was_used_opens_nothing_for_whoever_it_is_forwarded_to(visitor, engine, app):
    write_to_us(engine)
    path = ask_for_link(visitor, engine)
    visitor.post(path, follow_redirects=False)
    with TestClient(app) as other:
        for answer in (other.post(path, follow_redirects=False), other.get(path)):
            assert answer.status_code == 410
            assert "set-cookie" not in answer.headers
            assert 'name="email"' in answer.text  # the way to a new one
        assert other.get("/de/my-cases", follow_redirects=False).headers["location"] == (
            "/de/sign-in"
        )


def test_a_link_is_good_for_a_quarter_of_an_hour(visitor, engine):
    path = ask_for_link(visitor, engine)
    with transaction(engine) as session:
        link = session.exec(select(Link)).one()
        assert link.expires_at - link.issued_at == timedelta(minutes=15)
        link.expires_at -= timedelta(minutes=16)
    assert visitor.get(path).status_code == 410
    assert visitor.post(path, follow_redirects=False).status_code == 410
    assert letters(engine)[0].not_after is not None


def test_a_link_for_something_else_does_not_sign_in(visitor, engine):
    path = ask_for_link(visitor, engine)
    with transaction(engine) as session:
        session.exec(select(Link)).one().purpose = "confirm case mail"
    assert visitor.post(path, follow_redirects=False).status_code == 410


def test_signing_in_makes_the_other_links_to_this_address_worthless(visitor, engine):
    first, second = ask_for_link(visitor, engine), ask_for_link(visitor, engine)
    visitor.post(second, follow_redirects=False)
    assert visitor.post(first, follow_redirects=False).status_code == 410


def test_a_sign_in_is_new_and_ends_the_one_before(visitor, engine):
    enter(visitor, engine)
    before = visitor.cookies[COOKIE]
    enter(visitor, engine)
    assert visitor.cookies[COOKIE] != before
    visitor.cookies.clear()
    cookie = {"cookie": f"{COOKIE}={before}"}
    gone = visitor.get("/de/my-cases", headers=cookie, follow_redirects=False)
    assert gone.status_code == 303


def test_a_cookie_that_was_planted_is_not_taken_over(visitor, engine):
    path = ask_for_link(visitor, engine)
    visitor.cookies.set(COOKIE, "planted")
    sent = visitor.post(path, follow_redirects=False)
    assert COOKIE in sent.headers["set-cookie"]
    assert "planted" not in sent.headers["set-cookie"]


def test_after_signing_out_the_cookie_is_worth_nothing(visitor, engine):
    enter(visitor, engine)
    cookie = {"cookie": f"{COOKIE}={visitor.cookies[COOKIE]}"}
    sent = visitor.post("/de/sign-out", follow_redirects=False)
    assert sent.headers["location"] == "/de/"
    visitor.cookies.clear()
    assert visitor.get("/de/my-cases", headers=cookie, follow_redirects=False).status_code == 303


def test_two_people_of_one_name_never_see_each_others_cases(visitor, engine):
    write_to_us(engine, email=KIM, name="Alex Meier", subject="MINE")
    write_to_us(engine, email=OLAF, name="Alex Meier", subject="YOURS")
    enter(visitor, engine)
    assert "MINE" in visitor.get("/de/my-cases").text
    assert "YOURS" not in visitor.get("/de/my-cases").text


def test_one_person_with_two_names_and_capitals_sees_all_of_theirs(visitor, engine):
    write_to_us(engine, name="Kim", subject="FIRST")
    write_to_us(engine, name="Kim Kundt", email="Kim@Example.ORG", subject="SECOND")
    enter(visitor, engine)
    page = visitor.get("/de/my-cases").text
    assert page.index("SECOND") < page.index("FIRST")


def test_cases_without_an_address_are_nobodys(visitor, engine):
    write_to_us(engine, email="", subject="NOBODYS")
    enter(visitor, engine)
    assert "NOBODYS" not in visitor.get("/de/my-cases").text


def test_whoever_works_here_gets_no_rights_by_a_letter(visitor, engine):
    with transaction(engine) as session:
        anna = session.exec(select(Person).where(Person.login == "anna")).one()
        anna.email = "anna@example.org"
    enter(visitor, engine, "anna@example.org")
    assert visitor.get("/desk/cases", follow_redirects=False).status_code == 303
    assert visitor.get("/de/articles/intern").status_code == 404
    assert visitor.post("/desk/cases/1/state", data={"state": "closed"}).status_code == 401


def test_a_customer_who_is_signed_in_reaches_nothing_of_the_desk(visitor, engine):
    write_to_us(engine)
    enter(visitor, engine)
    assert (
        visitor.get("/desk/cases/1", follow_redirects=False)
        .headers["location"]
        .startswith("/desk/sign-in")
    )
    assert visitor.get("/de/articles/intern").status_code == 404


def test_staff_that_looks_for_its_own_cases_is_asked_for_an_address(anna):
    assert anna.get("/de/my-cases", follow_redirects=False).headers["location"] == "/de/sign-in"


def test_known_and_unknown_addresses_are_told_and_written_the_same(visitor, engine):
    write_to_us(engine)
    known = visitor.post("/de/sign-in", data={"email": KIM})
    unknown = visitor.post("/de/sign-in", data={"email": OLAF})
    assert known.text.replace(KIM, "") == unknown.text.replace(OLAF, "")
    assert known.status_code == unknown.status_code == 200
    hers, his = letters(engine)
    assert hers.subject == his.subject
    assert hers.text.replace(links(hers)[0], "") == his.text.replace(links(his)[0], "")


def test_known_and_unknown_addresses_take_the_same_time(config, engine, retrieval):
    for number in range(20):
        write_to_us(engine, email=f"known{number}@example.org")
    app = create_app(config, engine=engine, retrieval=retrieval)
    app.state["site"].rates.letter = lambda _visitor: None
    times = {"known": [], "other": []}
    with TestClient(app) as client:
        client.post("/de/sign-in", data={"email": "warm@example.org"})
        for number in range(20):
            for kind, taken in times.items():
                started = perf_counter()
                client.post("/de/sign-in", data={"email": f"{kind}{number}@example.org"})
                taken.append(perf_counter() - started)
    ratio = median(times["known"]) / median(times["other"])
    assert 0.5 < ratio < 2  # the same statements; what is left is noise


def test_who_reads_an_unknown_address_finds_an_empty_list_and_a_way_on(visitor, engine):
    enter(visitor, engine, OLAF)
    page = visitor.get("/de/my-cases")
    assert "kein Anliegen" in page.text
    assert 'href="/de/contact"' in page.text


def test_the_letter_holds_our_words_and_our_address_whatever_the_request_says(visitor, engine):
    evil = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil"}
    visitor.post("/de/sign-in", data={"email": KIM}, headers=evil)
    [letter] = letters(engine)
    assert "evil" not in f"{letter.text}{letter.html}{letter.stop_url}"
    assert links(letter)[0].startswith("/de/sign-in/")
    assert "Kim" not in letter.text


@pytest.mark.parametrize(
    "email",
    ["", "kim", "kim@example.org\r\nBcc: a@b.example", "a@b.example,c@d.example", "<kim@x.org>"],
)
def test_what_is_no_address_is_asked_for_again(visitor, engine, email):
    sent = visitor.post("/de/sign-in", data={"email": email})
    assert sent.status_code == 422
    assert "Bitte prüfen Sie die E-Mail-Adresse" in sent.text
    assert letters(engine) == []


def test_one_address_gets_five_letters_an_hour_and_nobody_is_told(visitor, engine, app):
    app.state["site"].rates.letter = lambda _visitor: None  # as if from everywhere
    answers = {visitor.post("/de/sign-in", data={"email": KIM}).text for _ in range(12)}
    assert len(answers) == 1
    assert len(letters(engine)) == 5


def test_one_visitor_causes_ten_letters_an_hour_whatever_their_headers_say(visitor, engine):
    statuses = [
        visitor.post(
            "/de/sign-in",
            data={"email": f"victim{number}@example.org"},
            headers={"x-forwarded-for": f"10.0.0.{number}", "user-agent": str(number)},
        ).status_code
        for number in range(14)
    ]
    assert statuses == [200] * 10 + [429] * 4
    assert len(letters(engine)) == 10


def test_another_site_can_neither_ask_for_a_link_nor_press_the_button(visitor, engine):
    path = ask_for_link(visitor, engine)
    theirs = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    assert visitor.post("/de/sign-in", data={"email": OLAF}, headers=theirs).status_code == 403
    assert visitor.post(path, headers=theirs).status_code == 403
    assert len(letters(engine)) == 1


def test_a_customers_cookie_is_as_well_kept_as_any(config, engine, retrieval):
    public = config.model_copy(update={"public_url": "https://help.example"})
    with TestClient(create_app(public, engine=engine, retrieval=retrieval)) as client:
        client.headers["host"] = "help.example"
        client.post("/de/sign-in", data={"email": KIM})
        with Session(engine) as session:
            text = session.exec(select(Mail)).one().text
        path = text.split("https://help.example", 1)[1].split()[0]
        cookie = client.post(path, follow_redirects=False).headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax"))


def test_a_password_still_signs_staff_in_beside_it(app):
    with TestClient(app) as client:
        sign_in(client, "anna", PASSWORD)
        assert client.get("/de/articles/intern").status_code == 200


def test_both_pages_speak_the_readers_language(visitor, engine):
    visitor.post("/en/sign-in", data={"email": KIM})
    [letter] = letters(engine)
    assert (letter.locale, letter.subject) == ("en", "Your link to your cases")
    assert "See my cases" in visitor.get(links(letter)[0]).text
