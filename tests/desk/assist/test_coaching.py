"""Anna coaches Karla: a plan from an article, sent, followed, and answered by Karla alone."""

import re
from io import BytesIO

import pytest
from litestar.testing import TestClient
from PIL import Image
from sqlmodel import Session, select

from kb.access import Role
from kb.articles.models import Article
from kb.cases import queries as cases
from kb.cases.models import Case, CaseState, Outcome
from kb.coaching import queries
from kb.coaching.models import CoachingPlan, HelpLevel, PlanState, StepEvent
from kb.db import transaction
from kb.mail.models import Mail
from kb.people.models import Person
from tests.desk.conftest import PASSWORD, sign_in

FRAGMENT = {"hx-request": "true"}


def picture() -> bytes:
    """Return a picture as a phone takes it, only smaller."""
    out = BytesIO()
    Image.new("RGB", (8, 8), (9, 99, 199)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def karla(app, desk):
    """Karla on her phone; her browser runs no scripts."""
    del desk
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["accept-language"] = "de"
        yield client


@pytest.fixture
def plan(anna, desk, engine) -> CoachingPlan:
    """A draft Anna has begun from the article on slow Wi-Fi."""
    begun = anna.post(f"{desk.url}/coaching", data={"article": str(desk.wifi)})
    assert begun.status_code == 200
    return only_plan(engine)


@pytest.fixture
def link(anna, desk, engine, plan) -> str:
    """The plan as it was sent to Karla: her private link."""
    send(anna, desk, engine)
    return f"/de/coaching/{plan.public_id}"


def only_plan(engine) -> CoachingPlan:
    with Session(engine) as session:
        return session.exec(select(CoachingPlan)).one()


def form(engine, **values: str) -> dict[str, str]:
    """Return what the editor would send as it stands."""
    plan = only_plan(engine)
    with Session(engine) as session:
        steps = queries.steps(session, plan.id)
        told = {f"instruction-{one.key}": one.instruction for one in steps}
        told |= {f"expectation-{one.key}": one.expectation for one in steps}
        order = " ".join(one.key for one in steps)
    sent = {"version": str(plan.version), "title": plan.title, "hint": plan.hint}
    return told | sent | {"order": order, "level": "steps"} | values


def send(anna, desk, engine, **values: str):
    url = f"{desk.url}/coaching/{only_plan(engine).id}/sending"
    return anna.post(url, data=form(engine, **values), follow_redirects=False)


def keys(engine) -> list[str]:
    with Session(engine) as session:
        return [one.key for one in queries.steps(session, only_plan(engine).id)]


def tap(karla, link, engine, what: str, number: int, *, key: str = ""):
    step = keys(engine)[number - 1]
    where = "failure" if what == "failed" else "progress"
    sent = {"what": what, "key": key or f"{what}{number}", "detail": "Da steht etwas anderes."}
    return karla.post(f"{link}/steps/{step}/{where}", data=sent)


def say(karla, link, what: str, detail: str = "", **more: str):
    return karla.post(f"{link}/words", data={"what": what, "key": what, "detail": detail} | more)


def said(engine, desk) -> list[str]:
    with Session(engine) as session:
        return [one.body for one in cases.messages(session, desk.karlas, for_customer=True)]


def karlas_case(engine, desk) -> Case:
    with Session(engine) as session:
        return session.get_one(Case, desk.karlas)


def test_a_suggestion_becomes_a_plan_with_the_articles_own_steps(anna, desk, engine, plan):
    page = anna.get(f"{desk.url}/coaching/{plan.id}").text
    assert "Wählen Sie **WLAN &gt; Funkkanal**." in page
    assert "Sie sehen die Übersicht." in page
    with Session(engine) as session:
        told = [one.instruction for one in queries.steps(session, plan.id)]
    assert told[0] == "Öffnen Sie `http://kogge.box`."
    assert plan.level is None, "nobody has chosen how much help"


def test_the_sidebar_offers_to_coach_what_the_customer_may_read_and_nothing_else(anna, desk):
    shown = anna.get(f"{desk.url}/assist", headers=FRAGMENT).text
    assert shown.count(f'action="{desk.url}/coaching"') == 1
    refused = anna.post(f"{desk.url}/coaching", data={"article": str(desk.staff)})
    assert refused.status_code == 404


def test_nothing_is_sent_before_somebody_has_chosen_how_much_help(anna, desk, engine, plan):
    refused = send(anna, desk, engine, level="")
    assert refused.status_code == 422
    assert "wie viel Hilfe" in refused.text
    assert only_plan(engine).state is PlanState.DRAFT
    assert send(anna, desk, engine, level="for you").status_code == 422, "and why"
    assert len(said(engine, desk)) == 1
    assert plan.state is PlanState.DRAFT


def test_it_is_sent_once_with_its_link_however_often_the_button_is_pressed(
    anna, desk, engine, link
):
    assert send(anna, desk, engine).status_code == 303
    [first, message] = said(engine, desk)
    assert first
    assert message.count(f"http://127.0.0.1:8000{link}") == 1
    assert karlas_case(engine, desk).state is CaseState.WAITING


def test_a_letter_tells_that_there_is_something_to_do(link, engine):
    assert link
    with Session(engine) as session:
        assert len(session.exec(select(Mail)).all()) == 1


def test_steps_move_without_a_mouse_and_what_was_typed_moves_along(anna, desk, engine, plan):
    first, second, third = keys(engine)
    url = f"{desk.url}/coaching/{plan.id}"
    typed = {f"instruction-{first}": "Zuerst nachsehen.", "do": f"up:{third}"}
    moved = anna.post(url, data=form(engine, **typed))
    assert moved.status_code == 200
    assert keys(engine) == [first, third, second]
    assert "Zuerst nachsehen." in moved.text


def test_the_second_of_two_agents_gets_409_and_keeps_every_word(anna, desk, engine, plan):
    first = keys(engine)[0]
    seen = form(engine)
    url = f"{desk.url}/coaching/{plan.id}"
    anna.post(url, data=seen | {f"instruction-{first}": "Annas Fassung."})
    late = anna.post(url, data=seen | {f"instruction-{first}": "Eddis Fassung."})
    assert late.status_code == 409
    assert "Annas Fassung." in late.text
    assert "Eddis Fassung." in late.text
    version = re.search(r'name="version" value="(\d+)"', late.text).group(1)
    again = anna.post(
        url, data=seen | {f"instruction-{first}": "Eddis Fassung.", "version": version}
    )
    assert again.status_code == 200
    with Session(engine) as session:
        assert queries.steps(session, plan.id)[0].instruction == "Eddis Fassung."


def test_karla_sees_one_step_and_goes_on_from_where_she_was(karla, link, engine):
    page = karla.get(link)
    assert "Schritt 1 von 3" in page.text
    assert "Sie sehen die Übersicht." in page.text
    assert "Funkkanal</strong>" not in page.text, "one thing at a time"
    assert page.headers["cache-control"] == "no-store"
    assert "Schritt 2 von 3" in tap(karla, link, engine, "done", 1).text
    assert "Schritt 2 von 3" in karla.get(link).text, "on any device"


def test_a_tap_sent_twice_counts_once(karla, link, engine):
    for _ in range(2):
        tap(karla, link, engine, "done", 1, key="same")
    with Session(engine) as session:
        assert len(session.exec(select(StepEvent)).all()) == 1


def test_looking_changes_nothing(karla, link, engine):
    for path in ("", "?show=help", "?show=failure", "?show=handover", "?step=nope"):
        assert karla.get(link + path).status_code == 200
    with Session(engine) as session:
        assert session.exec(select(StepEvent)).all() == []


def test_what_does_not_work_is_asked_once_and_reaches_anna(karla, link, engine, anna, desk):
    asked = karla.get(f"{link}?show=failure")
    assert "nicht an Ihnen" in asked.text
    shown = tap(karla, link, engine, "failed", 1)
    assert "Danke, das hilft uns." in shown.text
    assert "Da steht etwas anderes." in said(engine, desk)[-1]
    assert "Schritt 1" in said(engine, desk)[-1]
    panel = anna.get(f"{desk.url}/coaching", headers=FRAGMENT).text
    assert "Ein Schritt hat nicht geklappt." in panel
    assert "Da steht etwas anderes." in panel


def test_the_other_way_is_there_at_once_where_the_plan_has_one(karla, link, engine, desk):
    with transaction(engine) as session:
        queries.steps(session, only_plan(engine).id)[0].alternative = "Tippen Sie 192.168.2.1 ein."
    shown = tap(karla, link, engine, "failed", 1)
    assert "192.168.2.1" in shown.text
    assert len(said(engine, desk)) == 2, "nobody has to be bothered yet"


def test_another_way_from_anna_takes_the_place_of_what_failed(karla, link, engine, anna, desk):
    tap(karla, link, engine, "failed", 1)
    way = {"step": keys(engine)[0], "way": "Nehmen Sie die App.", "key": "w"}
    url = f"{desk.url}/coaching/{only_plan(engine).id}/ways"
    for _ in range(2):
        assert anna.post(url, data=way).status_code == 200
    assert "Nehmen Sie die App." in karla.get(link).text
    assert said(engine, desk)[-1].endswith(link), "who has closed the page hears of it"
    assert karlas_case(engine, desk).state is CaseState.WAITING
    with Session(engine) as session:
        assert len(session.exec(select(StepEvent)).all()) == 2


def test_help_is_asked_for_without_leaving_the_page(karla, link, engine, desk):
    shown = say(karla, link, "help", "Welche Taste?", step=keys(engine)[0])
    assert "Ihre Nachricht ist angekommen." in shown.text
    assert "Schritt 1 von 3" in shown.text
    assert said(engine, desk)[-1].endswith("Welche Taste?")
    assert karlas_case(engine, desk).state is not CaseState.WAITING


def test_a_question_without_words_is_asked_again(karla, link, engine):
    shown = say(karla, link, "meaning", step=keys(engine)[0])
    assert shown.status_code == 422
    assert "ein paar Worte" in shown.text


def test_karla_solves_it_and_is_thanked(karla, link, engine, desk):
    for number in (1, 2, 3):
        tap(karla, link, engine, "done", number)
    assert "Ist es gelöst?" in karla.get(link).text
    assert "Geschafft" in say(karla, link, "solved").text
    case = karlas_case(engine, desk)
    assert (case.state, case.outcome) == (CaseState.SOLVED, Outcome.SOLVED_COACHED)
    assert say(karla, link, "unsolved").status_code == 200, "too late changes nothing"
    assert karlas_case(engine, desk).state is CaseState.SOLVED


def test_please_do_it_for_me_ends_it_and_nothing_is_pushed_again(karla, link, engine, anna, desk):
    assert "Wir sind dran." in say(karla, link, "handover").text
    plan = only_plan(engine)
    assert plan.outcome is Outcome.HANDED_OVER
    with Session(engine) as session:
        assert queries.failed_articles(session, desk.karlas) == {desk.wifi}
    shown = anna.get(f"{desk.url}/assist", headers=FRAGMENT).text
    assert f'action="{desk.url}/coaching"' not in shown, "what failed is not suggested again"
    page = anna.get(f"{desk.url}/coaching/{plan.id}").text
    assert "Coaching passt hier wahrscheinlich nicht." in page


def test_a_hint_is_one_pointer_and_can_become_steps(karla, anna, desk, engine, plan):
    send(anna, desk, engine, level="hint", hint="Schauen Sie auf die Lampe.")
    link = f"/de/coaching/{plan.public_id}"
    shown = karla.get(link).text
    assert "Schauen Sie auf die Lampe." in shown
    assert "Schritt 1 von 3" not in shown
    assert "Schritt 1 von 3" in say(karla, link, "steps").text


def test_together_both_are_at_the_same_step(karla, anna, desk, engine, plan):
    send(anna, desk, engine, level="together")
    link = f"/de/coaching/{plan.public_id}"
    assert "denselben Schritt" in karla.get(link).text
    done = {"step": keys(engine)[0], "key": "t"}
    anna.post(f"{desk.url}/coaching/{plan.id}/progress", data=done)
    assert "Schritt 2 von 3" in karla.get(link).text


def test_anna_looks_at_karlas_page_and_cannot_answer_for_her(anna, link, engine):
    page = anna.get(link).text
    assert "Antworten kann nur" in page
    assert 'value="done"' not in page
    assert tap(anna, link, engine, "done", 1).status_code == 403


def test_a_draft_and_a_wrong_link_are_the_same_404(karla, plan):
    draft = karla.get(f"/de/coaching/{plan.public_id}")
    nothing = karla.get(f"/de/coaching/{'x' * 32}")
    assert draft.status_code == nothing.status_code == 404
    assert draft.text.replace(plan.public_id, "") == nothing.text.replace("x" * 32, "")


def test_a_plan_is_not_reached_through_another_case(anna, desk, engine, plan):
    elsewhere = f"/desk/cases/{desk.ottos}/coaching/{plan.id}"
    assert anna.get(elsewhere).status_code == 404
    assert anna.post(elsewhere, data=form(engine)).status_code == 404
    assert anna.post(f"{elsewhere}/sending", data=form(engine)).status_code == 404


def test_a_step_of_another_plan_is_not_there(karla, link):
    sent = {"what": "done", "key": "k"}
    assert karla.post(f"{link}/steps/deadbeef/progress", data=sent).status_code == 404


def test_strangers_do_not_get_to_the_desk(karla, desk, plan):
    shown = karla.get(f"{desk.url}/coaching/{plan.id}", follow_redirects=False)
    assert shown.status_code == 303
    assert karla.post(f"{desk.url}/coaching/{plan.id}", data={}).status_code == 401


def test_who_is_no_agent_any_more_changes_nothing(anna, desk, engine, plan):
    typed = form(engine, title="Zu spät")
    with transaction(engine) as session:
        session.get_one(Person, desk.anna).role = Role.CUSTOMER
    for place in ("", "/sending", "/templates"):
        assert anna.post(f"{desk.url}/coaching/{plan.id}{place}", data=typed).status_code == 401
    after = only_plan(engine)
    assert (after.title, after.state) == (plan.title, PlanState.DRAFT)


def test_nothing_internal_gets_into_a_plan_or_its_page(anna, karla, desk, engine, link):
    shown = anna.get(f"{desk.url}/coaching/{only_plan(engine).id}").text + karla.get(link).text
    for canary in ("CANARYINTERNAL", "CANARYSTAFF", "CANARYDRAFT", "CANARYGONE"):
        assert canary not in shown


def test_an_article_that_is_no_longer_public_is_not_sent(anna, desk, engine, plan):

    del plan
    with transaction(engine) as session:
        session.get_one(Article, desk.wifi).is_archived = True
    refused = send(anna, desk, engine)
    assert refused.status_code == 422
    assert len(said(engine, desk)) == 1


def test_a_template_comes_back_with_its_figures(anna, karla, desk, engine, link):
    plan = only_plan(engine)
    kept = anna.post(f"{desk.url}/coaching/{plan.id}/templates", data=form(engine))
    assert "Vorlage" in kept.text
    offered = anna.get(f"{desk.url}/assist", headers=FRAGMENT).text
    assert "Vorlage „WLAN ist langsam“" in offered
    assert "noch keine Erfahrung" in offered
    assert karla.get(link).status_code == 200


def test_what_dies_before_its_end_leaves_neither_event_nor_message(
    karla, link, engine, desk, monkeypatch
):
    def dies(*_args, **_values):
        raise RuntimeError

    monkeypatch.setattr("desk.help.coaching.saying.cases.say", dies)
    assert tap(karla, link, engine, "failed", 1).status_code == 500
    with Session(engine) as session:
        assert session.exec(select(StepEvent)).all() == []
    assert len(said(engine, desk)) == 2


def test_the_proposal_is_unknown_until_there_are_numbers(anna, desk, plan):
    page = anna.get(f"{desk.url}/coaching/{plan.id}").text
    assert "noch unbekannt" in page
    assert page.count("noch keine Zahlen") == len(HelpLevel)


def test_danger_in_the_words_warns_the_agent(anna, desk, engine, plan):
    with transaction(engine) as session:
        session.get_one(Case, desk.karlas).subject = "Router riecht verschmort"
    assert "Schmorgeruch" in anna.get(f"{desk.url}/coaching/{plan.id}").text


def test_a_signed_in_stranger_is_no_agent(app, desk, plan):
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        assert client.get(f"{desk.url}/coaching/{plan.id}").status_code == 200, "editors help too"
        client.post("/desk/sign-out")
        assert client.post(f"{desk.url}/coaching/pause").status_code == 401


def test_a_picture_of_what_went_wrong_comes_along(karla, link, engine, anna, desk):
    step = keys(engine)[0]
    sent = {"key": "p", "seen": "Ich sehe etwas anderes"}
    files = {"files": ("lampe.png", picture(), "image/png")}
    shown = karla.post(f"{link}/steps/{step}/failure", data=sent, files=files)
    assert "Danke, das hilft uns." in shown.text
    assert "lampe.png" in anna.get(desk.url).text
    files = {"files": ("boese.exe", b"MZ", "application/octet-stream")}
    refused = karla.post(f"{link}/steps/{step}/failure", data=sent | {"key": "q"}, files=files)
    assert refused.status_code == 422
    assert "boese.exe" in refused.text
