"""How pages are brought into a state before they are photographed: as people do it.

A Step types and clicks. What it waits for has to come, or the picture is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """A page: where it is, and what to do there before the picture."""

    name: str
    path: str
    then: Step | None = None
    is_of_desk: bool = False
    in_the_dark: bool = False
    """Whether it is taken in dark colours, too."""


SEND = "main form [type=submit]"


def typed(field: str, text: str, awaited: str) -> Step:
    """Type into a field."""

    def step(page: Page) -> None:
        page.fill(field, text)
        page.wait_for_selector(awaited)

    return step


def clicked(what: str, awaited: str) -> Step:
    """Click the first of these."""

    def step(page: Page) -> None:
        page.locator(what).first.click()
        page.wait_for_selector(awaited)

    return step


def waited(awaited: str) -> Step:
    """Wait for what comes by itself."""

    def step(page: Page) -> None:
        page.wait_for_selector(awaited)

    return step


def unfolded(where: str) -> Step:
    """Open what folds where it is narrow; where it is wide, it is open."""

    def step(page: Page) -> None:
        button = page.locator(f"{where} .fold__open")
        if button.is_visible():
            button.click()

    return step


def scrolled(page: Page) -> None:
    """Look at every picture, because they are fetched only then."""
    for image in page.locator(".prose img").all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


def not_solved(page: Page) -> None:
    page.locator("[value=no]").first.click()
    page.locator("[value='did not work']").click()
    page.wait_for_selector("#way")


def sent_empty(page: Page) -> None:
    """Send a form as a browser would that checks nothing."""
    page.locator(SEND).last.evaluate("button => { button.form.noValidate = true; }")
    page.locator(SEND).last.click()
    page.wait_for_selector("[role=alert].notice, .field--wrong")


def asked_for_a_link(page: Page) -> None:
    page.fill("[name=email]", "kim@example.com")
    page.locator(SEND).first.click()
    page.wait_for_load_state("networkidle")


def quoted(words: str) -> Step:
    """Search in the sidebar, and put what is found into the reply."""

    def step(page: Page) -> None:
        page.fill("#assist-words", words)
        page.press("#assist-words", "Enter")
        page.locator(".offer__actions [form=reply-form]").first.click()
        page.wait_for_selector("#reply[data-announce]")

    return step


def wrong_password(page: Page) -> None:
    page.fill("#login", "somebody")
    page.fill("#password", "not this one")
    page.click("#sign-in-form button")
    page.wait_for_selector(".notice")


def previewed(problem: str, resolution: str) -> Step:
    def step(page: Page) -> None:
        page.check("[name=outcome] >> nth=0")
        page.fill("#essence-problem", problem)
        page.fill("#essence-resolution", resolution)
        page.locator("#solution [type=submit]").first.click()
        page.wait_for_selector("#kept")

    return step
