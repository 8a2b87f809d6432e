"""Findings on the desk: side by side, settled with a reason or by merging; who sees which."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from sqlmodel import Session

from desk import i18n
from desk.curate.findings.marking import spans
from desk.curate.findings.work import work
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.articles.models import Article, Revision
from kb.db import stored_id, transaction
from kb.findings import actions
from kb.findings.actions import Evidence, Found
from kb.findings.models import Finding, FindingKind, FindingState, Matter
from tests.desk.conftest import PASSWORD, sign_in

T = i18n.words("de")
HERE = "/desk/curation/findings"
MARK = "<script>window.__x=1</script><img src=x onerror=alert(1)>"
CANARY = "kanaribdfgkmnprst"


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def planted(engine, *, words: str = "14 Tagen", right: Audience = Audience.PUBLIC) -> int:
    """Keep a finding about two articles on show."""
    with transaction(engine) as session:
        sides = []
        for name, said, audience in (
            ("left", words, Audience.PUBLIC),
            ("right", f"30 Tagen {CANARY}", right),
        ):
            article = articles.create_article(session, source_key=name, audience=audience)
            body = f"Rückgabe innerhalb von {said}."
            revision = articles.revise(
                session, article, locale="de", draft=Draft(f"Titel {name}", body, slug=name)
            )
            articles.publish(session, article, revision)
            sides.append(
                Evidence(
                    stored_id(article.id),
                    stored_id(revision.id),
                    "de",
                    "",
                    "",
                    body,
                    body,
                    (said.split(" kanari")[0],),
                )
            )
        what = Found(FindingKind.CONTRADICTION, Matter.DURATION, 0.9, (sides[0], sides[1]))
        return stored_id(actions.keep(session, what, rules="1").id)


def state(engine, number: int) -> FindingState:
    with Session(engine) as session:
        return session.get_one(Finding, number).state


def test_both_sides_stand_beside_each_other_with_the_words_marked(eddi, engine):
    number = planted(engine)
    page = eddi.get(f"{HERE}/{number}").text
    assert "<mark>14 Tagen</mark>" in page
    assert "<mark>30 Tagen</mark>" in page
    assert page.count(T("findings.edit")) == 2
    assert f"{HERE}/{number}" in eddi.get(HERE).text


def test_the_same_evidence_is_one_finding_and_stays_dismissed(eddi, engine):
    number = planted(engine)
    sent = eddi.post(f"{HERE}/{number}/dismissal", data={"quick": "cases"}, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, HERE)
    with transaction(engine) as session:
        old = session.get_one(Finding, number)
        sides = [
            Evidence(
                getattr(old, f"{name}_article_id"),
                getattr(old, f"{name}_revision_id"),
                "de",
                "",
                "",
                getattr(old, f"{name}_passage"),
                getattr(old, f"{name}_statement"),
            )
            for name in ("right", "left")
        ]
        what = Found(FindingKind.CONTRADICTION, Matter.DURATION, 0.8, (sides[0], sides[1]))
        assert actions.keep(session, what, rules="2").id == number
    assert state(engine, number) is FindingState.DISMISSED


def test_a_reason_is_asked_for(eddi, engine):
    number = planted(engine)
    answer = eddi.post(f"{HERE}/{number}/dismissal", data={"reason": " "})
    assert answer.status_code == 422
    assert T("findings.error.reason") in answer.text
    assert state(engine, number) is FindingState.OPEN


def test_merging_archives_one_and_leads_its_address_to_the_other(eddi, visitor, engine):
    number = planted(engine)
    sent = eddi.post(f"{HERE}/{number}/merger", data={"keep": "left"}, follow_redirects=False)
    assert sent.status_code == 303
    moved = visitor.get("/de/articles/right", follow_redirects=False)
    assert moved.headers["location"].startswith("/de/articles/left")
    assert visitor.get("/de/articles/left").status_code == 200
    assert state(engine, number) is FindingState.RESOLVED


def test_a_public_article_is_not_merged_into_one_for_staff(eddi, visitor, engine):
    number = planted(engine, right=Audience.STAFF)
    answer = eddi.post(f"{HERE}/{number}/merger", data={"keep": "right"})
    assert answer.status_code == 422
    assert visitor.get("/de/articles/left").status_code == 200


def test_a_change_of_the_text_settles_it(eddi, engine):
    number = planted(engine)
    with transaction(engine) as session:
        article = session.get_one(Article, session.get_one(Finding, number).left_article_id)
        draft = Draft("Titel left", "Rückgabe innerhalb von 30 Tagen.")
        revision = articles.revise(session, article, locale="de", draft=draft)
        articles.publish(session, article, revision)
        assert actions.settle(session, "1") == 1
    assert state(engine, number) is FindingState.RESOLVED
    assert f"{HERE}/{number}" not in eddi.get(HERE).text


def test_a_pair_across_audiences_is_for_editors_only(visitor, anna, eddi, engine):
    number = planted(engine, right=Audience.STAFF)
    assert CANARY in eddi.get(f"{HERE}/{number}").text
    for path in (HERE, f"{HERE}/{number}"):
        assert CANARY not in anna.get(path).text
    assert anna.get(f"{HERE}/{number}").status_code == 404
    assert visitor.get(f"{HERE}/{number}", follow_redirects=False).status_code in {303, 401}


def test_an_agent_may_look_and_not_decide(anna, engine):
    number = planted(engine)
    assert anna.get(f"{HERE}/{number}").status_code == 200
    sent = anna.post(f"{HERE}/{number}/dismissal", data={"quick": "cases"})
    assert sent.status_code == 404
    assert state(engine, number) is FindingState.OPEN


def test_what_stands_in_an_article_does_nothing_on_the_page(eddi, engine):
    page = eddi.get(f"{HERE}/{planted(engine, words=MARK)}").text
    assert "<script>window" not in page
    assert "<img src=x" not in page


def test_open_findings_are_work_for_today(engine):
    number = planted(engine)
    with Session(engine) as session:
        [task] = [one for one in work(session) if one.subject == str(number)]
    assert task.url == f"{HERE}/{number}"


def test_marks_are_found_in_the_statement_alone():
    parts = spans("30 Tage. Nach 30 Tagen endet es.", "Nach 30 Tagen endet es.", ["30 Tagen"])
    assert [(one.weight.value, one.text) for one in parts] == [
        ("around", "30 Tage. "),
        ("statement", "Nach "),
        ("mark", "30 Tagen"),
        ("statement", " endet es."),
    ]


def test_revisions_are_named_by_every_finding(engine):
    number = planted(engine)
    with Session(engine) as session:
        finding = session.get_one(Finding, number)
        assert session.get(Revision, finding.left_revision_id) is not None
