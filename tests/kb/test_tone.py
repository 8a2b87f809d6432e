"""How a case sounds: the worst of what its customer wrote last, unless an agent knows better."""

import pytest
from sqlmodel import Session

from kb.access import Role, Viewer
from kb.affect import Affect, Mood, Urgency
from kb.cases import actions, policy, tone, work_list
from kb.cases.models import Case
from kb.cases.work_list import CaseList
from kb.db import transaction

CUSTOMER, AGENT = Viewer(Role.CUSTOMER), Viewer(Role.AGENT)
NEED = Affect(Mood.DISTRESSED, Urgency.URGENT, ("safety",))
ANNOYED = Affect(Mood.FRUSTRATED, Urgency.NORMAL, ("anger",))


@pytest.fixture
def session(engine, world):  # noqa: ARG001  # the cast lives in the database
    with transaction(engine) as opened:
        yield opened


@pytest.fixture
def case(session, world) -> Case:
    return session.get_one(Case, world.kims_case.id)


def write(session: Session, case: Case, affect: Affect) -> None:
    tone.note(session, actions.say(session, case, author=CUSTOMER, body="x"), affect)


def test_a_case_sounds_like_the_worst_since_the_last_answer(session, case):
    write(session, case, NEED)
    write(session, case, Affect())
    assert (case.mood, case.urgency) == (Mood.DISTRESSED, Urgency.URGENT)
    actions.say(session, case, author=AGENT, body="Wir kümmern uns.")
    write(session, case, ANNOYED)
    assert (case.mood, case.urgency, case.affect_reasons) == (
        Mood.FRUSTRATED,
        Urgency.NORMAL,
        ["anger"],
    )


def test_what_an_agent_said_is_raised_by_later_messages_but_not_lowered(session, case):
    write(session, case, ANNOYED)
    made = tone.correct(session, case, mood=Mood.DISTRESSED, urgency=Urgency.NORMAL, by=None)
    assert (made.mood_before, made.mood) == (Mood.FRUSTRATED, Mood.DISTRESSED)
    write(session, case, Affect())
    assert (case.mood, case.urgency) == (Mood.DISTRESSED, Urgency.NORMAL)
    write(session, case, NEED)
    assert case.urgency is Urgency.URGENT


def test_the_order_of_the_list_is_the_rule_in_sql(session, world):
    cases = [session.get_one(Case, one.id) for one in (world.kims_case, world.olafs_case)]
    for one, affect in zip(cases, (Affect(), NEED), strict=True):
        write(session, one, affect)
    found = [one for one, _ in work_list.listed(session, AGENT, CaseList.OPEN, by_mood=True)]
    assert [policy.precedence(one) for one in found] == sorted(
        map(policy.precedence, found), reverse=True
    )
    assert policy.precedence(found[0]) == 2


def test_only_customers_words_in_unfinished_cases_are_listened_to(session, case):
    before = {one.id for one in tone.unheard(session)}
    said = actions.say(session, case, author=AGENT, body="Hallo")
    heard = actions.say(session, case, author=CUSTOMER, body="Hallo")
    after = {one.id for one in tone.unheard(session)} - before
    assert after == {heard.id}
    assert said.id not in after
