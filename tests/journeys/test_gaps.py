"""A question without an answer becomes a gap, an article, and news for the customer who waits."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.models import Article, Revision, Translation
from kb.db import transaction
from kb.gaps.models import Gap
from tests.journeys.test_asking import letter_to, sign_in_as_editor
from tests.journeys.visitor import DESKTOP, PHONE, Person
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

ASKED = "Verleihen Sie auch Leihfahrräder an Kunden?"
AGAIN = "Kann ich bei Ihnen Leihfahrräder ausleihen?"
ADDRESS = "leihrad@example.org"


def test_who_waits_for_a_missing_article_is_told_when_an_editor_has_written_it(
    visit, lotse: Lotse
):
    kim, edda = visit(Person("de", PHONE)), visit(Person("de", DESKTOP))
    kim.go(f"/de/search?question={AGAIN}")
    wish_to_be_told(kim, lotse)
    sign_in_as_editor(edda, lotse)
    edda.go("/desk/curation/gaps")
    edda.press("gaps.gather")
    edda.page.get_by_role("link", name=re.compile("Leihfahrräder")).first.click()
    edda.look()
    expect(edda.page.locator("main")).to_contain_text(edda.t("gaps.waiting.one"))
    edda.follow("gaps.write")
    edda.press("gaps.draft.begin")
    edda.page.wait_for_url("**/desk/curation/articles/**")
    address = gap_address(lotse)
    question = check_question_of(edda, address)
    expect(edda.page.locator("main")).to_contain_text(edda.t("golden.cause.not_indexed"))
    publish_what_she_wrote(lotse)
    passes_soon(edda, question)
    edda.go(address)
    expect(edda.page.locator("main")).to_contain_text(edda.t("gaps.article.public"))
    edda.page.get_by_role("button", name=edda.t("gaps.confirm_and_tell", count=1)).click()
    expect(edda.page.locator("main")).to_contain_text(edda.t("gaps.is.answered"))
    edda.go("/desk/curation/today")
    assert "/de/articles/" in letter_to(lotse, ADDRESS).text


def check_question_of(edda, address: str) -> str:
    """Take what was asked as a golden question, which the draft is to answer; return its page."""
    edda.go(address)
    edda.follow("golden.from_gap")
    edda.look()
    edda.press("golden.keep")
    edda.press("golden.ask")
    expect(edda.page.locator("main")).to_contain_text(edda.t("golden.verdict.wrong"))
    edda.look()
    return edda.page.url


def passes_soon(edda, question: str) -> None:
    """See that it comes out otherwise by itself, and that the trend moves."""
    expect(edda.page.locator("main")).to_contain_text(edda.t("golden.turns"))
    for _ in range(40):
        edda.page.goto(question)
        if edda.page.get_by_text(edda.t("golden.verdict.right")).count():
            break
        edda.page.wait_for_timeout(1_000)
    expect(edda.page.locator(".gap__facts")).to_contain_text(edda.t("golden.verdict.right"))
    edda.go("/desk/curation/evaluations")
    expect(edda.page.locator(".golden__share")).to_contain_text("1")
    edda.look()


def wish_to_be_told(kim, lotse: Lotse) -> None:
    kim.go(f"/de/search?question={ASKED}")
    kim.page.get_by_text(kim.t("wish.offer")).click()
    kim.page.locator("#email").fill(ADDRESS)
    kim.press("wish.send")
    kim.look()
    kim.go(re.search(r"/\w\w/wishes/confirmation/[\w-]+", letter_to(lotse, ADDRESS).text)[0])
    kim.press("wish.confirm.button")
    expect(kim.page.locator("h1")).to_contain_text(kim.t("wish.confirmed.title"))


def publish_what_she_wrote(lotse: Lotse) -> None:
    """Put the draft on show for everybody; how an editor does that is another journey."""
    engine = lotse.engine()
    with transaction(engine) as session:
        article = session.get_one(Article, _gap(session).article_id)
        revision = session.exec(
            select(Revision)
            .join(Translation, Translation.id == Revision.translation_id)
            .where(Translation.article_id == article.id)
        ).one()
        assert article.audience is Audience.STAFF
        articles.set_audience(session, article, Audience.PUBLIC)
        articles.publish(session, article, revision)
    engine.dispose()


def gap_address(lotse: Lotse) -> str:
    engine = lotse.engine()
    with Session(engine) as session:
        found = _gap(session).public_id
    engine.dispose()
    return f"/desk/curation/gaps/{found}"


def _gap(session: Session) -> Gap:
    return session.exec(select(Gap).where(Gap.article_id.is_not(None))).one()
