"""An agent's day with the keyboard alone, from the list to a solved case; two who meet in one."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.test_sidebar import a_case
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor
from tests.running import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.model]

TYPED = "Das Passwort steht unter dem Router."
SOLVED_BY = "Auf dem Aufkleber nachgesehen, das alte Passwort stimmte nicht mehr."
_TABS = 120
"""More than a page has."""


def test_the_day_of_an_agent_needs_no_mouse(visit, lotse):
    a_case(lotse, "de")
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
    keys.type("WLAN-Passwort")
    # no shortcut fires in a field
    expect(page.locator("#case-words")).to_have_value("WLAN-Passwort")
    page.wait_for_url("**words=WLAN-Passwort*")
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
    step_to(ada, ada.page.locator("#assist").get_by_role("button", name=ada.t("assist.draft")))
    keys.press("Enter")
    expect(page.locator("#reply-body")).to_have_value(re.compile("/articles/"))
    keys.press("Control+Enter")
    expect(page.locator(".message--agent")).to_have_count(before + 2)
    solve(ada)


def test_two_who_open_the_same_case_see_each_other_come_write_and_go(visit, lotse):
    address = f"/desk/cases/{a_case(lotse, 'en')}"
    ada, alan = visit(Person("de", DESKTOP)), visit(Person("en", PHONE))
    for one in (ada, alan):
        one.sign_in()
        one.page.goto(address)
    seen = ada.page.locator("#onlookers")
    expect(seen).to_contain_text(NAMES["en"])
    alan.page.locator("#reply-body").press_sequentially("It is underneath")
    expect(seen.locator(".onlookers__who--typing")).to_contain_text(NAMES["en"])
    expect(alan.page.locator("#onlookers")).to_contain_text(NAMES["de"])
    ada.look()
    alan.page.goto("/desk/cases")
    expect(seen).not_to_contain_text(NAMES["en"])
    assert "It is underneath" not in ada.page.content()


def solve(visitor: Visitor) -> None:
    """Solve the case that is open, and keep what solved it; still without a mouse."""
    page, keys = visitor.page, visitor.page.keyboard
    keys.press("s")
    page.wait_for_url("**/solution")
    step_to(visitor, page.locator("input[name=outcome]"))
    keys.press("Space")
    step_to(visitor, page.locator("#essence-resolution"))
    keys.press("Control+a")
    keys.type(SOLVED_BY)
    step_to(visitor, page.get_by_role("button", name=visitor.t("desk.solution.preview")))
    keys.press("Enter")
    expect(page.locator("#kept")).to_contain_text(SOLVED_BY)
    step_to(visitor, page.get_by_role("button", name=visitor.t("desk.solution.save")))
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/desk/cases/\d+(#.*)?$"))
    expect(page.locator("#facts")).to_contain_text(visitor.t("case.state.solved"))


def step_to(visitor: Visitor, wanted: Locator) -> None:
    """Press the key that steps on until the first of these has the focus."""
    wanted = wanted.first
    expect(wanted).to_be_visible()
    for _ in range(_TABS):
        visitor.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not get to {wanted}")
