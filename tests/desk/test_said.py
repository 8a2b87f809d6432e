"""Why an answer did not help travels to whoever helps next, if the customer lets it."""

import re

import pytest
from sqlmodel import Session, select

from kb.cases.models import Trail, TrailKind
from kb.questions.models import Feedback, FeedbackReason

SENT = {"name": "Kim", "email": "kim@example.com", "message": "Es geht nicht."}


@pytest.fixture
def contact(visitor, engine, world) -> str:
    """The way to a person that is offered when the steps were done without success."""
    visitor.post("/de/feedback", data={"revision": world.wifi_revision, "helpful": "no"})
    with Session(engine) as session:
        given = session.exec(select(Feedback)).one()
    why = {"reason": FeedbackReason.DID_NOT_WORK.value}
    page = visitor.post(f"/de/feedback/{given.public_id}", data=why).text
    found = re.search(r'href="(/de/contact\?[^"]*feedback=[^"]+)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def _said(engine) -> list[str]:
    with Session(engine) as session:
        return list(session.exec(select(Trail.text).where(Trail.kind == TrailKind.SAID)).all())


def _form(page: str) -> dict[str, str]:
    """Return what the form would send, with everything still ticked."""
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    boxes = re.findall(r'type="checkbox"\s+name="([^"]+)"', page)
    return dict(hidden) | dict.fromkeys(boxes, "1") | SENT


def test_why_it_did_not_help_is_shown_and_goes_along(visitor, engine, contact):
    page = visitor.get(contact).text
    assert re.search(r"Gesagt: „[^“]+“: Gemacht, aber ohne Erfolg", page)
    assert visitor.post("/de/contact", data=_form(page)).status_code == 200
    [text] = _said(engine)
    assert text.endswith("Gemacht, aber ohne Erfolg")


def test_it_can_be_struck_out(visitor, engine, contact):
    sent = _form(visitor.get(contact).text)
    kept = {name: value for name, value in sent.items() if not name.startswith("keep-said")}
    assert len(kept) < len(sent)
    assert visitor.post("/de/contact", data=kept).status_code == 200
    assert _said(engine) == []


def test_a_form_that_was_sent_back_still_has_it(visitor, contact):
    sent = _form(visitor.get(contact).text)
    page = visitor.post("/de/contact", data=sent | {"email": "nowhere"})
    assert page.status_code == 422
    assert "Gemacht, aber ohne Erfolg" in page.text


@pytest.mark.parametrize("guess", ["nope", "x" * 500, "..", "%00"])
def test_what_nobody_said_is_not_shown(visitor, guess):
    page = visitor.get(f"/de/contact?feedback={guess}")
    assert page.status_code == 200
    assert "keep-said" not in page.text


def test_agents_read_it_in_the_case(visitor, anna, engine, contact):
    visitor.post("/de/contact", data=_form(visitor.get(contact).text))
    with Session(engine) as session:
        case_id = session.exec(select(Trail.case_id)).first()
    page = anna.get(f"/desk/cases/{case_id}").text
    assert "Gemacht, aber ohne Erfolg" in page
