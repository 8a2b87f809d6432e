"""An editor writes, sees it, publishes it, finds it; two edits of one article become one."""

import re

import pytest
from playwright.sync_api import expect

from kb.access import Role
from kb.db import transaction
from kb.people import actions, queries
from tests.journeys.visitor import DESKTOP, PHONE, Person
from tests.running import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.model]

WORD = {"de": "Flurblitzlampe", "en": "corridorflashlamp"}
BODY = "Die Lampe geht.\n\n## Los\n\n1. Öffnen Sie die Tür. Sie sehen Licht.\n2. Kabel bzw. Box.\n"


def editor(visit, lotse, person: Person):
    """Let somebody visit who may write."""
    login = f"edda-{person.locale}"
    with transaction(lotse.engine()) as session:
        if queries.by_login(session, login) is None:
            actions.add_person(
                session,
                name="Edda",
                login=login,
                role=Role.EDITOR,
                password=PASSWORD,
                locale=person.locale,
            )
    edda = visit(person)
    edda.page.goto("/desk/sign-in?next=/desk/curation/articles")
    edda.page.get_by_label(edda.t("sign_in.login")).fill(login)
    edda.page.get_by_label(edda.t("sign_in.password")).fill(PASSWORD)
    edda.page.get_by_role("button", name=edda.t("sign_in.submit")).click()
    edda.page.wait_for_url("**/desk/curation/articles")
    edda.look()
    return edda


@pytest.mark.parametrize("person", [Person("de", DESKTOP), Person("en", PHONE)], ids=["de", "en"])
def test_an_article_is_written_published_found_and_merged(visit, lotse, person):
    edda, word = editor(visit, lotse, person), WORD[person.locale]
    edda.follow("writing.write")
    edda.page.locator("#new--title").fill(word)
    edda.page.get_by_label(edda.t("writing.audience.public")).check()
    edda.press("writing.new.begin")
    edda.page.wait_for_url("**?said=created")
    edda.look()

    text = edda.page.locator("#text--body")
    text.fill(BODY)
    expect(edda.page.locator("#preview--pane ol.steps")).to_have_count(1)
    expect(edda.page.locator(".kept__discard")).to_be_visible()
    edda.page.locator("[data-pane=hints]").click()
    edda.look()
    if person.locale == "de":
        edda.page.locator(".hint__accept").first.click()
        expect(text).to_have_value(re.compile("Kabel oder Box"))
    edda.page.reload()
    expect(text).to_have_value(re.compile("Box"))
    edda.press("writing.publish")
    edda.page.wait_for_url("**?said=published")

    reader = visit(Person(person.locale, person.screen))
    for _ in range(10):
        reader.page.goto(f"/{person.locale}/search?question={word}")
        if reader.page.get_by_role("link", name=word).count():
            break
        reader.page.wait_for_timeout(500)
    expect(reader.page.get_by_role("link", name=word).first).to_be_visible()

    where = edda.page.url.split("?")[0]
    first, second = edda.page, edda.context.new_page()
    first.goto(where)
    second.goto(where)
    first.locator("#text--body").fill(BODY.replace("Die Lampe geht.", "Die Lampe geht an."))
    expect(first.locator(".kept__discard")).to_be_visible()
    second.locator("#text--body").fill(BODY.replace("die Tür", "das Tor"))
    second.locator("[data-saves]").click()
    second.wait_for_url("**?said=saved")
    first.locator("[data-saves]").click()
    expect(first.get_by_text(edda.t("writing.merge.title"))).to_be_visible()
    edda.look()
    edda.press("writing.merge.take")
    first.wait_for_url("**?said=merged")
    merged = first.locator("#text--body")
    expect(merged).to_have_value(re.compile("Die Lampe geht an"))
    expect(merged).to_have_value(re.compile("das Tor"))
    second.close()
