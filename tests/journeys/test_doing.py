"""A customer follows an article on the phone: chooses the device, ticks steps, comes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import DESKTOP, PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.model]

ESIM = {"de": "/de/articles/esim-einrichten", "en": "/en/articles/set-up-esim"}
STEP = {"de": "schritt", "en": "step"}


@pytest.mark.parametrize("locale", ["de", "en"])
def test_steps_stay_ticked_and_only_those_for_the_device_are_shown(visit, locale):
    kim = visit(Person(locale, PHONE))
    kim.go(ESIM[locale])
    page, word = kim.page, STEP[locale]
    page.get_by_role("link", name="Android", exact=True).first.click()
    expect(page.locator('[data-for="ios"]').first).to_be_hidden()
    expect(page.locator(f"#android-{word}-1")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?device=android$"))

    page.get_by_label(kim.t("steps.tick", number=1)).first.check(force=True)
    expect(page.locator(".steps__told").first).to_have_text(kim.t("steps.progress", done=1, all=3))
    page.locator(".term").first.click()
    expect(page.locator(".explained:popover-open")).to_contain_text("eSIM")
    kim.look()
    page.get_by_role("button", name=kim.t("terms.close")).first.click()

    kim.go(ESIM[locale])
    expect(page.locator('[data-for="ios"]').first).to_be_hidden()
    expect(page.get_by_label(kim.t("steps.tick", number=1)).first).to_be_checked()
    page.goto(f"{ESIM[locale]}#iphone-{word}-3")
    expect(page.locator(f"#iphone-{word}-3")).to_be_in_viewport()
    assert kim.context.cookies() == []


@pytest.mark.parametrize("locale", ["de", "en"])
def test_all_of_it_can_be_done_without_scripts(visit, locale):
    kim = visit(Person(locale, PHONE, has_scripts=False))
    kim.go(ESIM[locale])
    kim.page.get_by_role("link", name="Android", exact=True).first.click()
    kim.look()
    expect(kim.page.locator('[data-for="ios"]').first).to_be_hidden()
    kim.page.get_by_role("link", name=kim.t("devices.all")).click()
    expect(kim.page.locator('div[data-for="ios"]')).to_be_visible()
    expect(kim.page.locator("read-aloud")).to_be_hidden()
    expect(kim.page.locator(".steps > li").first).to_be_visible()


def test_nothing_moves_while_an_article_opens(visit):
    kim = visit(Person("de", DESKTOP))
    kim.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const one of"
        " list.getEntries()) if (!one.hadRecentInput) window.moved += one.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    kim.page.goto(f"{ESIM['de']}?device=android")
    kim.page.wait_for_load_state("networkidle")
    assert kim.page.evaluate("window.moved") < 0.05
