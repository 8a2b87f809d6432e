"""Two browsers at once: an agent coaches, a customer on a phone fails a step and solves it."""

import os
import re
from time import monotonic

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from kb.cases.models import Case, CaseState, Outcome
from kb.coaching import episodes, losses
from kb.coaching.models import CoachingPlan, HelpLevel
from kb.coaching.outcomes import Holding
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

AT_ONCE = 2.0
"""Seconds until an agent sees that a step does not work, on a machine with nothing else to do."""
WAY = "Nehmen Sie die mittlere Buchse."


@pytest.mark.parametrize(("locale", "has_scripts"), [("de", True), ("en", False)])
def test_a_customer_is_coached_fails_a_step_and_solves_it(visit, lotse, locale, has_scripts):
    ada, kim = visit(Person(locale, DESKTOP)), visit(Person(locale, PHONE, has_scripts))
    case_id = a_case(lotse, locale)
    ada.sign_in()
    ada.go(f"/desk/cases/{case_id}")
    link = coach(ada)
    kim.go(link)
    for following in ("2", "3"):
        tap(kim, "coaching.done")
        expect(kim.page.locator("#coach-title")).to_contain_text(following)
    panel = ada.page.locator("#coached")
    failed_at = fail(kim)
    expect(panel).to_contain_text(ada.t("coach.alarm.failed"), timeout=10_000)
    assert monotonic() - failed_at < AT_ONCE * busyness()
    expect(panel).to_contain_text(kim.t("coaching.failure.missing"))
    kim.look()
    ada.look()
    ada.page.locator("#way").fill(WAY)
    ada.press("coach.way.send")
    if not has_scripts:
        kim.page.get_by_role("link", name=kim.t("case.refresh")).click()
    expect(kim.page.locator("#coaching")).to_contain_text(WAY)
    kim.look()
    while kim.page.get_by_role("button", name=kim.t("coaching.done")).count():
        step = kim.page.locator("#coach-title").inner_text()
        tap(kim, "coaching.done")
        expect(kim.page.locator("#coach-title")).not_to_have_text(step)
    expect(kim.page.locator("#coach-title")).to_have_text(kim.t("coaching.through.title"))
    tap(kim, "coaching.through.yes")
    expect(kim.page.locator("#coach-title")).to_have_text(kim.t("coaching.solved.title"))
    kim.look()
    ada.go(f"/desk/cases/{case_id}")
    expect(panel).to_contain_text(ada.t("outcomes.ended.solved_coached"))
    expect(panel).to_contain_text(ada.t("outcomes.holding.too_early"))
    assert_solved(lotse, case_id)


def a_case(lotse, locale: str) -> int:
    engine = lotse.engine()
    with Session(engine) as session:
        found = session.exec(
            select(Case.id)
            .where(Case.locale == locale, col(Case.state).in_((CaseState.NEW, CaseState.OPEN)))
            .order_by(col(Case.id))
        ).first()
    engine.dispose()
    assert found is not None
    return found


def coach(ada: Visitor) -> str:
    """Make a plan of the likeliest suggestion, choose the steps, send it; return the link."""
    start = ada.page.locator("#assist").get_by_text(ada.t("coach.start"), exact=True).first
    start.wait_for(state="attached")
    if not start.is_visible():  # it is but a maybe, and folded away
        ada.page.locator("#assist .assist__more summary").first.click()
    start.click()
    ada.page.wait_for_url(re.compile(r"/coaching/\d+$"))
    ada.look()
    ada.page.locator("button[value^='down:']").first.click()
    ada.page.locator("button[value^='up:']:enabled").first.click()
    ada.page.locator("input[name=level][value=steps]").check()
    ada.press("coach.send")
    ada.page.wait_for_url(re.compile(r"/desk/cases/\d+#coached$"))
    ada.look()
    link = ada.page.get_by_role("link", name=ada.t("coach.look")).get_attribute("href")
    assert link is not None
    return link


def tap(kim: Visitor, key: str) -> None:
    kim.press(key)
    kim.look()


def fail(kim: Visitor) -> float:
    """Say that it does not work, and what happened; return when it was said."""
    kim.page.get_by_role("link", name=kim.t("coaching.fails")).click()
    expect(kim.page.locator("#coach-title")).to_have_text(kim.t("coaching.failure.title"))
    kim.look()
    kim.page.get_by_label(kim.t("coaching.failure.missing")).check()
    said_at = monotonic()
    kim.press("coaching.failure.send")
    return said_at


def busyness() -> float:
    """Return how many times more there is to do than this machine has cores for."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def assert_solved(lotse, case_id: int) -> None:
    engine = lotse.engine()
    with Session(engine) as session:
        case = session.get_one(Case, case_id)
        plan = session.exec(select(CoachingPlan).where(CoachingPlan.case_id == case_id)).one()
        assert (case.state, case.outcome) == (CaseState.SOLVED, Outcome.SOLVED_COACHED)
        assert plan.outcome is Outcome.SOLVED_COACHED
        episode = episodes.of_case(session, case)
        assert episode is not None
        assert (episode.outcome, episode.level) == (Outcome.SOLVED_COACHED, HelpLevel.STEPS)
        assert episode.holding is Holding.TOO_EARLY
        later = episodes.next_time(session, case)
        assert later is not None
        assert (later.next_id, later.alone) == (None, None)
        [third] = [one for one in losses.of_article(session, plan.article_id) if one.failed]
        assert (third.done, third.left) == (1, 0)
    engine.dispose()
