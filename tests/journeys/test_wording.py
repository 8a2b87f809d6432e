"""An answer is put into a model's words above its quote; the quote is there before and after."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor
from tests.model_server import Model, serving
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

ASKED = {
    "de": "/de/search?question=Wie+starte+ich+den+Router+neu%3F",
    "en": "/en/search?question=How+do+I+restart+the+router%3F",
}


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with serving() as served:
        yield served


@pytest.fixture(scope="module")
def worded(
    furnished: Path, tmp_path_factory: pytest.TempPathFactory, model: Model
) -> Iterator[Lotse]:
    """Lotse with a language model beside it."""
    home = Path(shutil.copytree(furnished, tmp_path_factory.mktemp("worded") / "home"))
    settings = {"LOTSE_LLM_URL": model.url, "LOTSE_LLM_MODEL": "m", "LOTSE_LLM_FIRST_SECONDS": "9"}
    with Lotse(home, settings=settings).serving() as served:
        yield served


@pytest.mark.parametrize(("locale", "screen"), [("de", PHONE), ("en", DESKTOP)])
def test_a_wording_comes_with_its_sources_and_its_quote_stays(
    browser: Browser, worded: Lotse, model: Model, locale: str, screen: tuple[int, int]
) -> None:
    model.manner = "liar"
    kim = Visitor(browser, worded, Person(locale, screen))
    kim.go(ASKED[locale])
    expect(kim.page.locator("#wording[data-generated]")).to_contain_text(kim.t("wording.label"))
    expect(kim.page.locator("#answer blockquote").first).to_be_visible()
    assert kim.page.locator("#wording a").first.get_attribute("href").startswith(f"/{locale}/art")
    kim.look()
    assert kim.faults == []
    kim.context.close()


def test_who_does_not_want_one_says_so_and_keeps_the_quote(
    browser: Browser, worded: Lotse, model: Model
) -> None:
    model.manner = "slow"
    kim = Visitor(browser, worded, Person("de", PHONE))
    kim.page.goto(ASKED["de"].replace("starte", "mache"))
    kim.press("wording.stop")
    expect(kim.page.locator("#wording")).to_have_count(0)
    expect(kim.page.locator("#answer blockquote").first).to_be_visible()
    assert kim.faults == []
    kim.context.close()
