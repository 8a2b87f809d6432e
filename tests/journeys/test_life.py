"""Two editors: one revises and asks, one comments and approves; restored, planned, translated."""

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from kb.access import Role
from kb.articles import actions, history
from kb.articles.actions import Change, Draft
from kb.articles.models import Article, Revision, Significance, Translation
from kb.db import transaction
from kb.people import actions as people
from kb.people import queries
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor
from tests.running import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.model]

NEWS = "Der Messwert steht danach im Kundenbereich."
WORDS = {"de": "Bitte kürzer", "en": "Shorter, please"}


@pytest.mark.parametrize(
    ("locale", "screen", "has_scripts"), [("de", DESKTOP, True), ("en", PHONE, False)]
)
def test_a_text_is_reviewed_published_restored_and_planned(
    visit, lotse, locale, screen, has_scripts
):
    here = f"/desk/curation/articles/{revised(lotse, locale)}"
    edda = visit(Person(locale, screen, has_scripts))
    sign_in(edda, lotse)
    edda.go(f"{here}/de/review")
    edda.page.locator("#words").fill(WORDS[locale])
    edda.press("life.do.submit")
    expect(edda.page.locator("#status-title")).to_have_text(edda.t("life.status.in_review"))
    comment(edda, locale, has_scripts=has_scripts)
    edda.look()
    edda.press("life.comment.resolve")
    expect(edda.page.locator(".life-comment--resolved")).to_have_count(1)
    edda.press("life.do.approve")
    expect(edda.page.locator("#status-title")).to_have_text(edda.t("life.status.on_show"))
    edda.page.goto(address(lotse, here))
    expect(edda.page.locator("main")).to_contain_text(NEWS)
    edda.go(f"{here}/de/history")
    expect(edda.page.locator("ins").first).to_contain_text(NEWS)
    edda.page.locator("button[name=number]").click()
    expect(edda.page.locator("del").first).to_contain_text(NEWS)
    edda.look()
    edda.go(f"{here}/de/review")
    edda.page.locator(".life-later summary").first.click()
    edda.page.locator("#due").fill("2099-07-01T08:30")
    edda.page.locator("button[value=plan]").click()
    expect(edda.page.locator(".life-plan")).to_contain_text("2099")
    edda.look()
    edda.go(f"{here}/beside?to=en")
    expect(edda.page.locator(".life-outdated")).to_be_visible()
    edda.page.locator("#title").fill("Anew")
    edda.press("life.beside.save")
    expect(edda.page.locator(".life-outdated")).to_have_count(0)
    for path in (
        f"{here}/settings",
        f"{here}/settings/audience?to=staff",
        "/desk/curation/categories",
    ):
        edda.go(path)


def comment(edda: Visitor, locale: str, *, has_scripts: bool) -> None:
    """Mark a passage where scripts run, or write it down; say something about it."""
    if has_scripts:
        edda.page.locator("#text-under-review ins").last.select_text()
        expect(edda.page.locator("#quote")).to_have_value(NEWS)
    else:
        edda.page.locator("#quote").fill(NEWS)
    edda.page.locator("#note").fill(WORDS[locale])
    edda.press("life.comment.write")
    expect(edda.page.locator(".life-quote")).to_have_text(NEWS)


def sign_in(edda: Visitor, lotse) -> None:
    """Sign in as the editor of this language."""
    login = f"editor-{edda.person.locale}"
    engine = lotse.engine()
    with transaction(engine) as session:
        if queries.by_login(session, login) is None:
            people.add_person(
                session,
                name="Edda",
                login=login,
                role=Role.EDITOR,
                password=PASSWORD,
                locale=edda.person.locale,
            )
    engine.dispose()
    edda.go("/desk/curation")
    edda.page.get_by_label(edda.t("sign_in.login")).fill(login)
    edda.page.get_by_label(edda.t("sign_in.password")).fill(PASSWORD)
    edda.page.get_by_role("button", name=edda.t("sign_in.submit")).click()
    edda.page.wait_for_load_state("networkidle")


def revised(lotse, locale: str) -> str:
    """Add a sentence to an article, an important one; return the article's id."""
    key = {"de": "wifi-slow", "en": "wifi-range"}[locale]
    engine = lotse.engine()
    with transaction(engine) as session:
        article = session.exec(select(Article).where(Article.source_key == key)).one()
        translation = history.translation_of(session, article, "de")
        shown = session.get_one(Revision, translation.published_id)
        actions.revise(
            session,
            article,
            locale="de",
            draft=Draft(shown.title, f"{shown.body}\n\n{NEWS}", shown.summary),
            change=Change("Mehr", Significance.MAJOR),
        )
        found = article.public_id
    engine.dispose()
    return found


def address(lotse, here: str) -> str:
    engine = lotse.engine()
    with Session(engine) as session:
        slug = session.exec(
            select(Translation.slug)
            .join(Article, Article.id == Translation.article_id)
            .where(Article.public_id == here.rsplit("/", 1)[-1], Translation.locale == "de")
        ).one()
    engine.dispose()
    return f"/de/articles/{slug}"
