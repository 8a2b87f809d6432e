"""The rows of the security plan that public pages must stand: where each is tested, and the rest.

`ROWS` names the tests of a row, and a test sees to it that they are there. What no other file asks
is asked here, of every address the application has, so that a new one cannot be forgotten.
"""

import re
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk.app import create_app
from kb.attachments.models import Attachment
from kb.cases.models import Case, Message
from kb.people.models import Person
from tests.desk.conftest import PASSWORD

TESTS = Path(__file__).parent.parent
ROWS = {
    "1 canaries on every path to read from": {
        "desk/test_canaries.py": "test_no_response_sings_for_the_wrong_viewer",
        "desk/test_asking_canaries.py": "test_offers_and_corrections_name_nothing_hidden",
        "desk/test_dialogue_canaries.py": "test_what_readers_sent_is_on_no_page_for_others",
        "kb/test_canaries.py": "test_counts_do_not_count_what_one_may_not_read",
    },
    "2 what is taken back, asked for again": {
        "desk/test_canaries.py": "test_what_is_taken_back_is_gone_at_the_next_request",
    },
    "3 what stands in solved cases": {
        "kb/test_canaries.py": "test_customers_see_no_solution_and_no_case_list",
    },
    "4 what was typed runs nowhere": {
        "desk/test_border.py": "test_what_is_typed_is_shown_and_never_run",
        "desk/test_corrections.py": "test_what_readers_typed_is_shown_and_never_run",
        "desk/test_tips.py": "test_a_tip_is_shown_and_never_run",
        "desk/test_markdown.py": "test_markup_in_text_stays_text",
    },
    "5 what was imported leads nowhere": {
        "desk/test_markdown.py": "test_links_and_images_lead_where_they_may",
    },
    "6 what a machine is asked to give away": {
        "desk/test_talked_into.py": "test_row_6_a_model_that_tells_all_gives_nothing_away",
        "kb/test_canaries.py": "test_a_guessed_private_link_leads_nowhere",
    },
    "7 what nobody promised": {
        "desk/test_talked_into.py": "test_row_7_no_promise_is_made_up_whoever_asks_for_it",
        "desk/test_wording.py": "test_lies_are_kept_for_staff_and_shown_to_nobody",
        "desk/test_search.py": "test_no_answer_is_honest_and_leads_to_a_person_with_the_question",
    },
    "10 other sites, and looking": {
        "desk/test_border.py": "test_what_another_site_caused_is_refused",
        "desk/test_mail_sign_in.py": "test_opening_the_link_changes_nothing_and_sets_no_cookie",
    },
    "12 what belongs to others": {
        "desk/test_case_page.py": "test_a_file_is_had_by_its_own_case_only",
        "desk/test_live.py": "test_a_stream_of_a_case_that_is_not_theirs_is_not_there",
        "kb/test_canaries.py": "test_a_guessed_private_link_leads_nowhere",
    },
    "13 and H4, links in letters": {
        "desk/test_mail_sign_in.py": "test_a_link_is_good_for_a_quarter_of_an_hour",
        "desk/test_notices.py": "test_where_links_lead_is_set_by_the_operator_not_by_a_request",
    },
    "14 where a form leads on to": {
        "desk/test_account.py": "test_only_local_paths_are_followed",
    },
    "18 sent twice": {
        "desk/test_contact.py": "test_sent_twice_it_is_one_case",
        "desk/test_case_page.py": "test_sent_twice_it_is_one_message_with_its_files",
        "desk/test_talks.py": "test_sent_twice_it_is_one_meeting",
        "desk/test_corrections.py": "test_sent_twice_it_is_one_correction_and_one_letter",
    },
    "25 guessing and flooding": {
        "desk/test_account.py": "test_guessing_one_login_is_slowed_down_wherever_it_comes_from",
        "desk/test_mail_sign_in.py": "test_known_and_unknown_addresses_take_the_same_time",
    },
}
SENT = {"name": "Kim", "email": "kim@example.com", "message": "Es geht nicht."}
ELSEWHERE = ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https://evil.example"]


