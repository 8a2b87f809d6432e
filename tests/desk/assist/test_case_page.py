"""The page of a case: what was said, what was tried, where it stands."""

import re
from collections import Counter

import pytest
from sqlmodel import Session, select

from kb.access import Role, Viewer
from kb.cases import actions, queries
from kb.cases.models import Case, CaseArticle, CaseState, Message
from kb.db import transaction
from tests.desk.assist.conftest import ATTACK, BODY

HTMX = {"hx-request": "true"}


def _case(engine, case_id) -> Case:
    with Session(engine) as session:
        return session.get_one(Case, case_id)


def _linked(engine) -> list[int]:
    with Session(engine) as session:
        return [one.article_id for one in session.exec(select(CaseArticle)).all()]


def test_what_the_customer_wrote_stands_there_as_text(anna, desk):
    page = anna.get(desk.url).text
    assert "Mein WLAN ist lahm!\nIch bin Karla Kundig" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5


def test_nothing_on_the_page_goes_by_the_name_of_something_else(anna, desk):
    names = re.findall(r'\sid="([^"]+)"', anna.get(desk.url).text)
    assert {"onlookers", "reply-seen"} <= set(names)
    assert [name for name, times in Counter(names).items() if times > 1] == []
    news = anna.get(f"{desk.url}/news", headers=HTMX).text
    assert all(f'id="{name}"' in news for name in ("onlookers", "reply-seen"))


def test_customer_agent_and_note_are_told_apart(anna, desk, engine):
    with transaction(engine) as session:
        case = session.get_one(Case, desk.karlas)
        agent = Viewer(Role.AGENT, desk.anna)
        actions.say(session, case, author=agent, body=f"Bitte **neu** starten. {ATTACK}")
        actions.say(session, case, author=agent, body="Wirkt verärgert.", internal=True)
    page = anna.get(desk.url).text
    for kind in ("customer", "agent", "note"):
        assert page.count(f'class="message message--{kind}"') == 1
    assert "<strong>neu</strong>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_what_was_asked_and_read_before_is_shown(anna, desk):
    page = anna.get(desk.url).text
    assert "wlan lahm" in page
    assert "bekam keine Antwort" in page
    assert 'href="/de/articles/wlan-langsam"' in page


@pytest.mark.parametrize(
    "case_id", ["999", "0", str(2**40), str(2**70), "9" * 5000, "-1", "abc", "%00", "1e3"]
)
def test_a_case_that_is_not_there_is_told_like_any_other_page(anna, case_id):
    missing = anna.get("/desk/cases/998")
    answer = anna.get(f"/desk/cases/{case_id}")
    assert answer.status_code == missing.status_code == 404
    assert answer.text == missing.text


def test_the_private_link_of_a_customer_opens_nothing_on_the_desk(anna, desk):
    assert anna.get(f"/desk/cases/{desk.karlas_link}").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("messages", {"body": "x"}),
        ("notes", {"body": "x"}),
        ("quotes", {"passage": "public.de.r1.1"}),
        ("assignment", {"person": "1"}),
        ("state", {"state": "closed"}),
        ("articles", {"article": "1"}),
        ("dismissals", {"kind": "article", "subject": "1"}),
        ("solution", {"outcome": "unknown", "keep": "no"}),
        ("solution/preview", {"problem": "x"}),
    ],
)
def test_nobody_changes_a_case_without_signing_in(visitor, anna, desk, engine, path, sent):
    assert visitor.post(f"{desk.url}/{path}", data=sent).status_code == 401
    assert anna.post(f"/desk/cases/999/{path}", data=sent).status_code == 404
    assert anna.get(f"/desk/cases/999/{path}").status_code == 404
    case = _case(engine, desk.karlas)
    assert (case.state, case.assignee_id) == (CaseState.NEW, None)
    with Session(engine) as session:
        assert len(queries.messages(session, desk.karlas, for_customer=False)) == 1


