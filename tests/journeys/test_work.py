"""An agent's day with the keyboard alone: list, open, write, send, undo, send, solve."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_case import open_case
from tests.journeys.visitor import DESKTOP, Person, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

TYPED = "Bitte starten Sie den Router neu."


def test_the_day_of_an_agent_needs_no_mouse(visit, lotse):
    open_case(lotse, "de")
    ada: Visitor = visit(Person("de", DESKTOP))
    ada.sign_in()
    page, keys = ada.page, ada.page.keyboard
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    ada.look()
    keys.press("Escape")
    keys.press("j")
    keys.press("j")
    keys.press("k")
    expect(page.locator(".case-row__link").first).to_be_focused()
    keys.press("/")
    keys.type("Router")
    expect(page.locator("#case-words")).to_have_value("Router")  # no shortcut fires in a field
    page.wait_for_url("**words=Router*")
    page.wait_for_load_state("networkidle")
    keys.press("Escape")
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url("**/desk/cases/*")
    ada.look()
    keys.press("a")
    expect(page.locator("#facts")).to_contain_text(ada.t("desk.me"))
    before = page.locator(".message--agent").count()
    keys.press("r")
    keys.type(TYPED)
    expect(page.locator(".draft-note__kept")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("#reply-body")).to_have_value(TYPED)
    keys.press("r")
    keys.press("Control+Enter")
    expect(page.locator(".undo")).to_be_visible()
    keys.press("z")
    expect(page.locator("#reply-body")).to_have_value(TYPED)
    expect(page.locator(".message--agent")).to_have_count(before)
    keys.press("r")
    keys.press("Control+Enter")
    expect(page.locator(".message--agent")).to_have_count(before + 1)
    ada.look()
    keys.press("s")
    page.wait_for_url("**/solution")
