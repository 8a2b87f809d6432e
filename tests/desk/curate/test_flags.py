"""What agents say of articles: editors answer it with words, and whoever said it reads them."""

import re
from datetime import timedelta
from threading import Event, Thread, current_thread

import pytest
from litestar.testing import TestClient
from sqlalchemy import event
from sqlmodel import Session, select, update

from desk import i18n
from desk.app import create_app
from kb import clock
from kb.access import Role
from kb.articles import reviewing
from kb.articles.life import Review
from kb.articles.models import Article, Translation
from kb.cases import actions as cases
from kb.cases import flags
from kb.cases.marks import ArticleFlag, Fault
from kb.db import transaction
from kb.people import queries as people
from kb.people.models import Person
from tests.desk.conftest import PASSWORD, sign_in
from tests.desk.curate.conftest import FRAGMENT

T = i18n.words("de")
INBOX = "/desk/curation/corrections"
FLAGS = f"{INBOX}/flags"
TODAY = "/desk/curation/today"
NOTE = "Seit Mai anders, sagt Kim Kundt unter 0171 2345678. <b onclick=x>"


@pytest.fixture
def case_id(engine, world) -> int:
    """A case from which Anna has flagged the article on Wi-Fi."""
    with transaction(engine) as session:
        kim = Person(name="Kim", role=Role.CUSTOMER)
        session.add(kim)
        session.flush()
        made = cases.open_case(session, customer=kim, subject="WLAN", body="Hallo", locale="de")
        say(session, made, world.wifi_revision)
        return made.id


def say(session: Session, case, revision_id: int, note: str = NOTE) -> None:
    anna = people.by_login(session, "anna")
    flags.flag(
        session,
        case=case,
        revision_id=revision_id,
        fault=Fault.OUTDATED,
        note=note,
        by_id=anna.id,
    )


def card(page: str) -> tuple[str, str]:
    """Return where the answer is sent, and the moment of what the card shows last."""
    url = re.search(r'action="([^"]+/answer)"', page).group(1)
    return url, re.search(r'name="seen" value="([^"]+)"', page).group(1)


def test_flags_are_counted_listed_without_anybodys_data_and_answered_once(anna, eddi, case_id):
    assert eddi.get(INBOX).text.count(T("correction.state.flags")) == 1
    page = eddi.get(FLAGS).text
    assert re.search(r'curation/corrections"[^>]*>(?:(?!</a>).)*\b1\b', page, re.DOTALL)
    assert "Seit Mai anders" in page
    assert f'href="/desk/cases/{case_id}"' in page
    assert "2345678" not in page
    assert "<b onclick" not in page
    url, seen = card(page)
    today = eddi.get(TODAY).text
    assert f'href="{url.removesuffix("/answer")}"' in today
    assert T("flags.facts.waiting") in anna.get(f"/desk/cases/{case_id}").text

    empty = eddi.post(url, data={"answer": " ", "seen": seen}, headers=FRAGMENT)
    assert empty.status_code == 422
    assert T("flags.error.answer") in empty.text
    sent = eddi.post(url, data={"answer": "Danke, geändert.", "seen": seen}, headers=FRAGMENT)
    assert "Danke, geändert." in sent.text
    assert "<form" not in sent.text
    late = eddi.post(url, data={"answer": "Ich auch.", "seen": seen})
    assert late.status_code == 409
    assert "Danke, geändert." in anna.get(f"/desk/cases/{case_id}").text
    assert T("flags.empty") in eddi.get(FLAGS).text
    assert url.removesuffix("/answer") not in eddi.get(TODAY).text


@pytest.mark.usefixtures("case_id")
def test_what_was_said_after_the_page_was_opened_stays_open(eddi, engine, world):
    url, seen = card(eddi.get(FLAGS).text)
    with transaction(engine) as session:
        kim = session.exec(select(Person).where(Person.role == Role.CUSTOMER)).one()
        later = cases.open_case(session, customer=kim, subject="Noch", body="Hallo", locale="de")
        say(session, later, world.wifi_revision, "Zweitens.")
        newest = clock.now() + timedelta(minutes=1)
        session.exec(
            update(ArticleFlag).where(ArticleFlag.case_id == later.id).values(made_at=newest)
        )
    eddi.post(url, data={"answer": "Danke.", "seen": seen})
    page = eddi.get(url.removesuffix("/answer")).text
    assert page.index("Zweitens.") < page.index('name="answer"') < page.index("Danke.")


@pytest.mark.usefixtures("case_id")
def test_agents_look_at_flags_and_nobody_but_editors_answers(visitor, anna, eddi, engine):
    url, seen = card(eddi.get(FLAGS).text)
    assert visitor.get(FLAGS, follow_redirects=False).status_code == 303
    page = anna.get(FLAGS)
    assert "Seit Mai anders" in page.text
    assert url not in page.text
    sent = {"answer": "Danke.", "seen": seen}
    assert anna.post(url, data=sent).status_code == 404
    assert visitor.post(url, data=sent, follow_redirects=False).status_code == 401
    assert eddi.get(f"{FLAGS}/{2**40}").status_code == 404
    assert eddi.post(url, data={"answer": "x", "seen": "gestern"}).status_code == 422
    with Session(engine) as session:
        assert session.exec(select(ArticleFlag)).one().settled_at is None


