"""Somebody in need asks, and sees first the way to a person; it leads there with the question."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import DESKTOP, PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.model]

NEEDS = {
    "de": "Meine Mutter ist letzte Woche gestorben, bitte helfen Sie mir",
    "en": "My mother died last week and I don't know what to do any more, please help me",
}


@pytest.mark.parametrize(
    ("locale", "screen", "has_scripts"), [("de", PHONE, True), ("en", DESKTOP, False)]
)
def test_who_is_in_need_finds_a_person_first(visit, locale, screen, has_scripts):
    kim = visit(Person(locale, screen, has_scripts))
    kim.go(f"/{locale}/search?question={NEEDS[locale]}")
    first = kim.page.locator("#results > *").first
    expect(first).to_contain_text(kim.t("affect.line.loss"))
    first.get_by_role("link", name=kim.t("affect.reach")).click()
    expect(kim.page.locator("#contact-form")).to_contain_text(NEEDS[locale])
    kim.go(f"/{locale}/search?question=router")
    expect(kim.page.locator("#person-first")).to_have_count(0)
