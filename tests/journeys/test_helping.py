"""A customer writes, an agent answers from the sidebar, the customer sees it and the end of it."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from kb.cases.models import Case, CaseArticle, CaseState, Fate, Outcome, Suggestion, Trail
from tests.journeys.visitor import DESKTOP, PHONE, Person, Visitor
from tests.running import Lotse

pytestmark = [pytest.mark.browser, pytest.mark.model]

NOT_COVERED = {"de": "Verkaufen Sie auch Waschmaschinen?", "en": "Do you sell washing machines?"}
SUBJECTS = {"de": "WLAN-Passwort ändern, {}", "en": "Change the Wi-Fi password, {}"}
MESSAGES = {
    "de": "Ich möchte mein WLAN-Passwort ändern und finde nicht, wo das am Router geht.",
    "en": "I want to change my Wi-Fi password and cannot find where to do that on the router.",
}
HELPFUL = {
    "de": "Wo finde ich mein WLAN-Passwort und wie ändere ich es?",
    "en": "Where do I find my Wi-Fi password and how do I change it?",
}
NOTE = "Kanarienvogel: war letzte Woche schon verärgert."
GREETING = "Moin Karla!"
THANKS = "Geht wieder, danke & tschüss <3"


@pytest.mark.parametrize(
    ("locale", "customers", "agents"),
    [("de", PHONE, DESKTOP), ("en", DESKTOP, PHONE)],
    ids=["de", "en"],
)
def test_a_customer_writes_and_an_agent_helps(visit, lotse, locale, customers, agents):
    karla, ada = visit(Person(locale, customers)), visit(Person(locale, agents))
    subject = SUBJECTS[locale].format(locale)
    private_page = write(karla, subject)
    ada.sign_in()
    open_the_case(ada, subject)
    answer_from_the_sidebar(ada)
    leave_a_note(ada)
    case_page = ada.page.url.partition("#")[0]

    karla.go(private_page)
    letters = karla.page.locator(".letters")
    expect(letters).to_contain_text(GREETING)
    expect(letters).to_contain_text(f"— {HELPFUL[locale]}")
    expect(letters.get_by_role("link", name="/articles/")).to_be_visible()
    expect(karla.page.locator("main")).to_contain_text(karla.t("case.state.waiting"))
    assert NOTE not in karla.page.content()
    karla.page.locator("#body").fill(THANKS)
    karla.press("contact.send")
    expect(letters).to_contain_text(THANKS)
    karla.look()

    ada.go(case_page)
    expect(ada.page.locator(".messages")).to_contain_text(THANKS)
    solve(ada)
    karla.go(private_page)
    expect(karla.page.locator(".badge")).to_contain_text(karla.t("case.state.solved"))
    assert NOTE not in karla.page.content()
    assert_kept(lotse, subject)


def write(karla: Visitor, subject: str) -> str:
    """Find no answer, write instead, and return the private page; what was asked goes along."""
    locale = karla.person.locale
    karla.go(f"/{locale}/search?question={NOT_COVERED[locale]}")
    expect(karla.page.locator(".no-answer")).to_be_visible()
    karla.follow("person.write")
    asked = karla.t("trail.asked", text=NOT_COVERED[locale])
    expect(karla.page.locator("#contact-form")).to_contain_text(asked)
    karla.page.locator("#subject").fill(subject)
    karla.page.locator("#message").fill(MESSAGES[locale])
    expect(karla.page.locator("#suggestions .hit").first).to_be_visible()
    karla.look()
    karla.press("contact.send")
    expect(karla.page.locator("#contact-form [role=alert]")).to_be_visible()
    expect(karla.page.locator("#message")).to_have_value(MESSAGES[locale])
    karla.page.locator("#name").fill("Karla Karlsen")
    karla.page.locator("#email").fill(f"karla-{locale}@example.org")
    karla.press("contact.send")
    karla.page.wait_for_url(re.compile(rf"/{locale}/cases/[\w-]{{20,}}$"))
    expect(karla.page.locator(".letters")).to_contain_text(MESSAGES[locale])
    karla.look()
    return karla.page.url


def open_the_case(ada: Visitor, subject: str) -> None:
    """Find the case in the open list; what the customer asked stands on its page."""
    ada.page.locator("#case-words").fill(subject.split(",", maxsplit=1)[0])
    expect(ada.page.locator(".case-row")).to_have_count(1)
    ada.look()
    ada.page.get_by_role("link", name=subject).click()
    ada.page.wait_for_url(re.compile(r"/desk/cases/\d+$"))
    expect(ada.page.locator("#situation")).to_contain_text(NOT_COVERED[ada.person.locale])


def answer_from_the_sidebar(ada: Visitor) -> None:
    """Insert the quote of a suggested article, greet, and send."""
    title = HELPFUL[ada.person.locale]
    offer = ada.page.locator(".offer").filter(has=ada.page.get_by_role("link", name=title)).first
    expect(offer).to_be_visible()
    ada.look()
    offer.locator("[form=reply-form]").first.click()
    expect(ada.page.locator("#reply[data-announce]")).to_be_visible()
    box = ada.page.locator("#reply-body")
    expect(box).to_have_value(re.compile(r"^\w.*\n— .*\nhttp.*/articles/", re.DOTALL))
    box.fill(f"{GREETING}\n\n{box.input_value()}")
    ada.look()
    ada.press("desk.reply.send")
    expect(ada.page.locator(".message--agent a[href*='/articles/']")).to_be_visible()
    ada.look()


def leave_a_note(ada: Visitor) -> None:
    ada.page.locator("#note summary").click()
    ada.page.locator("#note-body").fill(NOTE)
    ada.press("desk.note.save")
    expect(ada.page.locator(".message--note")).to_contain_text(NOTE)
    ada.look()


def solve(ada: Visitor) -> None:
    """Mark the case solved, by the article that helped."""
    ada.page.locator("#facts").get_by_role("link", name=ada.t("desk.case.solve")).click()
    ada.look()
    ada.page.get_by_label(ada.t("desk.outcome.solved_coached")).check()
    ada.page.get_by_label(HELPFUL[ada.person.locale]).check()
    ada.page.locator("#essence-resolution").fill("Unter WLAN > Funknetz geändert.")
    ada.press("desk.solution.preview")
    expect(ada.page.locator("#kept")).to_be_visible()
    ada.look()
    ada.press("desk.solution.save")
    ada.page.wait_for_url(re.compile(r"/desk/cases/\d+#facts$"))
    ada.look()


def assert_kept(lotse: Lotse, subject: str) -> None:
    """See in the database what was learned: outcome, helpful article, trail, fate."""
    engine = lotse.engine()
    with Session(engine) as session:
        case = session.exec(select(Case).where(Case.subject == subject)).one()
        helped = session.exec(select(CaseArticle).where(CaseArticle.case_id == case.id)).all()
        fates = session.exec(select(Suggestion.fate).where(Suggestion.case_id == case.id)).all()
        steps = session.exec(select(Trail.text).where(col(Trail.case_id) == case.id)).all()
    engine.dispose()
    assert (case.state, case.outcome) == (CaseState.SOLVED, Outcome.SOLVED_COACHED)
    assert [link.helped for link in helped] == [True]
    assert Fate.EDITED in fates or Fate.SENT in fates
    assert NOT_COVERED[case.locale] in steps
