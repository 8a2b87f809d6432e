"""The work list: what next, narrowed by filters, found by words and by meaning, with labels."""

import numpy as np
import pytest
from sqlalchemy import event
from sqlmodel import Session

from kb import clock
from kb.access import ANYONE, Role, Viewer
from kb.affect import Mood
from kb.cases import actions, labels, nearness, presence, work_list
from kb.cases.models import Case, CaseState, Priority
from kb.cases.work_list import CaseList, Narrowed, Who
from kb.db import transaction
from retrieval import alike
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.index.stack import Engines


@pytest.fixture
def changed(engine, desk):
    """Otto's case is Anna's, distressed, tagged and to be seen to first."""
    with transaction(engine) as session:
        case = session.get_one(Case, desk.ottos)
        actions.assign(session, case, desk.anna)
        case.mood = Mood.DISTRESSED
        labels.tag(session, case, "Umzug, DSL")
        labels.set_priority(session, case, Priority.HIGH)
    return desk


def ids(engine, which, viewer=None, **narrowed):
    viewer = viewer or Viewer(Role.AGENT, 1)
    with Session(engine) as session:
        found = work_list.listed(session, viewer, which, narrowed=Narrowed(**narrowed))
        return [case.id for case, _ in found]


def test_each_list_answers_another_question(engine, changed):
    assert ids(engine, CaseList.FOR_ME) == [changed.ottos]
    assert ids(engine, CaseList.NEW) == [changed.karlas]
    assert ids(engine, CaseList.DISTRESSED) == [changed.ottos]
    assert ids(engine, CaseList.LONGEST) == [changed.karlas, changed.ottos]
    assert ids(engine, CaseList.OPEN) == [changed.ottos, changed.karlas]  # put first by the team


@pytest.mark.parametrize(
    "wanted",
    [
        {"locale": "en"},
        {"mood": Mood.DISTRESSED},
        {"tag": "umzug"},
        {"priority": Priority.HIGH},
        {"who": Who.ME},
        {"words": "sim gone"},
        {"words": "umzug"},
    ],
)
def test_a_filter_leaves_what_it_names(engine, changed, wanted):
    assert ids(engine, CaseList.OPEN, **wanted) == [changed.ottos]


def test_filters_stand_in_the_address_and_can_be_switched_off_one_by_one(anna, changed):
    page = anna.get("/desk/cases?locale=en&tag=umzug").text
    assert f"/desk/cases/{changed.ottos}" in page
    assert f'"{changed.url}"' not in page
    assert 'href="/desk/cases?list=open&amp;locale=en"' in page
    assert 'href="/desk/cases?list=open&amp;tag=umzug"' in page
    assert "#umzug" in page
    assert anna.get("/desk/cases?locale=xx&mood=mad&who=root&topic=-1").status_code == 200


def test_a_search_finds_what_is_meant_too_and_only_for_staff(engine, desk, tmp_path):
    engines = Engines(HashingEmbedder(), MemoryVectors(), TantivyIndex(tmp_path / "lexical"))
    assert alike.learn(engine, engines) == 2
    assert alike.learn(engine, engines) == 0
    with Session(engine) as session:
        near = alike.near(session, engines, "SIM lost Gone", Viewer(Role.AGENT, 1))
        assert near == [desk.ottos]
        assert alike.near(session, engines, "SIM lost Gone", ANYONE) == []
    assert ids(engine, CaseList.OPEN, words="qqqq", near=(desk.ottos,)) == [desk.ottos]
    with transaction(engine) as session:
        case = session.get_one(Case, desk.ottos)
        actions.say(session, case, author=Viewer(person_id=case.customer_id), body="More")
    assert alike.learn(engine, engines) == 1
    with Session(engine) as session:
        [vector] = [
            row
            for number, row in nearness.vectors(session, Viewer(Role.AGENT, 1), engines.mark)
            if number == desk.ottos
        ]
    assert np.frombuffer(vector, dtype=np.float16).shape == (256,)


def test_a_row_says_what_was_written_and_who_looks(anna, eddi, desk):
    eddi.post(f"/desk/cases/{desk.ottos}/presence")
    page = anna.get("/desk/cases").text
    assert "Gone." in page
    assert "Eddi" in page.split("case-row__looks")[1][:400]
    assert "case-row__looks" not in eddi.get("/desk/cases").text


def test_labels_are_set_on_the_case_and_refused_in_words(anna, desk, engine):
    fragment = {"hx-request": "true"}
    anna.post(f"{desk.url}/tags", data={"tag": " #Umzug , DSL"})
    anna.post(f"{desk.url}/priority", data={"priority": "urgent"})
    with Session(engine) as session:
        assert labels.tags(session, [desk.karlas]) == {desk.karlas: ["dsl", "umzug"]}
        assert session.get_one(Case, desk.karlas).priority is Priority.URGENT
    many = ",".join(str(number) for number in range(13))
    refused = anna.post(f"{desk.url}/tags", data={"tag": many}, headers=fragment)
    assert (refused.status_code, "höchstens 12" in refused.text) == (422, True)
    anna.post(f"{desk.url}/tags/removal", data={"tag": "umzug"})
    page = anna.post(f"{desk.url}/priority", data={"priority": "low"}, headers=fragment).text
    assert "#dsl" in page
    assert "#umzug" not in page
    assert '<option value="low" selected' in page
    assert anna.post(f"{desk.url}/priority", data={"priority": "x"}).status_code == 422
    assert anna.post(f"{desk.url}/topic", data={"topic": "999"}).status_code == 422


def test_who_looks_and_who_writes_is_known_until_they_go(anna, eddi, desk, engine):
    fragment = {"hx-request": "true"}
    eddi.post(f"{desk.url}/presence")
    assert "sieht sich" in anna.post(f"{desk.url}/presence", headers=fragment).text
    eddi.post(f"{desk.url}/draft", data={"body": "CANARYDRAFT", "version": "0", "key": "e"})
    seen = anna.get(desk.url).text
    assert "schreibt gerade" in seen
    assert "CANARYDRAFT" not in seen
    eddi.post(f"{desk.url}/presence", data={"is": "gone"})
    assert "Eddi" not in anna.post(f"{desk.url}/presence", headers=fragment).text
    with transaction(engine) as session:
        presence.seen(session, desk.karlas, desk.eddi)
        session.get_one(presence.CasePresence, (desk.karlas, desk.eddi)).seen_at = (
            clock.now() - presence.HERE * 2
        )
    assert "Eddi" not in anna.post(f"{desk.url}/presence", headers=fragment).text


@pytest.mark.parametrize(
    "below",
    [
        "/draft",
        "/presence",
        "/tags",
        "/tags/removal",
        "/priority",
        "/topic",
        "/messages/1/withdrawal",
    ],
)
def test_nobody_but_staff_has_these(visitor, desk, below):
    answer = visitor.post(f"{desk.url}{below}", data={"body": "x"}, follow_redirects=False)
    assert answer.status_code in {303, 401}
    assert "/desk/sign-in" in answer.headers.get("location", "/desk/sign-in")


def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(engine, desk, anna):
    with transaction(engine) as session:
        customer = session.get_one(Case, desk.ottos).customer_id
        session.add_all(
            Case(subject=f"N {n}", locale="de", state=CaseState.OPEN, customer_id=customer)
            for n in range(300)
        )
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert anna.get("/desk/cases").status_code == 200
    assert len(asked) < 20
