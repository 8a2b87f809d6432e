"""Agents see how a customer fares and why, first who cannot wait, and can say otherwise."""

import pytest
from sqlmodel import Session, select

from kb.affect import Affect, Mood, Urgency
from kb.cases import tone
from kb.cases.models import Case, Message, MoodCorrection
from kb.db import transaction


@pytest.fixture
def in_need(desk, engine):
    with transaction(engine) as session:
        message = session.exec(select(Message).where(Message.case_id == desk.ottos)).first()
        tone.note(session, message, Affect(Mood.DISTRESSED, Urgency.URGENT, ("fraud",)))
    return f"/desk/cases/{desk.ottos}"


def test_who_cannot_wait_stands_first_and_it_is_said_in_words(anna, desk, in_need):
    page = anna.get("/desk/cases").text
    assert page.index(f'href="{in_need}"') < page.index(f'href="{desk.url}"')
    assert "in Not" in page
    assert "eilt" in page


def test_the_case_says_why_and_one_press_says_otherwise(anna, desk, engine, in_need):
    assert "schreibt von Diebstahl oder Betrug" in anna.get(in_need).text
    told = anna.post(f"{in_need}/mood", data={"is": "calm"})
    assert "Von Hand berichtigt" in told.text
    with Session(engine) as session:
        case = session.get_one(Case, desk.ottos)
        kept = session.exec(select(MoodCorrection)).one()
    assert (case.mood, case.urgency) == (Mood.CALM, Urgency.URGENT)
    assert (kept.mood_before, kept.corrected_by) == (Mood.DISTRESSED, desk.anna)


def test_no_other_word_is_taken(anna, in_need):
    assert anna.post(f"{in_need}/mood", data={"is": "<b>"}).status_code == 422


@pytest.mark.usefixtures("in_need")
def test_the_customers_page_never_shows_it(anna, desk, engine):
    with Session(engine) as session:
        case = session.get_one(Case, desk.ottos)
    page = anna.get(f"/en/cases/{case.public_id}").text
    assert case.subject in page
    for word in ("in distress", "in Not", "distressed", "theft", 'id="mood"'):
        assert word not in page
