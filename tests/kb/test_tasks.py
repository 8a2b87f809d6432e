"""Today's tasks: what is put off comes back in time, what is put away when more speaks for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kb import clock
from kb.curation import effect, marks
from kb.curation.health import Share
from kb.curation.marks import Dismissal, Rest
from kb.curation.tasks import Task, TaskKind, evidence_of
from kb.db import transaction
from kb.errors import InvalidInput, NotAllowed

TASK = Task(
    kind=TaskKind.GAP,
    subject="abc",
    title_words={"title": "Vertrag übertragen"},
    url="/desk/curation/gaps/abc",
    weight=4.0,
    evidence=evidence_of([1, 2]),
    since=clock.now(),
)


def due(session, task=TASK, *, days=0) -> bool:
    mark = marks.of_tasks(session, [task]).get(task.key)
    return marks.is_due(task, mark, now=clock.now() + timedelta(days=days))


def test_a_task_that_rests_comes_back_when_its_time_is_over(engine, world):
    with transaction(engine) as session:
        marks.put_off(session, TASK, Rest.WEEK, by=world.edda.viewer)
        assert not due(session, days=6)
        assert due(session, days=8)


@pytest.mark.parametrize(
    ("evidence", "weight", "is_back"),
    [([1, 2], 40.0, False), ([1, 2, 3], 5.0, False), ([1, 2, 3], 6.0, True)],
    ids=["same evidence", "a little more", "clearly more"],
)
def test_a_dismissed_task_is_back_only_with_clearly_more_evidence(
    engine, world, evidence, weight, is_back
):
    with transaction(engine) as session:
        marks.dismiss(session, TASK, Dismissal.NOT_WORTH, by=world.edda.viewer)
        assert not due(session, days=400)
        now = replace(TASK, evidence=evidence_of(evidence), weight=weight)
        assert due(session, now) is is_back


def test_putting_away_needs_a_reason(engine, world):
    with transaction(engine) as session, pytest.raises(InvalidInput):
        marks.dismiss(session, TASK, None, by=world.edda.viewer)


def test_agents_decide_nothing(engine, world):
    with transaction(engine) as session:
        for decide in (
            lambda: marks.assign(session, TASK, to=world.ada.id, by=world.ada.viewer),
            lambda: marks.put_off(session, TASK, Rest.MONTH, by=world.ada.viewer),
            lambda: marks.dismiss(session, TASK, Dismissal.DONE, by=world.ada.viewer),
            lambda: marks.take_back(session, TASK.kind, TASK.subject, by=world.ada.viewer),
        ):
            with pytest.raises(NotAllowed):
                decide()


def test_what_was_put_away_can_be_taken_back(engine, world):
    with transaction(engine) as session:
        marks.dismiss(session, TASK, Dismissal.NOT_TRUE, by=world.edda.viewer)
        marks.take_back(session, TASK.kind, TASK.subject, by=world.edda.viewer)
        assert due(session)


def test_evidence_is_the_same_in_any_order():
    assert evidence_of([1, 2]) == evidence_of([2, 1]) != evidence_of([1, 2, 3])


def test_the_share_that_writes_to_us_is_believed_less_the_more_is_known():
    assert effect.share_of_contacts(unanswered=0, wrote=0) == pytest.approx(0.3)
    assert effect.share_of_contacts(unanswered=980, wrote=94) == pytest.approx(0.1)
    assert effect.share_of_contacts(unanswered=1, wrote=90) == 1.0


def test_contacts_a_month_are_the_sum_that_is_shown():
    told = effect.of_article(10, 0.5, reports=2, cases=1)
    assert told.weight == pytest.approx((12 * 0.5 + 1) * 30 / 28)


def test_few_answers_say_little():
    few, many = Share(2, 2), Share(200, 200)
    assert few.low == pytest.approx(0.342, abs=0.001)
    assert many.low > 0.98
    assert (Share(0, 0).low, Share(0, 0).high) == (0.0, 1.0)
