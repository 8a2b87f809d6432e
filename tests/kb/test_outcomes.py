"""How help episodes ended, whether it held, and whether people need us less the next time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from kb.cases import actions as cases
from kb.cases import ended, endings
from kb.cases.models import Case, CaseState, Outcome
from kb.coaching import actions, episodes, losses, queries, writing
from kb.coaching.actions import Happened
from kb.coaching.models import EventKind, HelpLevel
from kb.coaching.outcomes import Ended, Help, Holding, independence
from kb.coaching.outcomes import episodes as decided
from kb.coaching.writing import NewPlan, NewStep, StepText

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)


def an_end(outcome=Outcome.SOLVED_COACHED, *, days=30, case=1, reopened=None, topic=5) -> Ended:
    at = NOW - days * DAY
    again = at + reopened * DAY if reopened is not None else None
    return Ended(case, 9, topic, outcome, at, again)


@pytest.mark.parametrize(
    ("outcome", "days", "reopened", "holding"),
    [
        (Outcome.SOLVED_ALONE, 30, None, Holding.HOLDS),
        (Outcome.SOLVED_COACHED, 7, None, Holding.HOLDS),
        (Outcome.SOLVED_COACHED, 6, None, Holding.TOO_EARLY),
        (Outcome.SOLVED_COACHED, 30, 6, Holding.REOPENED),
        (Outcome.SOLVED_BY_AGENT, 30, 8, Holding.HOLDS),
        (Outcome.SOLVED_COACHED, 3, 1, Holding.REOPENED),
        (Outcome.GAVE_UP, 30, None, Holding.NOT_SOLVED),
        (Outcome.UNKNOWN, 30, None, Holding.NOT_SOLVED),
    ],
)
def test_what_is_taken_up_again_within_seven_days_was_not_solved(outcome, days, reopened, holding):
    [episode] = decided([an_end(outcome, days=days, reopened=reopened)], [], now=NOW)
    assert episode.holding is holding


def test_the_level_is_that_of_the_plan_that_helped_and_a_plan_belongs_to_the_end_after_it():
    first = Help(NOW - 40 * DAY, HelpLevel.HINT, Outcome.HANDED_OVER, lost_at=3)
    second = Help(NOW - 35 * DAY, HelpLevel.STEPS, Outcome.SOLVED_COACHED)
    third = Help(NOW - 9 * DAY, HelpLevel.TOGETHER, Outcome.SOLVED_COACHED)
    ends = [an_end(days=30, reopened=21), an_end(days=8)]
    found = decided(ends, [first, second, third], now=NOW)
    assert [one.level for one in found] == [HelpLevel.STEPS, HelpLevel.TOGETHER]
    assert [one.lost_at for one in found] == [3, None]


def test_a_plan_that_was_given_up_tells_what_nobody_else_knows():
    gone = Help(NOW - 40 * DAY, HelpLevel.STEPS, Outcome.GAVE_UP, lost_at=2)
    [episode] = decided([an_end(Outcome.UNKNOWN)], [gone], now=NOW)
    assert (episode.outcome, episode.lost_at, episode.level) == (Outcome.GAVE_UP, 2, None)


def test_independence_is_the_next_time_of_the_same_person_on_the_same_topic():
    def episode(outcome, *, case, days, topic=5):
        return decided([an_end(outcome, case=case, days=days, topic=topic)], [], now=NOW)[0]

    told = [
        episode(Outcome.SOLVED_COACHED, case=1, days=60),
        episode(Outcome.SOLVED_ALONE, case=2, days=40),
        episode(Outcome.SOLVED_BY_AGENT, case=3, days=30),
        episode(Outcome.SOLVED_ALONE, case=4, days=20, topic=6),
        episode(Outcome.SOLVED_COACHED, case=5, days=10, topic=None),
    ]
    found = {one.case_id: (one.next_id, one.alone) for one in independence(told)}
    assert found == {1: (2, True), 3: (None, None)}
    open_now = Ended(7, 9, 5, Outcome.UNKNOWN, NOW)
    found = {one.case_id: one for one in independence(told, still_open=[open_now])}
    assert (found[3].next_id, found[3].alone) == (7, None)


@pytest.fixture
def session(engine, world):
    del world
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


def coached(session: Session, world, case: Case | None = None):
    piece = world.piece()
    steps = [NewStep(StepText(f"Schritt {n}."), origin=n) for n in (1, 2, 3)]
    new = NewPlan(piece.article_id, piece.revision_id, "Router", "de", steps)
    plan = writing.draft(session, case or world.kims_case, new, by=world.ada.viewer)
    plan.level = HelpLevel.STEPS
    actions.send(session, plan, by=world.ada.viewer, said="Los.")
    return plan


def happens(session: Session, plan, kind: EventKind, number: int) -> None:
    step = queries.steps(session, plan.id)[number - 1]
    actions.record(session, plan, Happened(kind, f"{kind}{number}", None, step))


def test_every_end_of_a_case_is_kept_and_when_it_was_taken_up_again(session, world):
    case = session.get_one(Case, world.kims_case.id)
    cases.solve(session, case, outcome=Outcome.SOLVED_BY_AGENT, helped_by=None, by=None)
    cases.solve(session, case, outcome=Outcome.SOLVED_COACHED, helped_by=None, by=None)
    endings.reopen(session, case)
    cases.set_state(session, case, CaseState.CLOSED)
    first, second = ended.endings(session, [case.id])
    assert first.outcome is Outcome.SOLVED_COACHED
    assert first.reopened_at is not None
    assert second.reopened_at is None
    note = {"author": world.ada.viewer, "body": "Danke.", "internal": True}
    cases.say(session, case, **note)
    assert len(ended.endings(session, [case.id])) == 2


def test_a_coached_case_tells_its_level_and_whether_the_next_one_needed_us(session, world):
    case = session.get_one(Case, world.kims_case.id)
    plan = coached(session, world, case)
    actions.solve(session, plan)
    episode = episodes.of_case(session, case)
    assert (episode.outcome, episode.level) == (Outcome.SOLVED_COACHED, HelpLevel.STEPS)
    assert episode.holding is Holding.TOO_EARLY
    assert episodes.next_time(session, case).next_id is None
    again = cases.open_case(
        session, customer=world.kim, subject="Router", body="Wieder.", locale="de"
    )
    cases.link_article(session, again, plan.article_id, by=None)
    assert episodes.next_time(session, case).alone is None
    cases.solve(session, again, outcome=Outcome.SOLVED_ALONE, helped_by=None, by=None)
    told = episodes.next_time(session, case)
    assert (told.next_id, told.alone) == (again.id, True)
    assert episodes.independence(session, customer_id=world.olaf.id) == []


def test_a_step_loses_whoever_does_not_get_further(session, world):
    plan = coached(session, world)
    happens(session, plan, EventKind.DONE, 1)
    happens(session, plan, EventKind.FAILED, 2)
    actions.end(session, plan, Outcome.GAVE_UP)
    other = coached(session, world, world.olafs_case)
    happens(session, other, EventKind.FAILED, 1)
    happens(session, other, EventKind.DONE, 1)
    unopened = coached(session, world, world.olafs_case)
    told = losses.of_article(session, unopened.article_id)
    assert [(one.origin, one.reached, one.done, one.failed, one.left) for one in told] == [
        (1, 2, 2, 1, 0),
        (2, 2, 0, 1, 2),
    ]
    assert losses.articles(session) == [(plan.article_id, 3, 2)]