@pytest.mark.usefixtures("case_id")
def test_an_archived_article_asks_for_no_answer(eddi, engine, world):
    with transaction(engine) as session:
        session.get_one(Article, world.wifi).is_archived = True
    assert T("flags.empty") in eddi.get(FLAGS).text


def test_a_solved_case_leads_an_editor_to_an_article(anna, eddi, engine, case_id):
    wanted = f"/desk/curation/gaps/from-cases?case={case_id}"
    with transaction(engine) as session:
        case = session.get_one(cases.Case, case_id)
        cases.solve(session, case, outcome=cases.Outcome.SOLVED_BY_AGENT, helped_by=None, by=None)
        assert wanted not in eddi.get(f"/desk/cases/{case_id}").text
        essence = cases.Essence(problem="WLAN langsam", resolution="Kanal wechseln.")
        cases.keep_solution(session, case, essence)
    assert wanted in eddi.get(f"/desk/cases/{case_id}").text
    assert "from-cases" not in anna.get(f"/desk/cases/{case_id}").text
    assert "Kanal wechseln." in eddi.get(wanted).text
    assert anna.get(wanted).status_code == 404


def changing(app) -> list[str]:
    """Return every address of curation that takes a form, with something in its gaps."""
    found = {route.path for route in app.routes if "POST" in getattr(route, "methods", ())}
    filled = [re.sub(r"\{\w+:int\}", "1", path) for path in found if "/curation/" in path]
    return sorted(re.sub(r"\{\w+:\w+\}", "x", path) for path in filled)


def test_to_agents_no_form_of_curation_is_there(app, anna, eddi):
    paths = changing(app)
    assert len(paths) > 30
    told = {path: anna.post(path, data={}, follow_redirects=False) for path in paths}
    assert {path: one.status_code for path, one in told.items() if one.status_code != 404} == {}
    absent = eddi.get("/desk/curation/gaps/nothing")
    assert T("problem.not_found") in absent.text
    assert all(T("problem.not_found") in one.text for one in told.values())


def test_two_editors_who_ask_at_one_moment_make_one_review(engine, world):
    writes = Event()

    @event.listens_for(engine, "before_cursor_execute")
    def notice(_connection, _cursor, statement, *_):
        if not statement.startswith(("SELECT", "PRAGMA")) and current_thread().name == "second":
            writes.set()

    def ask() -> None:
        with transaction(engine) as session:
            reviewing.submit(session, german(session, world), reviewing.Said(None, "Auch bitte."))

    second = Thread(target=ask, name="second")
    with transaction(engine) as session:
        reviewing.submit(session, german(session, world), reviewing.Said(None, "Bitte."))
        second.start()
        assert writes.wait(20)
    second.join()
    with Session(engine) as session:
        assert [one.note for one in session.exec(select(Review))] == ["Bitte."]


def german(session: Session, world) -> Translation:
    found = select(Translation).where(
        Translation.article_id == world.wifi, Translation.locale == "de"
    )
    return session.exec(found).one()


@pytest.mark.parametrize("four_eyes", [True, False])
def test_where_four_eyes_are_asked_for_nobody_is_sent_to_check_their_own_work(
    config, engine, retrieval, world, four_eyes
):
    url = f"/desk/curation/articles/{world.wifi_public_id}/de/review"
    with transaction(engine) as session:
        own = people.by_login(session, "eddi").id
        reviewing.newest(session, german(session, world)).author_id = own
        reviewing.submit(session, german(session, world), reviewing.Said(None))
    chosen = config.model_copy(update={"four_eyes": four_eyes})
    app = create_app(chosen, engine=engine, retrieval=retrieval)
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        assert (url in client.get(TODAY).text) is not four_eyes


def test_beside_the_text_stands_what_it_is_written_from_and_no_code_in_the_history(
    eddi, engine, case_id
):
    with transaction(engine) as session:
        case = session.get_one(cases.Case, case_id)
        said = cases.Essence(problem="WLAN", resolution="Kanal wechseln. Ruf 0171 2345678 an.")
        cases.keep_solution(session, case, said)
    begun = eddi.post(f"/desk/curation/gaps/from-cases?case={case_id}", data={"title": "Kanal"})
    here = str(begun.url).split("?", maxsplit=1)[0]
    assert T("flags.sources.title") in begun.text
    assert f'href="/desk/cases/{case_id}"' in begun.text
    pages = [begun.text, eddi.get(f"{here}/history").text]
    pages.append(eddi.get(f"{here.rsplit('/', 1)[0]}/health?locale=de").text)
    assert T("flags.origin.cases", count=1) in pages[1]
    for page in pages:
        assert "case:" not in page
        assert "2345678" not in page