def test_another_site_changes_nothing(anna, desk, engine):
    answer = anna.post(
        f"{desk.url}/state", data={"state": "closed"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert _case(engine, desk.karlas).state is CaseState.NEW


def test_one_click_takes_a_case(anna, desk, engine):
    page = anna.get(desk.url).text
    assert f'name="person" value="{desk.anna}">Übernehmen' in page
    answer = anna.post(f"{desk.url}/assignment", data={"person": desk.anna})
    assert str(answer.url).endswith(f"{desk.url}#facts")
    case = _case(engine, desk.karlas)
    assert (case.assignee_id, case.state) == (desk.anna, CaseState.OPEN)
    assert "Übernehmen" not in answer.text


def test_a_case_can_be_given_to_a_colleague_and_back_to_nobody(anna, desk, engine):
    fragment = anna.post(f"{desk.url}/assignment", data={"person": desk.eddi}, headers=HTMX)
    assert fragment.text.lstrip().startswith('<section id="facts"')
    assert "Eddi" in fragment.text
    assert _case(engine, desk.karlas).assignee_id == desk.eddi
    anna.post(f"{desk.url}/assignment", data={"person": ""})
    assert _case(engine, desk.karlas).assignee_id is None


def test_a_case_is_not_given_to_a_customer(anna, desk, engine):
    for person in (_case(engine, desk.karlas).customer_id, 999, "x"):
        answer = anna.post(f"{desk.url}/assignment", data={"person": person})
        assert answer.status_code == 422
    assert _case(engine, desk.karlas).assignee_id is None


def test_taking_a_case_does_not_make_the_customer_wait_less(anna, desk, engine):
    before = _case(engine, desk.karlas).updated_at
    anna.post(f"{desk.url}/assignment", data={"person": desk.anna})
    anna.post(f"{desk.url}/notes", data={"body": "Sehe ich mir an."})
    assert _case(engine, desk.karlas).updated_at == before


def test_a_case_is_solved_on_its_own_page_only(anna, desk, engine):
    assert anna.post(f"{desk.url}/state", data={"state": "solved"}).status_code == 422
    anna.post(f"{desk.url}/state", data={"state": "waiting"})
    assert _case(engine, desk.karlas).state is CaseState.WAITING


def test_a_closed_case_is_opened_before_it_is_answered(anna, desk):
    anna.post(f"{desk.url}/state", data={"state": "closed"})
    page = anna.get(desk.url).text
    assert "Öffnen Sie es wieder" in page
    assert 'id="reply-form"' not in page
    assert anna.post(f"{desk.url}/messages", data={"body": "Hallo"}).status_code == 403
    anna.post(f"{desk.url}/state", data={"state": "open"})
    assert 'id="reply-form"' in anna.get(desk.url).text


def test_an_article_is_linked_and_unlinked(anna, desk, engine):
    answer = anna.post(f"{desk.url}/articles", data={"article": desk.wifi}, headers=HTMX)
    assert "Verknüpft" in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert 'href="/de/articles/wlan-langsam"' in answer.text
    assert _linked(engine) == [desk.wifi]
    answer = anna.delete(f"{desk.url}/articles/{desk.wifi}", headers=HTMX)
    assert answer.text.lstrip().startswith('<section id="facts"')
    assert _linked(engine) == []


def test_an_article_is_linked_and_unlinked_without_javascript(anna, desk, engine):
    answer = anna.post(f"{desk.url}/articles", data={"article": desk.wifi})
    assert str(answer.url).endswith("#facts")
    anna.post(f"{desk.url}/articles/{desk.wifi}/removal")
    assert _linked(engine) == []


def test_only_an_article_on_show_can_be_linked(anna, desk, engine):
    for article in ("999", "x", str(10**17), "-1"):
        sent = anna.post(f"{desk.url}/articles", data={"article": article})
        assert sent.status_code == 404
    assert anna.delete(f"{desk.url}/articles/{2**70}").status_code == 404
    assert _linked(engine) == []


def test_the_page_is_kept_by_nobody(anna, desk):
    assert anna.get(desk.url).headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("desk")
def test_the_message_is_in_the_database_as_it_was_written(engine):
    with Session(engine) as session:
        assert session.exec(select(Message)).first().body == BODY
