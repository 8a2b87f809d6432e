"""An agent opens a case, reads what it is about, drafts a reply, edits it and sends it."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from kb.cases import actions as cases
from kb.cases.marks import SuggestionUse
from kb.cases.models import Case, CaseState, Fate, Suggestion, TrailKind
from kb.db import stored_id, transaction
from kb.people import actions as people
from tests.journeys.visitor import DESKTOP, PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.model]

SUBJECTS = {"de": "WLAN-Passwort ändern", "en": "Change my Wi-Fi password"}
MESSAGES = {
    "de": "Wo finde ich mein WLAN-Passwort? Ich habe den Router schon zweimal neu gestartet.",
    "en": "Where do I find my Wi-Fi password? I have already restarted the router twice.",
}
TRIED = {"de": "schon zweimal neu gestartet", "en": "already restarted the router twice"}
CLOSING = {"de": re.compile("Hat das geholfen"), "en": re.compile("Did that help")}
ADDED = {"de": "PS: Der Aufkleber ist unten.", "en": "PS: The label is underneath."}


@pytest.mark.parametrize(("locale", "screen"), [("de", DESKTOP), ("en", PHONE)])
def test_an_agent_understands_drafts_edits_and_sends(visit, lotse, locale, screen):
    ada = visit(Person(locale, screen))
    case_id = a_case(lotse, locale)
    ada.sign_in()
    ada.go(f"/desk/cases/{case_id}")
    situation = ada.page.locator("#situation")
    expect(situation).to_contain_text(TRIED[locale])
    expect(ada.page.locator(".offer").first).to_be_visible()
    ada.look()
    ada.press("assist.draft")
    box = ada.page.locator("#reply-body")
    expect(box).to_have_value(CLOSING[locale])
    drafted = box.input_value()
    assert "/articles/" in drafted
    box.fill(f"{drafted.strip()}\n\n{ADDED[locale]}")
    ada.press("desk.reply.send")
    expect(ada.page.locator("#messages")).to_contain_text(ADDED[locale])
    ada.look()
    assert_recorded(lotse, case_id, edits=len(ADDED[locale]) + 1)
    ada.go(f"/assist/{case_id}")
    expect(ada.page.locator("#situation")).to_contain_text(ada.t("situation.answered"))
    ada.look()
    ada.go("/desk/helped")
    ada.look()


def a_case(lotse, locale: str) -> int:
    engine = lotse.engine()
    with transaction(engine) as session:
        kim = people.customer(session, name="Kim Kundt", email="", locale=locale)
        made = cases.open_case(
            session,
            customer=kim,
            subject=SUBJECTS[locale],
            body=MESSAGES[locale],
            locale=locale,
            trail=[cases.Step(TrailKind.ASKED, SUBJECTS[locale])],
        )
        case_id = stored_id(made.id)
    engine.dispose()
    return case_id


def assert_recorded(lotse, case_id: int, *, edits: int) -> None:
    engine = lotse.engine()
    with Session(engine) as session:
        suggestion, use = session.exec(
            select(Suggestion, SuggestionUse)
            .join(SuggestionUse, col(SuggestionUse.suggestion_id) == col(Suggestion.id))
            .where(Suggestion.case_id == case_id)
        ).one()
        assert (suggestion.fate, use.edits, use.is_draft) == (Fate.EDITED, edits, True)
        assert session.get_one(Case, case_id).state is CaseState.WAITING
    engine.dispose()
