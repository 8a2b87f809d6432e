"""Asking: offers while typing, an answer in two steps, a follow-up, each way on, being told."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from kb.access import Role
from kb.db import transaction
from kb.mail.models import Mail
from kb.people import actions as people
from kb.people import queries
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor
from tests.running import PASSWORD, Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTIONS = {
    "de": "Wie ändere ich mein WLAN-Passwort?",
    "en": "How do I change my Wi-Fi password?",
}
FOLLOW_UPS = {"de": "und beim iPhone?", "en": "and on the iPhone?"}
MEANT = {
    "de": "Wie ändere ich mein WLAN-Passwort beim iPhone?",
    "en": "How do I change my Wi-Fi password on the iPhone?",
}
NOT_COVERED = {"de": "Verkaufen Sie auch Waschmaschinen?", "en": "Do you sell washing machines?"}


def test_the_box_is_used_by_keyboard_alone_and_forgets_when_told(visit):
    kim = visit(Person("de", PHONE))
    kim.go("/de/")
    box = kim.page.get_by_role("combobox")
    box.press_sequentially("wlan pass", delay=20)
    expect(kim.page.get_by_role("option").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(kim.page.locator("#announcer")).to_contain_text("Pfeiltasten")
    kim.look()
    box.press("ArrowDown")
    chosen = kim.page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("wlan pass")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("Enter")
    kim.page.wait_for_url("**/de/articles/*")

    ask(kim)
    kim.go("/de/")
    kim.page.get_by_role("combobox").click()
    expect(kim.page.get_by_role("option", name=QUESTIONS["de"])).to_be_visible()
    kim.look()
    kim.press("asking.forget")
    kim.page.get_by_role("combobox").click()
    assert kim.page.evaluate("localStorage.getItem('lotse.asked.de')") is None


@pytest.mark.parametrize(("locale", "screen"), [("de", PHONE), ("en", DESKTOP)])
def test_an_answer_a_follow_up_and_every_way_on(visit, locale, screen):
    kim = visit(Person(locale, screen))
    ask(kim)
    assert "early" not in kim.page.url
    kim.page.locator("#follow-up").fill(FOLLOW_UPS[locale])
    kim.page.locator("#follow-up").press("Enter")
    understood = kim.t("asking.understood", question=MEANT[locale])
    expect(kim.page.locator(".turn--now")).to_contain_text(understood)
    kim.look()
    for reason in ("NOT_MY_CASE", "DID_NOT_WORK", "UNCLEAR", "WRONG"):
        kim.go(f"/{locale}/search?question={QUESTIONS[locale]}")
        kim.press("feedback.no")
        kim.press(f"feedback.reason.{reason}")
        expect(kim.page.locator("#way")).to_contain_text(kim.t(f"way.{reason}"))
        expect(kim.page.locator(".way__person a")).to_be_visible()
        kim.look()
    kim.go(f"/{locale}/search?question={QUESTIONS[locale]}")
    kim.press("feedback.no")
    kim.press("feedback.reason.PERSON")
    kim.page.wait_for_url(re.compile(rf"/{locale}/contact\?question=.+"))
    kim.go(f"/{locale}/search?question={QUESTIONS[locale]}")
    kim.press("feedback.yes")
    expect(kim.page.locator("#feedback")).to_contain_text(kim.t("feedback.thanks_yes"))
    kim.look()


@pytest.mark.parametrize("locale", ["de", "en"])
def test_without_scripts_somebody_asks_to_be_told_and_takes_it_back(visit, lotse, locale):
    kim = visit(Person(locale, PHONE, has_scripts=False))
    kim.go(f"/{locale}/search?question={NOT_COVERED[locale]}")
    kim.page.get_by_text(kim.t("wish.offer")).click()
    kim.page.locator("#email").fill(f"told-{locale}@example.org")
    kim.look()
    kim.press("wish.send")
    kim.look()
    letter = letter_to(lotse, f"told-{locale}@example.org")
    kim.go(re.search(r"/\w\w/wishes/confirmation/[\w-]+", letter.text)[0])
    kim.press("wish.confirm.button")
    expect(kim.page.locator("h1")).to_contain_text(kim.t("wish.confirmed.title"))
    edda = visit(Person(locale, PHONE))
    sign_in_as_editor(edda, lotse)
    edda.go("/desk/curation/waiting")
    expect(edda.page.locator("main")).to_contain_text(NOT_COVERED[locale])
    kim.go(re.search(r"/\w\w/wishes/stop/[\w-]+", letter.stop_url)[0])
    kim.press("wish.stop.button")
    expect(kim.page.locator("h1")).to_contain_text(kim.t("wish.stopped.title"))
    edda.go("/desk/curation/waiting")
    expect(edda.page.locator("main")).not_to_contain_text(NOT_COVERED[locale])


def ask(kim: Visitor) -> None:
    """Ask from the start page, and see the answer come."""
    locale = kim.person.locale
    kim.go(f"/{locale}/")
    kim.page.locator("#question").fill(QUESTIONS[locale])
    kim.page.locator("#question").press("Enter")
    kim.page.wait_for_url("**/search?*")
    expect(kim.page.locator("#answer")).to_be_visible()
    expect(kim.page.locator("#announcer")).to_contain_text(
        kim.t("answer.announced", title="")[:-2]
    )
    kim.look()


def letter_to(lotse: Lotse, address: str) -> Mail:
    engine = lotse.engine()
    with Session(engine) as session:
        found = session.exec(
            select(Mail).where(Mail.recipient == address).order_by(col(Mail.id).desc())
        ).first()
    engine.dispose()
    assert found is not None
    return found


def sign_in_as_editor(edda: Visitor, lotse: Lotse) -> None:
    engine, login = lotse.engine(), f"editor-{edda.person.locale}"
    with transaction(engine) as session:
        if queries.by_login(session, login) is None:
            people.add_person(
                session,
                name="Edda Feder",
                login=login,
                locale=edda.person.locale,
                role=Role.EDITOR,
                password=PASSWORD,
            )
    engine.dispose()
    edda.go("/desk")
    edda.page.get_by_label(edda.t("sign_in.login")).fill(login)
    edda.page.get_by_label(edda.t("sign_in.password")).fill(PASSWORD)
    edda.page.get_by_role("button", name=edda.t("sign_in.submit")).click()
    edda.page.wait_for_url("**/desk/cases*")
