"""A customer's case page while it is open: the answer appears, a file goes along, it is rated."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from kb.access import Role, Viewer
from kb.cases import actions
from kb.cases.models import Case
from kb.db import transaction
from kb.people import actions as people
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

ANSWER = "Bitte ziehen Sie das graue Kabel ab."
TYPED = "Ich versuche es gerade."
TEXT = {"name": "protokoll.log", "mimeType": "text/plain", "buffer": b"DSL sync lost\n"}


@pytest.mark.parametrize(("locale", "screen"), [("de", PHONE), ("en", DESKTOP)], ids=["de", "en"])
def test_an_open_case_page_is_alive_until_it_is_rated(visit, lotse, locale, screen):
    link = open_case(lotse, locale)
    karla = visit(Person(locale, screen))
    karla.go(f"/{locale}/cases/{link}")
    page = karla.page
    expect(page.locator(".fresh__live")).to_be_visible()
    page.locator("#body").fill(TYPED)
    before = page.locator("#body").bounding_box()
    say(lotse, link)
    expect(page.locator(".letter")).to_have_count(2, timeout=5_000)
    expect(page.locator("#announcer")).not_to_be_empty()
    expect(page.locator("#case-standing")).to_contain_text(karla.t("case.state.waiting"))
    expect(page.locator("#body")).to_have_value(TYPED)
    after = page.locator("#body").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    page.locator("#files").set_input_files(TEXT)
    expect(page.locator(".file-field__chosen li")).to_have_count(1)
    karla.look()
    karla.press("contact.send")
    expect(page.locator(".file__name")).to_have_text(TEXT["name"])
    karla.press("case.solved")
    expect(page.locator(".rating")).to_be_visible()
    karla.look()
    page.get_by_label(karla.t("case.stars.5")).check()
    karla.press("case.rate")
    expect(page.locator(".rating__thanks")).to_be_visible()
    karla.look()


def test_without_scripts_the_case_is_read_answered_and_taken_up_again(visit, lotse):
    link = open_case(lotse, "de")
    say(lotse, link)
    karla: Visitor = visit(Person("de", PHONE, has_scripts=False))
    karla.go(f"/de/cases/{link}")
    page = karla.page
    karla.follow("case.refresh")
    page.locator("#body").fill(TYPED)
    page.locator("#files").set_input_files({**TEXT, "name": "a.zip", "buffer": b"PK"})
    karla.press("contact.send")
    expect(page.locator("#files-error")).to_be_visible()
    expect(page.locator("#body")).to_have_value(TYPED)
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile(rf"/en/cases/{link}$"))
    karla.go(f"/de/cases/{link}")
    page.locator("#body").fill(TYPED)
    page.locator("#files").set_input_files(TEXT)
    karla.press("contact.send")
    expect(page.locator(".letter")).to_have_count(3)
    karla.press("case.solved")
    page.get_by_text(karla.t("case.not_solved")).click()
    page.locator("#body").fill("Doch nicht.")
    karla.press("contact.send")
    expect(page.locator("#case-standing")).to_contain_text(karla.t("case.state.open"))


def open_case(lotse: Lotse, locale: str) -> str:
    engine = lotse.engine()
    with transaction(engine) as session:
        email = f"live-{locale}@example.org"
        customer = people.customer(session, name="Karla", email=email, locale=locale)
        case = actions.open_case(
            session, customer=customer, subject="Router", body="Er blinkt rot.", locale=locale
        )
    engine.dispose()
    return case.public_id


def say(lotse: Lotse, link: str) -> None:
    """Answer from another process than the one that serves."""
    engine = lotse.engine()
    with transaction(engine) as session:
        case = session.exec(select(Case).where(Case.public_id == link)).one()
        actions.say(session, case, author=Viewer(Role.AGENT), body=ANSWER)
    engine.dispose()


def test_the_desk_says_what_is_new_and_moves_nothing(visit, lotse):
    link = open_case(lotse, "de")
    ada: Visitor = visit(Person("de", DESKTOP))
    ada.sign_in()
    rows = ada.page.locator(".case-row").all_inner_texts()
    engine = lotse.engine()
    with transaction(engine) as session:
        case = session.exec(select(Case).where(Case.public_id == link)).one()
        number = case.id
        own = Viewer(person_id=case.customer_id)
        actions.say(session, case, author=own, body="Noch etwas.")
    hint = ada.page.locator("#list-news a")
    expect(hint).to_be_visible(timeout=5_000)
    assert ada.page.locator(".case-row").all_inner_texts() == rows
    ada.go(f"/desk/cases/{number}")
    with transaction(engine) as session:
        case = session.get_one(Case, number)
        actions.say(session, case, author=Viewer(person_id=case.customer_id), body="Und noch was.")
    engine.dispose()
    expect(ada.page.locator("#messages .message")).to_have_count(3, timeout=5_000)
    ada.look()
