"""A customer is written to: they confirm, come back without a password, and have it stopped."""

import re
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import DESKTOP, PHONE, Person
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

SUBJECTS = {"de": "Router blinkt rot", "en": "Router blinks red"}


@pytest.mark.parametrize(
    "person",
    [Person("de", PHONE), Person("en", DESKTOP), Person("de", PHONE, has_scripts=False)],
    ids=["phone-de", "desktop-en", "no-scripts"],
)
def test_a_customer_confirms_comes_back_by_mail_and_stops_the_mails(visit, lotse, person):
    kim = visit(person)
    address = f"kim-{person.locale}-{person.has_scripts}@example.org".lower()
    subject = SUBJECTS[person.locale]

    kim.go(f"/{person.locale}/contact")
    kim.page.locator("#subject").fill(subject)
    kim.page.locator("#message").fill(subject)
    kim.page.locator("#name").fill("Kim")
    kim.page.locator("#email").fill(address)
    kim.page.locator("#contact-form").get_by_role("button", name=kim.t("contact.send")).click()
    kim.page.wait_for_url("**/cases/*")
    private_page = kim.page.url
    expect(kim.page.locator("#notifications")).to_contain_text("k...@example.org")

    kim.go(link_in(letter(lotse, address), "/mail/confirmations/"))
    kim.press("confirm_mail.submit")
    kim.page.wait_for_url(private_page)
    kim.look()
    expect(kim.page.locator("#notifications")).not_to_contain_text(
        kim.t("notifications.unconfirmed", address="k...@example.org")
    )
    kim.press("notifications.stop")
    expect(kim.page.locator("#notifications")).to_contain_text(kim.t("notifications.off"))
    kim.look()

    kim.page.goto(f"/{person.locale}/")
    kim.page.locator("footer").get_by_role("link", name=kim.t("frame.my_cases")).click()
    kim.look()
    kim.page.get_by_label(kim.t("contact.email")).fill(address)
    kim.page.keyboard.press("Enter")
    expect(kim.page.get_by_role("status").filter(has_text=address)).to_be_visible()
    kim.look()
    way_in = link_in(letter(lotse, address, count=2), "/sign-in/")
    kim.go(way_in)
    kim.press("enter.submit")
    kim.page.wait_for_url("**/my-cases")
    kim.look()
    assert kim.context.request.get(way_in).status == 410
    kim.page.get_by_role("link", name=subject).click()
    kim.page.wait_for_url(private_page)
    kim.go(f"/{person.locale}/my-cases")
    kim.press("frame.sign_out")
    kim.page.goto(f"/{person.locale}/my-cases")
    kim.page.wait_for_url("**/sign-in")


def letter(lotse: Lotse, to: str, *, count: int = 1) -> EmailMessage:
    """Wait for so many letters to this address; return the newest."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        files = sorted((lotse.home / "mail").glob("*.eml"))
        found = [message_from_bytes(path.read_bytes(), policy=default) for path in files]
        mine = [message for message in found if message["to"] == to]
        if len(mine) >= count:
            assert isinstance(mine[-1], EmailMessage)
            return mine[-1]
        time.sleep(0.2)
    raise AssertionError(f"no letter {count} to {to}")


def link_in(message: EmailMessage, part: str) -> str:
    text = message.get_body(("plain",)).get_content()
    return re.search(rf"http://\S*{part}\S*", text).group(0)
