"""A customer ends a case, takes it up again for two weeks, follows it up later, rates it once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from kb import clock, outbox
from kb.access import Viewer
from kb.cases import actions, endings, policy, queries
from kb.cases.models import Case, CaseState, Outcome
from kb.db import transaction
from kb.errors import CaseEnded, InvalidInput
from tests.world import World


def kims(session: Session, world: World) -> Case:
    return session.get_one(Case, world.kims_case.id)


def test_who_has_answered_tells_how_it_was_solved(engine: Engine, world: World):
    with transaction(engine) as session:
        answered, alone = kims(session, world), session.get_one(Case, world.olafs_case.id)
        for case in (answered, alone):
            endings.solve_by_customer(session, case, helped_by=None)
            assert case.state is CaseState.SOLVED
        assert (answered.outcome, alone.outcome) == (Outcome.SOLVED_BY_AGENT, Outcome.SOLVED_ALONE)


def test_an_internal_note_is_no_answer(engine: Engine, world: World):
    with transaction(engine) as session:
        case = session.get_one(Case, world.olafs_case.id)
        actions.say(session, case, author=world.ada.viewer, body="note", internal=True)
        assert endings.outcome_of(session, case) is Outcome.SOLVED_ALONE


def test_only_a_linked_article_can_have_helped(engine: Engine, world: World):
    article = world.piece().article_id
    with transaction(engine) as session:
        case = kims(session, world)
        with pytest.raises(InvalidInput):
            endings.solve_by_customer(session, case, helped_by=article)
        actions.link_article(session, case, article, by=world.ada.id)
        endings.solve_by_customer(session, case, helped_by=article)
        session.flush()
        [link] = queries.linked_articles(session, case.id or 0)
        assert link.helped


@pytest.mark.parametrize("state", [CaseState.SOLVED, CaseState.CLOSED])
@pytest.mark.parametrize(("days", "outcome"), [(0, "open"), (13.9, "open"), (15, "refused")])
def test_a_case_can_be_taken_up_again_for_two_weeks(
    engine: Engine, world: World, state: CaseState, days: float, outcome: str
):
    with transaction(engine) as session:
        case = kims(session, world)
        actions.set_state(session, case, state)
        case.updated_at = clock.now() - timedelta(days=days)
        if outcome == "open":
            endings.reopen(session, case)
            assert (case.state, case.solved_at) == (CaseState.OPEN, None)
        else:
            with pytest.raises(CaseEnded):
                endings.reopen(session, case)
        assert policy.takes_an_answer(case, at=clock.now()) is (outcome == "open")


def test_a_sequel_knows_what_it_follows_and_is_opened_once(engine: Engine, world: World):
    with transaction(engine) as session:
        earlier = kims(session, world)
        first = endings.open_sequel(session, earlier, body="Schon wieder.", key="k")
        again = endings.open_sequel(session, earlier, body="Schon wieder.", key="k")
        assert first.id == again.id != earlier.id
        assert first.customer_id == earlier.customer_id
        assert endings.earlier_of(session, first) == earlier
        assert endings.earlier_of(session, earlier) is None


def test_the_first_rating_counts(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        with pytest.raises(InvalidInput):
            endings.rate(session, case, stars=5)
        endings.solve_by_customer(session, case, helped_by=None)
        for stars in (0, 6, -1):
            with pytest.raises(InvalidInput):
                endings.rate(session, case, stars=stars)
        endings.rate(session, case, stars=4, comment=" gut ")
        endings.rate(session, case, stars=1, comment="doch nicht")
        given = endings.rating(session, case)
        assert given is not None
        assert (given.stars, given.comment) == (4, "gut")


def _changes(world: World) -> dict[str, Callable[[Session, Case], object]]:
    ada, article = world.ada.viewer, world.piece().article_id
    kim = Viewer(person_id=world.kim.id)
    return {
        "say": lambda s, case: actions.say(s, case, author=kim, body="x"),
        "note": lambda s, case: actions.say(s, case, author=ada, body="x", internal=True),
        "assign": lambda s, case: actions.assign(s, case, ada.person_id),
        "state": lambda s, case: actions.set_state(s, case, CaseState.CLOSED),
        "link": lambda s, case: actions.link_article(s, case, article, by=None, helped=True),
        "unlink": lambda s, case: actions.unlink_article(s, case, article),
        "solve": lambda s, case: endings.solve_by_customer(s, case, helped_by=None),
        "rate": lambda s, case: endings.rate(s, case, stars=3),
    }


@pytest.mark.parametrize(
    "what", ["say", "note", "assign", "state", "link", "unlink", "solve", "rate"]
)
def test_whatever_changes_a_case_leaves_a_note_that_the_index_does_not_follow(
    engine: Engine, world: World, what: str
):
    with transaction(engine) as session:
        case = kims(session, world)
        actions.link_article(session, case, world.piece().article_id, by=None)
        if what == "rate":
            endings.solve_by_customer(session, case, helped_by=None)
    with transaction(engine) as session:
        case = kims(session, world)
        before, indexed = outbox.position(session), outbox.position(session, outbox.INDEXED)
        _changes(world)[what](session, case)
        session.flush()
        assert outbox.since(session, before)[outbox.Subject.CASE] == {case.id}
        assert outbox.position(session, outbox.INDEXED) == indexed
