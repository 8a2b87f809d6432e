"""A customer asks, reads the quoted answer, goes to its source, and says that it did not help."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from kb.questions.models import Feedback, FeedbackReason
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

TYPED = {"de": "wlan passw", "en": "wifi passw"}
QUESTIONS = {
    "de": "Wie ändere ich mein WLAN-Passwort?",
    "en": "How do I change my Wi-Fi password?",
}
TITLES = {
    "de": "Wo finde ich mein WLAN-Passwort und wie ändere ich es?",
    "en": "Where do I find my Wi-Fi password and how do I change it?",
}

SOURCE = ".source__title[href*='#']"
"""The source of a quote that stands in a section of its article."""


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_customer_finds_the_answer_and_says_that_it_did_not_help(visit, lotse, locale, screen):
    kim = visit(Person(locale, screen))
    kim.go(f"/{locale}/")
    box = kim.page.locator("#question")
    box.press_sequentially(TYPED[locale], delay=20)
    expect(kim.page.get_by_role("option", name=TITLES[locale])).to_be_visible()
    expect(kim.page.locator("#announcer")).not_to_be_empty()
    kim.look()

    box.fill(QUESTIONS[locale])
    box.press("Enter")
    kim.page.wait_for_url("**/search?*")
    quoted = the_quote(kim)
    kim.look()
    comment = f"Es fehlt der Knopf. {locale} {screen}"
    open_the_source(kim, quoted, locale)
    kim.press("feedback.no")
    kim.look()
    kim.press("feedback.reason.UNCLEAR")
    kim.page.get_by_text(kim.t("feedback.comment")).first.click()
    kim.look()
    kim.page.locator("#comment").fill(comment)
    kim.press("feedback.send")
    expect(kim.page.locator("#feedback")).to_contain_text(kim.t("feedback.thanks_explained"))
    kim.look()
    assert kept(lotse) == (False, FeedbackReason.UNCLEAR, comment)


@pytest.mark.parametrize("locale", ["de", "en"])
def test_all_of_it_works_without_scripts(visit, lotse, locale):
    kim = visit(Person(locale, PHONE, has_scripts=False))
    kim.go(f"/{locale}/")
    kim.page.locator("#question").fill(QUESTIONS[locale])
    kim.press("search.submit")
    quoted = the_quote(kim)
    kim.look()
    open_the_source(kim, quoted, locale)
    kim.press("feedback.no")
    kim.press("feedback.reason.WRONG")
    kim.page.get_by_text(kim.t("feedback.comment")).first.click()
    kim.look()
    kim.page.locator("#comment").fill(f"Veraltet. {locale}")
    kim.press("feedback.send")
    expect(kim.page.locator("#feedback")).to_contain_text(kim.t("feedback.thanks_explained"))
    kim.look()
    assert kept(lotse) == (False, FeedbackReason.WRONG, f"Veraltet. {locale}")


@pytest.mark.parametrize("locale", ["de", "en"])
def test_every_other_page_for_customers_is_in_order(visit, locale):
    kim = visit(Person(locale, DESKTOP))
    kim.go(f"/{locale}/categories/internet")
    kim.page.locator(".entry").first.click()
    kim.look()
    other = {"de": "en", "en": "de"}[locale]
    kim.page.get_by_role("link", name=kim.t(f"language.{other}")).click()
    expect(kim.page.locator("html")).to_have_attribute("lang", other)
    kim.look()
    kim.go("/desk/sign-in")


def the_quote(kim: Visitor) -> str:
    """Return a line of the answer card; the card names the article it comes from."""
    source = kim.page.locator(SOURCE).first
    expect(source).to_contain_text(TITLES[kim.person.locale])
    quote = kim.page.locator(".answer__quote").filter(has=kim.page.locator(SOURCE)).first
    return quote.locator("blockquote").locator("li, p, td").first.inner_text()


def open_the_source(kim: Visitor, quoted: str, locale: str) -> None:
    """Follow the source to its section; the article says what was quoted."""
    kim.page.locator(SOURCE).first.click()
    kim.page.wait_for_url(re.compile(rf"/{locale}/articles/[a-z0-9-]+\?[^#]*#[a-z0-9-]+$"))
    section = kim.page.locator(f"#{kim.page.url.rpartition('#')[2]}")
    expect(section).to_be_in_viewport()
    expect(kim.page.locator("article")).to_contain_text(quoted)
    kim.look()


def kept(lotse) -> tuple[bool, FeedbackReason | None, str]:
    """Return the newest feedback in the database."""
    engine = lotse.engine()
    with Session(engine) as session:
        newest = session.exec(select(Feedback).order_by(col(Feedback.id).desc())).first()
    engine.dispose()
    assert newest is not None
    return newest.helpful, newest.reason, newest.comment
