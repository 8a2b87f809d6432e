"""A reader marks what is wrong, an editor answers, the reader sees it; without scripts as well."""

import re

import pytest
from playwright.sync_api import expect

from kb.access import Role
from kb.db import transaction
from kb.people import actions, queries
from tests.journeys.visitor import DESKTOP, Person, Visitor
from tests.running import PASSWORD, Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

ARTICLES = {"de": "/de/articles/wlan-langsam", "en": "/en/articles/slow-wifi"}
PICK = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_marked_passage_is_reported_answered_and_in_the_history(visit, lotse, locale):
    kim, edda = visit(Person(locale)), visit(Person(locale, DESKTOP))
    kim.go(ARTICLES[locale])
    words = mark(kim)
    kim.page.get_by_label(kim.t("report.fault.outdated")).check()
    kim.page.locator("#wording").fill(f"{words} {locale}-ergänzt")
    kim.look()
    kim.press("report.send")
    expect(kim.page.locator("#report")).to_contain_text(kim.t("report.thanks"))
    kim.look()
    kim.page.locator(".report__link").click()
    expect(kim.page.locator(".badge")).to_contain_text(kim.t("correction.state.received"))
    private = kim.page.url
    kim.look()

    sign_in(edda, lotse)
    card = edda.page.locator(".curated").filter(has_text=f"{locale}-ergänzt")
    expect(card.locator("ins").first).to_contain_text(f"{locale}-ergänzt")
    edda.look()
    card.locator("[name=answer]").fill("Danke, Kim!")
    card.locator("[name=summary]").fill(f"Summary {locale}")
    card.locator("[value=accepted]").click()
    expect(edda.page.locator(".curated__answer").first).to_contain_text("Danke, Kim!")
    edda.look()

    kim.go(private)
    expect(kim.page.locator("main")).to_contain_text("Danke, Kim!")
    kim.go(ARTICLES[locale])
    kim.page.locator(".history summary").click()
    expect(kim.page.locator(".history")).to_contain_text(f"Summary {locale}")
    kim.look()


def test_without_scripts_a_section_is_chosen_and_a_tip_left(visit):
    kim = visit(Person("de", has_scripts=False))
    kim.go(ARTICLES["de"])
    kim.page.locator("#report summary").click()
    kim.page.locator("#report-section").select_option(index=1)
    kim.press("report.take")
    expect(kim.page.locator("#wording")).not_to_have_value("")
    kim.page.locator("#note").fill("Das stimmt nicht mehr.")
    kim.press("report.send")
    expect(kim.page.locator("#report")).to_contain_text(kim.t("report.error.fault"))
    expect(kim.page.locator("#note")).to_have_value("Das stimmt nicht mehr.")
    kim.page.get_by_label(kim.t("report.fault.wrong")).check()
    kim.press("report.send")
    kim.page.wait_for_url("**/de/corrections/*")
    kim.look()
    kim.go(ARTICLES["de"])
    kim.page.locator("#feedback [value=yes]").click()
    kim.page.locator("#tip textarea").fill("Den Router höher stellen.")
    kim.press("tip.send")
    expect(kim.page.locator("#tip")).to_contain_text(kim.t("tip.thanks"))


@pytest.mark.parametrize("locale", ["de", "en"])
def test_every_page_about_the_site_is_in_order(visit, locale):
    kim = visit(Person(locale))
    kim.go(f"/{locale}/")
    for name in ("privacy", "accessibility", "answers"):
        kim.page.locator("footer").get_by_role("link", name=kim.t(f"about.{name}")).click()
        expect(kim.page.locator("h1")).to_have_text(kim.t(f"about.{name}"))
        kim.look()


def mark(kim: Visitor) -> str:
    """Mark a step of the article, take it into the form, and return its words there."""
    step = kim.page.locator(".article .prose ol > li").first
    step.evaluate(PICK)
    kim.page.get_by_role("button", name=kim.t("dialogue.pick")).click()
    expect(kim.page.locator("#note")).to_be_focused()
    words = kim.page.locator("#wording").input_value()
    assert re.sub(r"\W", "", words) in re.sub(r"\W", "", step.text_content() or "")
    expect(kim.page.locator(".report__passage")).to_contain_text(words.split("\n")[0])
    return words


def sign_in(edda: Visitor, lotse: Lotse) -> None:
    """Sign in as an editor who reads this language, and open what readers reported."""
    login = f"editor-{edda.person.locale}"
    engine = lotse.engine()
    with transaction(engine) as session:
        if queries.by_login(session, login) is None:
            actions.add_person(
                session,
                name="Edda Feder",
                login=login,
                role=Role.EDITOR,
                password=PASSWORD,
                locale=edda.person.locale,
            )
    engine.dispose()
    edda.go("/desk/curation/corrections")
    edda.page.get_by_label(edda.t("sign_in.login")).fill(login)
    edda.page.get_by_label(edda.t("sign_in.password")).fill(PASSWORD)
    edda.page.get_by_role("button", name=edda.t("sign_in.submit")).click()
    edda.page.wait_for_url("**/desk/curation/corrections")
