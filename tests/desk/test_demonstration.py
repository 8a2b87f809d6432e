"""The demo comes with readers: what nothing answers makes gaps, and what helped is seen."""

import json
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from desk.demo_readers import ask_lately
from desk.demonstration import EDITOR, prepare
from kb import clock
from kb.access import Role
from kb.db import transaction
from kb.golden.models import GoldenQuestion
from kb.people.actions import add_person
from kb.questions.models import Feedback, Question


def test_a_demo_that_is_new_has_questions_without_an_answer_and_only_once(monkeypatch, engine):
    monkeypatch.setattr("desk.demonstration.import_demo", lambda *_: [])
    prepare(engine, lambda *_: None)
    with Session(engine) as session:
        asked = session.exec(select(Question)).all()
    assert len({one.text for one in asked}) == len(asked) == 20
    assert {one.locale for one in asked} == {"de", "en"}
    assert all(one.answer is None and one.reason for one in asked)
    assert all(clock.now() - one.asked_at < timedelta(days=28) for one in asked)
    prepare(engine, lambda *_: None)
    with Session(engine) as session:
        assert len(session.exec(select(Question)).all()) == 20


@pytest.mark.usefixtures("world")
def test_a_demo_that_is_new_was_read_lately(engine, retrieval, tmp_path):
    lines = [
        {"locale": "de", "text": "Mein WLAN ist langsam", "times": 6, "solved": 3, "not_yet": 1},
        {"locale": "de", "text": "Zollamt Feuerwehr", "times": 2, "solved": 1, "not_yet": 0},
    ]
    (tmp_path / "asked.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with transaction(engine) as session:
        add_person(session, name="E", login=EDITOR, role=Role.EDITOR, password="x" * 12)
    gathered = []
    retrieval.gather = lambda *told: gathered.append(told)
    ask_lately(engine, retrieval, lambda *_: None, tmp_path)
    with Session(engine) as session:
        asked = session.exec(select(Question)).all()
        said = session.exec(select(Feedback)).all()
        golden = session.exec(select(GoldenQuestion)).all()
    known = [one for one in asked if one.text == "Mein WLAN ist langsam"]
    assert len(known) == 6
    assert all(one.citations for one in known)
    assert len({one.public_id for one in known}) == 6
    assert len({one.asked_at.date() for one in known}) > 2
    assert all(timedelta() < clock.now() - one.asked_at < timedelta(days=43) for one in known)
    assert sorted(one.helpful for one in said) == [False, True, True, True]
    assert len(gathered) == 1
    assert [one.words for one in golden] == ["Mein WLAN ist langsam"]
    assert [one.answer for one in asked if one not in known] == [None, None]