@pytest.mark.parametrize("row", ROWS)
def test_the_tests_of_a_row_are_there(row):
    for file, name in ROWS[row].items():
        assert f"def {name}(" in (TESTS / file).read_text(), f"{file} has no {name}"


def _addresses(app, method: str) -> list[str]:
    """Return every address that takes this method, with something in its gaps."""
    found = {route.path for route in app.routes if method in getattr(route, "methods", ())}
    filled = [re.sub(r"\{\w+:int\}", "1", path).replace("{language:str}", "de") for path in found]
    return sorted(re.sub(r"\{\w+:\w+\}", "x", path) for path in filled)


def test_row_10_no_address_takes_anything_from_another_site(app, anna):
    changing = _addresses(app, "POST")
    assert len(changing) > 40
    taken = {
        path: anna.post(path, data=SENT, headers={"sec-fetch-site": "cross-site"}).status_code
        for path in changing
    }
    one_click = {path for path, status in taken.items() if status != 403}
    assert one_click <= {path for path in changing if path.startswith("/de/mail/stops/")}, taken


def _all_rows(engine) -> dict[str, int]:
    with Session(engine) as session:
        return {
            kind.__name__: len(session.exec(select(kind)).all())
            for kind in (Case, Message, Person, Attachment)
        }


def test_row_10_looking_at_every_page_for_customers_changes_no_case_and_nobody(
    app, visitor, engine
):
    before = _all_rows(engine)
    for path in _addresses(app, "GET"):
        if path.startswith("/de/") and not path.endswith("/events"):
            assert visitor.get(path, follow_redirects=False).status_code != 500, path
    assert _all_rows(engine) == before


def test_row_12_a_visitor_sees_no_page_of_the_desk(app, visitor):
    for path in _addresses(app, "GET"):
        if path.startswith("/desk") and not path.startswith("/desk/sign-in"):
            found = visitor.get(path, follow_redirects=False)
            assert found.status_code in {303, 404}, path
            assert "/desk/sign-in" in found.headers.get("location", "/desk/sign-in"), path


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("path", ["/desk/language", "/desk/sign-out"])
def test_row_14_no_form_leads_to_another_site(anna, path, wanted):
    sent = anna.post(path, data={"next": wanted, "locale": "en"}, follow_redirects=False)
    assert sent.status_code == 303
    assert re.match(r"/(?![/\\])", sent.headers["location"])


@pytest.mark.parametrize("name", ["gnp.\u202eexe", "rechnung\u200b.html", "../../etc/passwd.png"])
def test_row_17_a_name_that_deceives_is_shown_as_what_it_is(visitor, engine, name):
    files = {"files": (name, b"<script>window.__x=1</script>", "image/png")}
    page = visitor.post("/de/contact", data=SENT, files=files)
    assert page.status_code == 422
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f]", page.text)
    with Session(engine) as session:
        assert session.exec(select(Attachment)).all() == []


@pytest.mark.parametrize(
    "typed", ["wlan\u200b", "\uff57\uff4c\uff41\uff4e", "wl\u202ean", "wlan" + "\u0301" * 200]
)
def test_row_17_odd_letters_in_a_question_break_nothing(reader, typed):
    found = reader.get("/de/search", params={"question": typed})
    assert found.status_code == 200
    assert "\u202e" not in found.text


def test_row_25_a_flood_of_messages_is_stopped_for_one_visitor_only(config, engine, retrieval):
    limited = config.model_copy(update={"posts_per_hour": 2})
    app = create_app(limited, engine=engine, retrieval=retrieval)
    with TestClient(app, raise_server_exceptions=False) as client:
        said = [client.post("/de/contact", data=SENT).status_code for _ in range(4)]
        assert said[-1] == 429
        assert client.get("/de/").status_code == 200
        assert client.post("/desk/sign-in", data={"login": "anna", "password": PASSWORD})
