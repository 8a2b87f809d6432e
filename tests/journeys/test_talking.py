"""A customer reaches a person: by a call-back, by an appointment that is moved and cancelled."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import Session, col, select

from kb.ways.models import Meeting, MeetingState, Way
from tests.journeys.visitor import PHONE, Person, Visitor, visiting
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

SERVICE = """
[hours]
mon-sun = ["00:00-24:00"]
[call]
phone = "0800 5550199"
[callback]
[video]
link = "https://meet.example/{room}"
[appointment]
by = "video"
minutes = 60
horizon_days = 3
"""


@pytest.fixture(scope="module")
def open_lotse(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lotse]:
    """Lotse with somebody there day and night: a journey must not depend on the hour."""
    home = Path(shutil.copytree(furnished, tmp_path_factory.mktemp("talking") / "home"))
    (home / "service.toml").write_text(SERVICE)
    with Lotse(home).serving() as serving:
        yield serving


@pytest.fixture
def talk(browser: Browser, open_lotse: Lotse) -> Iterator[Callable[[Person], Visitor]]:
    with visiting(browser, open_lotse) as start:
        yield start


def newest(lotse: Lotse) -> Meeting:
    engine = lotse.engine()
    with Session(engine) as session:
        found = session.exec(select(Meeting).order_by(col(Meeting.id).desc())).first()
    engine.dispose()
    assert found is not None
    return found


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_customer_makes_moves_and_cancels_an_appointment(talk, open_lotse, locale):
    kim = talk(Person(locale, PHONE))
    kim.go(f"/{locale}/contact")
    kim.follow("ways.appointment")
    kim.page.locator("details[open] .times__slot").first.click()
    kim.press("talk.send.appointment")
    expect(kim.page.locator("#talk-form [role=alert]")).to_be_visible()
    expect(kim.page.locator(".times__slot input:checked")).to_have_count(1)
    kim.page.locator("#name").fill("Kim Kundt")
    kim.page.locator("#email").fill("kim@example.org")
    kim.press("talk.send.appointment")
    expect(kim.page.locator("main")).to_contain_text(kim.t("meeting.agreed.appointment"))
    kim.look()
    made = newest(open_lotse)
    kim.press("meeting.confirm")
    expect(kim.page.locator("main")).to_contain_text(kim.t("meeting.is_confirmed"))
    kim.follow("meeting.move")
    kim.page.locator("details[open] .times__slot").last.click()
    kim.press("meeting.move_send")
    expect(kim.page.locator("main")).to_contain_text(kim.t("meeting.agreed.appointment"))
    assert newest(open_lotse).starts_at > made.starts_at
    kim.page.locator(".agreed__cancel summary").click()
    kim.press("meeting.cancel_sure.appointment")
    expect(kim.page.locator("main")).to_contain_text(kim.t("meeting.cancelled.appointment"))
    kim.look()
    assert newest(open_lotse).state is MeetingState.CANCELLED


def test_without_scripts_a_customer_is_called_back(talk, open_lotse):
    kim = talk(Person("de", PHONE, has_scripts=False))
    kim.go("/de/contact")
    kim.follow("ways.callback")
    kim.page.locator("details summary").nth(1).click()
    kim.page.locator("details").nth(1).locator(".times__slot").first.click()
    kim.page.locator("#phone").fill("0171 3920014")
    kim.page.locator("#name").fill("Kim Kundt")
    kim.page.locator("#keep-locale").uncheck()
    kim.press("talk.send.callback")
    expect(kim.page.locator("main")).to_contain_text("+49 171 3920014")
    assert newest(open_lotse).way is Way.CALLBACK


def test_by_keyboard_alone_a_customer_is_called_back(talk, open_lotse):
    kim = talk(Person("en", PHONE))
    kim.go("/en/contact/callback")
    kim.page.locator("details[open] summary").focus()
    kim.page.keyboard.press("Tab")
    kim.page.keyboard.press("Space")
    expect(kim.page.locator(".times__slot input:checked")).to_have_count(1)
    kim.page.locator("#phone").focus()
    kim.page.keyboard.type("+44 20 7946 0958")
    kim.page.keyboard.press("Tab")
    kim.page.keyboard.type("Kim Kundt")
    kim.page.keyboard.press("Enter")
    expect(kim.page.locator("main")).to_contain_text("+44 20 7946 0958")
    assert newest(open_lotse).way is Way.CALLBACK


def test_what_was_read_on_the_way_travels_along_whole(talk):
    kim = talk(Person("de", PHONE))
    for slug in ("wlan-langsam", "router-lampen"):
        kim.page.goto("/de/search?question=WLAN langsam")
        kim.page.locator("main a[href*='/articles/']").nth(len(slug) % 2).click()
        kim.page.wait_for_load_state("networkidle")
    kim.page.locator(".person a").first.click()
    kim.look()
    expect(kim.page.locator("[name^=keep-read]")).to_have_count(2)
    expect(kim.page.locator("[name^=keep-asked]")).not_to_have_count(0)
