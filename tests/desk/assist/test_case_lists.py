"""The lists: what is there, for whom, and how it is found."""

import pytest
from sqlmodel import Session

from kb.access import Role
from kb.cases import actions
from kb.cases.models import Case, CaseState
from kb.db import transaction
from kb.people import actions as people
from kb.people.models import Person


def test_the_desk_leads_to_the_open_cases(anna, desk):
    page = anna.get("/desk")
    assert str(page.url).endswith("/desk/cases")
    assert f'href="{desk.url}"' in page.text
    assert f'href="/desk/cases/{desk.ottos}"' in page.text


def test_a_row_says_whose_what_and_since_when(anna):
    page = anna.get("/desk/cases").text
    assert "SIM lost" in page
    assert "Otto Ohm" in page
    assert "gerade eben" in page
    assert "Niemand" in page
    assert 'title="Englisch"' in page


def test_each_list_holds_its_cases_and_counts_them(anna, desk, engine):
    with transaction(engine) as session:
        case = session.get_one(Case, desk.ottos)
        actions.assign(session, case, desk.anna)
        actions.set_state(session, case, CaseState.WAITING)
    listed = {
        which: f"/desk/cases/{desk.ottos}" in anna.get(f"/desk/cases?list={which}").text
        for which in ("open", "mine", "waiting", "solved")
    }
    assert listed == {"open": False, "mine": True, "waiting": True, "solved": False}
    assert anna.get("/desk/cases").text.count('<span class="tabs__count">1</span>') == 5


def test_search_looks_at_subjects_names_and_messages_and_keeps_the_list(anna, desk):
    for words in ("sim", "otto", "gone"):
        page = anna.get("/desk/cases", params={"words": words}).text
        assert f"/desk/cases/{desk.ottos}" in page
        assert f'"{desk.url}"' not in page
    assert "list=solved&amp;words=gone" in page


def test_searching_while_typing_brings_the_list_alone(anna):
    answer = anna.get("/desk/cases?words=otto", headers={"hx-request": "true"})
    assert answer.text.lstrip().startswith('<section id="cases"')
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("?list=mine", "Ihnen ist nichts zugeteilt"),
        ("?list=waiting", "Wir warten auf niemanden"),
        ("?list=solved", "Noch nichts gelöst"),
        ("?words=qqqq", "In dieser Liste passt nichts dazu"),
    ],
)
def test_an_empty_list_says_so(anna, address, told):
    assert told in anna.get(f"/desk/cases{address}").text


@pytest.mark.parametrize(
    "address", ["?list=%00", "?list=x", "?page=0", "?page=99999999999999999999", "?page=-1"]
)
def test_an_odd_address_is_no_error(anna, address):
    assert anna.get(f"/desk/cases{address}").status_code == 200


def test_a_long_list_has_pages(anna, desk, engine):
    with transaction(engine) as session:
        person = session.get_one(Case, desk.ottos).customer_id
        for number in range(30):
            session.add(
                Case(
                    subject=f"Nummer {number}",
                    locale="de",
                    state=CaseState.OPEN,
                    customer_id=person,
                )
            )
    first = anna.get("/desk/cases").text
    assert first.count("case-row__link") == 25
    assert "page=2" in first
    second = anna.get("/desk/cases?list=open&page=2").text
    assert second.count("case-row__link") == 7
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_what_customers_call_themselves_and_their_matter_is_only_text(anna):
    page = anna.get("/desk/cases").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_desk_speaks_the_language_of_the_person(anna, desk):
    assert "Offene Anliegen" in anna.get("/desk/cases").text
    sent = {"locale": "en", "next": f"{desk.url}"}
    page = anna.post("/desk/language", data=sent)
    assert str(page.url).endswith(desk.url)
    assert "All cases" in page.text
    assert 'lang="en"' in page.text


def test_the_language_switch_leads_nowhere_else(anna):
    sent = {"locale": "en", "next": "https://evil.example/"}
    answer = anna.post("/desk/language", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/desk"
    assert anna.post("/desk/language", data={"locale": "xx"}).status_code == 422


@pytest.mark.parametrize("path", ["/desk", "/desk/cases", "/desk/cases/{id}", "/desk/cases/9999"])
def test_a_visitor_is_asked_to_sign_in_and_led_back(visitor, desk, path):
    path = path.format(id=desk.karlas)
    answer = visitor.get(path, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/desk/sign-in?next={path.replace('/', '%2F')}"


def test_who_is_deactivated_gets_nothing_from_then_on(anna, desk, engine):

    with Session(engine) as session:
        person = session.get_one(Person, desk.anna)
        person.is_active = False
        session.add(person)
        session.commit()
    assert "Otto" not in anna.get("/desk/cases").text
    assert anna.get(desk.url, follow_redirects=False).status_code == 303


def test_a_customer_who_can_sign_in_has_no_desk(visitor, desk, engine):
    words = "correct horse battery"
    with transaction(engine) as session:
        people.add_person(session, name="Kim", login="kim", role=Role.CUSTOMER, password=words)
    visitor.post("/desk/sign-in", data={"login": "kim", "password": words})
    for path in ("/desk", "/desk/cases", desk.url, f"{desk.url}/assist", f"{desk.url}/solution"):
        answer = visitor.get(path, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/sign-in?next=")
