"""Tips: they come with a yes, and nobody else reads one before an editor has approved it."""

import re
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import i18n
from kb.curation.models import Tip, TipState
from kb.questions.models import Feedback
from tests.desk.conftest import PASSWORD, sign_in

T = i18n.words("de")
HERE = "/de/articles/wlan-langsam"
WORDS = "Kanal 11 war bei mir der beste. 0171 3920014"
MARK = "<script>window.__x=1</script><img src=x onerror=alert(1)>"
HTMX = {"hx-request": "true"}


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def say(client, engine, world, helpful: str) -> str:
    """Say whether the article helped, and return where a tip would be sent."""
    client.post("/de/feedback", data={"revision": str(world.wifi_revision), "helpful": helpful})
    with Session(engine) as session:
        return f"/de/feedback/{session.exec(select(Feedback.public_id)).one()}/tip"


def the_tip(engine) -> Tip:
    with Session(engine) as session:
        return session.exec(select(Tip)).one()


def decide(client, engine, what: str, **fields: str):
    return client.post(
        f"/desk/curation/tips/{the_tip(engine).id}/{what}", data=fields, follow_redirects=False
    )


def test_who_says_yes_is_asked_for_a_tip(visitor, world):
    sent = {"revision": str(world.wifi_revision), "helpful": "yes"}
    page = visitor.post("/de/feedback", data=sent, headers=HTMX).text
    assert 'id="tip"' in page
    assert T("tip.label") in page


def test_who_says_not_yet_is_not(visitor, engine, world):
    where = say(visitor, engine, world, "no")
    assert visitor.get(where).status_code == 404
    assert visitor.post(where, data={"tip": WORDS}).status_code == 404


def test_a_tip_is_acknowledged_and_kept_from_others(visitor, engine, world):
    where = say(visitor, engine, world, "yes")
    for headers in ({}, HTMX):
        assert T("tip.thanks") in visitor.post(where, data={"tip": WORDS}, headers=headers).text
    assert (the_tip(engine).text, the_tip(engine).state) == (WORDS, TipState.RECEIVED)
    assert WORDS not in visitor.get(HERE).text


@pytest.mark.parametrize("words", ["", "   ", "x" * 1_001])
def test_a_tip_without_words_or_with_too_many_is_refused(visitor, engine, world, words):
    answer = visitor.post(say(visitor, engine, world, "yes"), data={"tip": words})
    assert answer.status_code == 422
    assert T("tip.error.text") in answer.text


def test_an_approved_tip_is_shown_in_the_editors_wording(visitor, eddi, engine, world):
    visitor.post(say(visitor, engine, world, "yes"), data={"tip": WORDS})
    decide(eddi, engine, "publication", shown="Kanal 11 ist oft der beste.")
    page = visitor.get(HERE).text
    assert T("dialogue.tips") in page
    assert "Kanal 11 ist oft der beste." in page
    assert "0171" not in page.replace("0800 5550199", "")
    assert "Kanal 11" not in visitor.get("/de/articles/router-einrichten").text


def test_a_tip_can_be_declined_or_taken_back(visitor, eddi, engine, world):
    visitor.post(say(visitor, engine, world, "yes"), data={"tip": WORDS})
    decide(eddi, engine, "publication", shown=WORDS)
    assert decide(eddi, engine, "refusal", was="received").status_code == 409
    assert decide(eddi, engine, "refusal", was="published").status_code == 303
    assert WORDS not in visitor.get(HERE).text
    assert decide(eddi, engine, "publication", shown=WORDS).status_code == 409


def test_after_the_decision_a_tip_cannot_be_exchanged(visitor, eddi, engine, world):
    where = say(visitor, engine, world, "yes")
    visitor.post(where, data={"tip": WORDS})
    decide(eddi, engine, "publication", shown=WORDS)
    visitor.post(where, data={"tip": "Kaufen Sie bei evil.example"})
    assert "evil" not in visitor.get(HERE).text + eddi.get("/desk/curation/tips").text


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("anna", 404), ("eddi", 303)])
def test_only_editors_approve(request, engine, world, who, status):
    visitor = request.getfixturevalue("visitor")
    visitor.post(say(visitor, engine, world, "yes"), data={"tip": WORDS})
    client = request.getfixturevalue(who)
    assert decide(client, engine, "publication", shown=WORDS).status_code == status
    assert (the_tip(engine).state is TipState.PUBLISHED) is (who == "eddi")
    assert (WORDS in visitor.get(HERE).text) is (who == "eddi")
    listed = client.get("/desk/curation/tips?which=published", follow_redirects=False)
    assert (listed.status_code == 303) is (who == "visitor")


def test_an_empty_tip_cannot_be_approved(visitor, eddi, engine, world):
    visitor.post(say(visitor, engine, world, "yes"), data={"tip": WORDS})
    answer = decide(eddi, engine, "publication", shown=" ")
    assert answer.status_code == 422
    assert T("curation.error.tip") in answer.text


def test_a_tip_is_shown_and_never_run(visitor, eddi, engine, world):
    visitor.post(say(visitor, engine, world, "yes"), data={"tip": MARK})
    waiting = eddi.get("/desk/curation/tips").text
    decide(eddi, engine, "publication", shown=MARK)
    for page in (waiting, visitor.get(HERE).text):
        assert "<script>window" not in page
        assert "<img src=x" not in page
        assert re.search(r"hx-disable>\s*&lt;script&gt;", page)
