"""The demo comes with questions that nothing answers, so that there are gaps to look at."""

from datetime import timedelta

from sqlmodel import Session, select

from desk.demonstration import prepare
from kb import clock
from kb.questions.models import Question


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
