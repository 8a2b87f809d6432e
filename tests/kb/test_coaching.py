"""Plans: written, sent, worked through, and what they were worth."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from kb import clock
from kb.access import Audience, Viewer
from kb.cases import actions as cases
from kb.cases import endings
from kb.cases.models import Case, CaseState, Outcome
from kb.cases.queries import messages as said_in
from kb.coaching import actions, policy, queries, success, templates, writing
from kb.coaching.actions import Happened
from kb.coaching.models import CoachingPlan, EventKind, HelpLevel, PauseReason, PlanState
from kb.coaching.policy import Alarm, Standing, Worked
from kb.coaching.writing import NewPlan, NewStep, PlanEdit, StepEdit, StepText
from kb.db import stored_id, transaction
from kb.errors import CoachingPaused, InvalidInput, StaleRevision

STEPS = ("Ziehen Sie den Stecker.", "Warten Sie.", "Stecken Sie ihn ein.")


@pytest.fixture
def session(engine, world):
    del world
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


def drafted(session: Session, world, *, case: Case | None = None, level=HelpLevel.STEPS):
    piece = world.piece()
    new = NewPlan(
        article_id=piece.article_id,
        revision_id=piece.revision_id,
        title="Router neu starten",
        locale="de",
        hint="Schauen Sie auf die Lampe.",
        steps=[NewStep(StepText(one), origin=n) for n, one in enumerate(STEPS, 1)],
    )
    plan = writing.draft(session, case or world.kims_case, new, by=world.ada.viewer)
    plan.level = level
    return plan


def sent(session: Session, world, **values) -> CoachingPlan:
    plan = drafted(session, world, **values)
    actions.send(session, plan, by=world.ada.viewer, said="Hier geht es los.")
    return plan


def happens(session, plan, kind, number=0, *, key=""):
    step = queries.steps(session, plan.id)[number - 1] if number else None
    key = key or f"{kind}{number}{len(queries.events(session, plan.id))}"
    event = Happened(kind, key, None, step)
    return actions.record(session, plan, event)


def standings(session, plan):
    return [one.standing for one in progress(session, plan).steps]


def progress(session, plan):
    return policy.progress(queries.steps(session, plan.id), queries.events(session, plan.id))


def unchanged(plan, session) -> dict:
    keys = [one.key for one in queries.steps(session, plan.id)]
    return {
        "version": plan.version,
        "title": plan.title,
        "hint": plan.hint,
        "level": plan.level,
        "reason": plan.reason,
        "order": keys,
        "steps": {},
    }


def test_an_article_begins_one_draft_per_case_only(session, world):
    assert drafted(session, world).id == drafted(session, world).id
    other = drafted(session, world, case=world.olafs_case)
    assert other.id != drafted(session, world).id


def test_a_draft_has_no_private_link_yet(session, world):
    plan = drafted(session, world)
    assert queries.by_private_link(session, plan.public_id) is None
    actions.send(session, plan, by=world.ada.viewer, said="Los.")
    assert queries.by_private_link(session, plan.public_id) == plan


def test_a_plan_of_another_case_is_not_found(session, world):
    plan = drafted(session, world)
    assert queries.plan(session, world.kims_case.id, plan.id) == plan
    assert queries.plan(session, world.olafs_case.id, plan.id) is None


def test_steps_are_rewritten_reordered_dropped_and_marked(session, world):
    plan = drafted(session, world)
    first, second, third = queries.steps(session, plan.id)
    change = unchanged(plan, session) | {
        "order": [third.key, first.key, second.key],
        "steps": {
            first.key: StepEdit(StepText("Stecker ziehen.", "Alles ist aus."), dropped=True),
            second.key: StepEdit(StepText("Warten."), already_tried=True),
        },
        "added": [StepText("Rufen Sie uns an.")],
    }
    writing.edit(session, plan, PlanEdit(**change))
    told = [one.instruction for one in queries.steps(session, plan.id)]
    assert told == ["Stecken Sie ihn ein.", "Stecker ziehen.", "Warten.", "Rufen Sie uns an."]
    to_do = [one.step.instruction for one in progress(session, plan).steps]
    assert to_do == ["Stecken Sie ihn ein.", "Rufen Sie uns an."]


def test_of_two_agents_who_edit_at_once_the_second_is_told_and_nothing_is_lost(engine, world):
    with transaction(engine) as session:
        plan = drafted(session, world)
        seen = unchanged(plan, session)
    key = seen["order"][0]

    def edit(words: str) -> None:
        with transaction(engine) as session:
            here = session.get_one(CoachingPlan, plan.id)
            steps = {key: StepEdit(StepText(words))}
            writing.edit(session, here, PlanEdit(**seen | {"steps": steps}))

    edit("Ada war schneller.")
    with pytest.raises(StaleRevision):
        edit("Edda war langsamer.")
    with Session(engine) as session:
        assert queries.steps(session, plan.id)[0].instruction == "Ada war schneller."


@pytest.mark.parametrize(
    ("level", "without", "field"),
    [
        (None, {}, "level"),
        (HelpLevel.FOR_YOU, {"reason": ""}, "reason"),
        (HelpLevel.HINT, {"hint": ""}, "hint"),
    ],
)
def test_a_plan_is_not_sent_without_a_level_and_what_it_needs(
    session, world, level, without, field
):
    plan = drafted(session, world, level=level)
    for name, value in without.items():
        setattr(plan, name, value)
    with pytest.raises(InvalidInput) as told:
        actions.send(session, plan, by=world.ada.viewer, said="Los.")
    assert told.value.details == {"field": field}
    assert plan.state is PlanState.DRAFT


def test_a_plan_without_anything_left_to_do_is_not_sent(session, world):
    plan = drafted(session, world)
    for step in queries.steps(session, plan.id):
        step.already_tried = True
    with pytest.raises(InvalidInput):
        actions.send(session, plan, by=world.ada.viewer, said="Los.")


def test_sent_twice_is_said_once(session, world):
    plan = sent(session, world)
    before = len(cases_said(session, world.kims_case))
    actions.send(session, plan, by=world.ada.viewer, said="Noch einmal.")
    assert len(cases_said(session, world.kims_case)) == before
    assert world.kims_case.state is CaseState.WAITING


def cases_said(session, case):

    return [one.body for one in said_in(session, case.id, for_customer=True)]


def test_the_same_event_counts_once(session, world):
    plan = sent(session, world)
    assert happens(session, plan, EventKind.DONE, 1, key="tap")
    assert not happens(session, plan, EventKind.DONE, 1, key="tap")
    assert len(queries.events(session, plan.id)) == 1


def test_what_did_not_work_leads_to_the_other_way_and_then_to_somebody(session, world):
    plan = sent(session, world)
    queries.steps(session, plan.id)[0].alternative = "Nehmen Sie die Taste hinten."
    happens(session, plan, EventKind.FAILED, 1)
    assert standings(session, plan)[0] is Standing.OTHER_WAY
    happens(session, plan, EventKind.FAILED, 1)
    assert standings(session, plan)[0] is Standing.FAILED
    step = queries.steps(session, plan.id)[0]
    actions.branch(session, plan, step, "Oder so.", by=world.ada.viewer, key="w")
    assert standings(session, plan)[0] is Standing.OTHER_WAY
    happens(session, plan, EventKind.DONE, 1)
    assert progress(session, plan).current.step.instruction == STEPS[1]


def test_without_another_way_one_can_try_again_or_go_on(session, world):
    plan = sent(session, world)
    happens(session, plan, EventKind.FAILED, 1)
    assert standings(session, plan)[0] is Standing.FAILED
    happens(session, plan, EventKind.RETRIED, 1)
    assert standings(session, plan)[0] is Standing.OPEN
    happens(session, plan, EventKind.SKIPPED, 1)
    assert progress(session, plan).done == 1


def alarm(session, plan, *, later=timedelta(0), answered=None):
    events = queries.events(session, plan.id)
    now = progress(session, plan)
    return policy.alarm(plan, events, now, at=clock.now() + later, answered_at=answered)


def test_an_agent_is_told_who_is_stuck_and_why(session, world):
    plan = sent(session, world)
    assert alarm(session, plan, later=policy.STUCK_AFTER * 2) is None, "has not begun"
    happens(session, plan, EventKind.DONE, 1)
    assert alarm(session, plan) is None
    assert alarm(session, plan, later=policy.STUCK_AFTER) is Alarm.IDLE
    happens(session, plan, EventKind.NEEDS_HELP, 2)
    assert alarm(session, plan) is Alarm.HELP
    assert alarm(session, plan, answered=clock.now()) is None, "somebody has answered"
    happens(session, plan, EventKind.FAILED, 2)
    assert alarm(session, plan) is Alarm.FAILED
    assert alarm(session, plan, later=policy.GIVEN_UP_AFTER) is Alarm.FAILED


def test_who_solved_it_themselves_has_solved_it_coached(session, world):
    plan = sent(session, world)
    actions.solve(session, plan)
    actions.solve(session, plan)
    assert (plan.state, plan.outcome) == (PlanState.FINISHED, Outcome.SOLVED_COACHED)
    case = session.get_one(Case, world.kims_case.id)
    assert (case.state, case.outcome) == (CaseState.SOLVED, Outcome.SOLVED_COACHED)


def test_where_somebody_gave_up_is_kept(session, world):
    plan = sent(session, world)
    happens(session, plan, EventKind.DONE, 1)
    plan.sent_at -= policy.GIVEN_UP_AFTER
    queries.events(session, plan.id)[0].happened_at -= policy.GIVEN_UP_AFTER
    actions.settle_all(session)
    assert plan.outcome is Outcome.GAVE_UP
    [lost] = success.losses(session, plan.article_id)
    assert (lost.origin, lost.instruction, lost.people) == (2, STEPS[1], 1)
    assert plan.article_id in queries.failed_articles(session, plan.case_id)


def test_a_case_that_others_have_solved_settles_its_plan(session, world):
    plan = sent(session, world)
    happens(session, plan, EventKind.DONE, 1)
    cases.solve(
        session,
        session.get_one(Case, plan.case_id),
        outcome=Outcome.SOLVED_BY_AGENT,
        helped_by=None,
        by=world.ada.id,
    )
    actions.settle_all(session)
    assert plan.outcome is Outcome.SOLVED_BY_AGENT


def test_who_asked_that_it_be_done_for_them_is_not_coached_again(session, world):
    actions.pause(session, world.kims_case, PauseReason.CUSTOMER, by=world.kim.id)
    plan = drafted(session, world)
    with pytest.raises(CoachingPaused):
        actions.send(session, plan, by=world.ada.viewer, said="Los.")
    plan.level, plan.reason = HelpLevel.FOR_YOU, "Wunsch"
    actions.send(session, plan, by=world.ada.viewer, said="Wir machen es.")
    assert plan.state is PlanState.SENT


def test_a_new_plan_ends_the_one_before(session, world):
    first = sent(session, world)
    second = sent(session, world)
    assert first.id != second.id
    assert first.outcome is Outcome.HANDED_OVER
    assert queries.on_its_way(session, world.kims_case.id) == second


def test_the_least_help_that_worked_is_proposed_with_its_numbers():
    steps = Worked(HelpLevel.STEPS, 4, 3)
    hint = Worked(HelpLevel.HINT, 4, 1)
    together = Worked(HelpLevel.TOGETHER, 9, 9)
    assert policy.propose([], []).level is None, "unknown is said, not guessed"
    found = policy.propose([], [together, steps, hint])
    assert (found.level, found.solved, found.sent) == (HelpLevel.STEPS, 3, 4)
    own = policy.propose([Worked(HelpLevel.HINT, 1, 1)], [steps])
    assert (own.level, own.is_of_customer) == (HelpLevel.HINT, True)
    assert policy.propose([], [Worked(HelpLevel.HINT, 2, 2)]).level is None, "two say nothing"


def test_success_by_level_counts_what_was_reopened_as_not_solved(session, world):
    plan = sent(session, world)
    actions.solve(session, plan)
    case = session.get_one(Case, plan.case_id)
    category = world.category.id
    assert success.by_level(session, category) == [Worked(HelpLevel.STEPS, 1, 1)]
    assert success.by_level(session, category, customer_id=world.olaf.id) == []
    endings.reopen(session, case)
    assert success.was_reopened(session, plan, case)
    assert success.by_level(session, category) == [Worked(HelpLevel.STEPS, 1, 0)]


def test_independence_says_whether_the_next_time_went_without_us(session, world):
    plan = sent(session, world)
    actions.solve(session, plan)
    category = world.category.id
    [later] = success.independence(session, category)
    assert (later.case_id, later.alone) == (None, None), "there was no next time"
    again = cases.open_case(
        session, customer=world.kim, subject="Router", body="Wieder rot.", locale="de"
    )
    cases.link_article(session, again, plan.article_id, by=None)
    [later] = success.independence(session, category, customer_id=world.kim.id)
    assert (later.case_id, later.alone) == (again.id, None), "not over yet"
    endings.solve_by_customer(session, again, helped_by=None)
    [later] = success.independence(session, category)
    assert later.alone is True
    assert success.independence(session, category, customer_id=world.olaf.id) == []


def test_a_template_comes_back_with_how_it_did_and_nothing_of_its_customer(session, world):
    plan = drafted(session, world)
    queries.steps(session, plan.id)[2].dropped = True
    kept = templates.keep(session, plan, title="Router", by=world.ada.viewer)
    assert [one["instruction"] for one in kept.steps] == list(STEPS[:2])
    found = queries.templates(session, world.ada.viewer, [plan.article_id], "de")
    assert found == [kept]
    assert queries.templates(session, Viewer(), [plan.article_id], "de") == []
    shown = queries.source(session, plan.article_id, ["de"])
    begun = writing.draft(
        session, world.olafs_case, templates.as_plan(kept, shown), by=world.ada.viewer
    )
    begun.level = HelpLevel.STEPS
    actions.send(session, begun, by=world.ada.viewer, said="Los.")
    actions.solve(session, begun)
    assert success.of_templates(session, [stored_id(kept.id)])[kept.id] == success.Count(1, 1)
    templates.retire(session, kept)
    assert queries.templates(session, world.ada.viewer, [plan.article_id], "de") == []


def test_only_what_anyone_may_read_is_coached(session, world):

    staff = world.piece(audience=Audience.STAFF)
    assert queries.source(session, staff.article_id, ["de"]) is None
    assert queries.source(session, world.piece().article_id, ["de"]) is not None
