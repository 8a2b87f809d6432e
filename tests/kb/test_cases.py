"""A case from the first message to its solution."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb.access import Role, Viewer
from kb.cases import actions, policy, queries, work_list
from kb.cases.models import (
    Case,
    CaseState,
    Fate,
    Message,
    Outcome,
    SolutionState,
    SuggestionKind,
    TrailKind,
)
from kb.cases.work_list import CaseList, Narrowed
from kb.db import stored_id, transaction
from kb.errors import InvalidInput
from tests.world import World


def kims(session: Session, world: World) -> Case:
    return session.get_one(Case, stored_id(world.kims_case.id))


@pytest.mark.parametrize(
    ("state", "author", "after"),
    [
        (CaseState.NEW, Role.CUSTOMER, CaseState.NEW),
        (CaseState.NEW, Role.AGENT, CaseState.WAITING),
        (CaseState.OPEN, Role.CUSTOMER, CaseState.OPEN),
        (CaseState.OPEN, Role.AGENT, CaseState.WAITING),
        (CaseState.WAITING, Role.CUSTOMER, CaseState.OPEN),
        (CaseState.WAITING, Role.AGENT, CaseState.WAITING),
        (CaseState.SOLVED, Role.CUSTOMER, CaseState.OPEN),
        (CaseState.SOLVED, Role.AGENT, CaseState.WAITING),
        (CaseState.CLOSED, Role.CUSTOMER, CaseState.CLOSED),
        (CaseState.CLOSED, Role.AGENT, CaseState.CLOSED),
    ],
)
def test_a_message_moves_the_case_on(
    engine: Engine, world: World, state: CaseState, author: Role, after: CaseState
):
    with transaction(engine) as session:
        case = kims(session, world)
        case.state = state
        actions.say(session, case, author=Viewer(author), body="Hallo")
    with Session(engine) as session:
        assert kims(session, world).state is after


@pytest.mark.parametrize("state", list(CaseState))
def test_an_internal_note_moves_nothing(engine: Engine, world: World, state: CaseState):
    with transaction(engine) as session:
        case = kims(session, world)
        case.state = state
        actions.say(session, case, author=world.ada.viewer, body="Psst", internal=True)
        assert case.state is state


def test_a_customer_cannot_write_an_internal_note(engine: Engine, world: World):
    with transaction(engine) as session:
        message = actions.say(
            session, kims(session, world), author=world.kim.viewer, body="Psst", internal=True
        )
        assert not message.is_internal


def test_a_solved_case_that_is_answered_is_solved_no_more(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        actions.solve(session, case, outcome=Outcome.SOLVED_BY_AGENT, helped_by=None, by=None)
        assert case.solved_at is not None
        actions.say(session, case, author=world.kim.viewer, body="Geht doch nicht.")
        assert (case.state, case.solved_at) == (CaseState.OPEN, None)


def olafs(session: Session, world: World) -> Case:
    return session.get_one(Case, stored_id(world.olafs_case.id))


def test_a_new_case_is_open_once_somebody_has_it(engine: Engine, world: World):
    with transaction(engine) as session:
        case = session.get_one(Case, stored_id(world.olafs_case.id))
        actions.assign(session, case, world.ada.id)
        assert (case.state, case.assignee_id) == (CaseState.OPEN, world.ada.id)
        actions.assign(session, case, None)
        assert (case.state, case.assignee_id) == (CaseState.OPEN, None)


def test_a_message_sent_twice_is_said_once(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        for _ in range(2):
            actions.say(
                session, case, author=world.kim.viewer, body="Hallo?", idempotency_key="k1"
            )
    with transaction(engine) as session:
        again = actions.say(
            session, kims(session, world), author=world.kim.viewer, body="x", idempotency_key="k1"
        )
        assert again.body == "Hallo?"
    with Session(engine) as session:
        said = session.exec(select(Message.body).where(Message.idempotency_key == "k1")).all()
    assert list(said) == ["Hallo?"]


def test_a_key_used_in_another_case_hides_nothing_there(engine: Engine, world: World):
    with transaction(engine) as session:
        for case, words in ((kims(session, world), "Kim"), (olafs(session, world), "Olaf")):
            said = actions.say(
                session, case, author=world.kim.viewer, body=words, idempotency_key="k1"
            )
            assert (said.body, said.case_id) == (words, case.id)


def test_messages_without_a_key_are_each_their_own(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        ids = {
            actions.say(
                session, case, author=world.kim.viewer, body="Hallo?", idempotency_key=key
            ).id
            for key in (None, "", None)
        }
    assert len(ids) == 3


@pytest.mark.parametrize("body", ["", "  \n", "\x00\u200b", "x" * 20_001])
def test_an_empty_or_endless_message_is_refused(engine: Engine, world: World, body: str):
    with pytest.raises(InvalidInput) as told, transaction(engine) as session:
        actions.say(session, kims(session, world), author=world.kim.viewer, body=body)
    assert told.value.details == {"field": "body"}
    with pytest.raises(InvalidInput), transaction(engine) as session:
        actions.open_case(session, customer=world.kim, subject="S", body=body, locale="de")


def test_a_private_link_cannot_be_guessed(engine: Engine, world: World):
    with transaction(engine) as session:
        links = {
            actions.open_case(
                session, customer=world.kim, subject="S", body="B", locale="de"
            ).public_id
            for _ in range(50)
        }
    assert len(links) == 50
    assert min(map(len, links)) >= 32  # 192 bits
    assert all(len({link[at] for link in links}) > 10 for at in range(32))


def test_what_was_tried_before_travels_with_the_case(engine: Engine, world: World):
    article_id = world.piece().article_id
    steps = [
        actions.Step(TrailKind.ASKED, "WLAN\nlangsam?", was_answered=True),
        actions.Step(TrailKind.READ, "WLAN ist langsam", article_id=article_id),
    ]
    with transaction(engine) as session:
        case = actions.open_case(
            session, customer=world.kim, subject="", body="Hilfe! " * 30, locale="de", trail=steps
        )
        case_id = stored_id(case.id)
    with Session(engine) as session:
        trail = queries.trail(session, case_id)
        subject = session.get_one(Case, case_id).subject
    assert [(step.kind, step.text, step.article_id) for step in trail] == [
        (TrailKind.ASKED, "WLAN langsam?", None),
        (TrailKind.READ, "WLAN ist langsam", article_id),
    ]
    assert subject.startswith("Hilfe! Hilfe!")
    assert len(subject) <= 80


def test_solution_ids_are_never_used_again(engine: Engine, world: World):
    """An index that still holds the old id must not show the new solution's words for it."""
    essence = actions.Essence(problem="P2", resolution="R2")
    with transaction(engine) as session:
        old = stored_id(world.solution.id)
        case = session.get_one(Case, stored_id(world.olafs_case.id))
        new = actions.keep_solution(session, case, essence)
        assert stored_id(new.id) > old
        session.delete(new)
        session.flush()
        newest = actions.keep_solution(session, kims(session, world), essence)
        assert stored_id(newest.id) > stored_id(new.id)
        assert queries.indexable_solutions(session, "de") == {newest.id}
        assert queries.indexable_solutions(session, "en") == set()


def test_a_case_has_one_solution_and_it_begins_as_a_candidate(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        for problem in ("eins", "zwei"):
            actions.keep_solution(session, case, actions.Essence(problem=problem, resolution="R"))
        found = queries.solutions(
            session, world.ada.viewer, queries.indexable_solutions(session, "de")
        ).values()
    mine = [solution for solution in found if solution.case_id == world.kims_case.id]
    assert [(s.problem, s.state) for s in mine] == [("zwei", SolutionState.CANDIDATE)]


def test_linking_an_article_twice_only_adds_that_it_helped(engine: Engine, world: World):
    article_id = world.piece().article_id
    with transaction(engine) as session:
        case = kims(session, world)
        actions.link_article(session, case, article_id, by=world.ada.id)
        actions.solve(
            session, case, outcome=Outcome.SOLVED_BY_AGENT, helped_by=article_id, by=world.ada.id
        )
        actions.link_article(session, case, article_id, by=world.edda.id)
        (link,) = queries.linked_articles(session, stored_id(case.id))
        assert (link.helped, link.linked_by) == (True, world.ada.id)
        actions.unlink_article(session, case, article_id)
        actions.unlink_article(session, case, article_id)
        session.flush()
        assert queries.linked_articles(session, stored_id(case.id)) == []


def test_a_suggestion_shown_again_keeps_its_fate(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        shown = [
            actions.record_suggestion(
                session, case, kind=SuggestionKind.ARTICLE, subject_id=7, score=0.5, reasons=["w"]
            )
        ]
        actions.decide_suggestion(
            session, shown[0], Fate.DISMISSED, by=world.ada.id, reason="off\ntopic"
        )
        actions.record_suggestion(
            session, case, kind=SuggestionKind.ARTICLE, subject_id=7, score=0.9, reasons=["v"]
        )
        (kept,) = queries.suggestions(session, stored_id(case.id))
    assert (kept.fate, kept.fate_reason, kept.score) == (Fate.DISMISSED, "off topic", 0.9)
    assert kept.decided_at is not None


def test_each_case_stands_in_the_lists_of_its_state(engine: Engine, world: World):
    with transaction(engine) as session:
        case = kims(session, world)
        actions.assign(session, case, world.ada.id)
        ours = {CaseList.OPEN, CaseList.LONGEST, CaseList.FOR_ME, CaseList.MINE}
        for state in CaseState:
            actions.set_state(session, case, state)
            session.flush()
            lists = {
                which
                for which in CaseList
                if case in [c for c, _ in work_list.listed(session, world.ada.viewer, which)]
            }
            assert (
                lists
                == {
                    CaseState.NEW: ours,
                    CaseState.OPEN: ours,
                    CaseState.WAITING: {CaseList.WAITING, CaseList.MINE},
                    CaseState.SOLVED: {CaseList.SOLVED},
                    CaseState.CLOSED: {CaseList.SOLVED},
                }[state]
            )


def test_counts_are_the_lengths_of_the_lists(engine: Engine, world: World):
    with Session(engine) as session:
        counts = work_list.counts(session, world.ada.viewer)
        for which in CaseList:
            assert counts[which] == len(work_list.listed(session, world.ada.viewer, which))
    assert counts[CaseList.OPEN] + counts[CaseList.WAITING] == 2
    assert counts[CaseList.NEW] == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [("router", 1), ("Kim", 1), ("blinkt ROT", 1), ("router sim", 0), ("%", 0), ("_", 0), ("", 1)],
)
def test_cases_are_found_by_subject_name_and_words(
    engine: Engine, world: World, words: str, found: int
):
    with Session(engine) as session:
        rows = work_list.listed(
            session, world.ada.viewer, CaseList.WAITING, narrowed=Narrowed(words)
        )
    assert len(rows) == found


def test_a_list_comes_in_pages_longest_waiting_first(engine: Engine, world: World):
    with transaction(engine) as session:
        made = [
            actions.open_case(session, customer=world.kim, subject=str(n), body="B", locale="de")
            for n in range(5)
        ]
        actions.say(session, made[0], author=world.kim.viewer, body="Noch etwas")
    with Session(engine) as session:
        pages = [
            [
                case.subject
                for case, _ in work_list.listed(
                    session, world.ada.viewer, CaseList.OPEN, limit=3, offset=offset
                )
            ]
            for offset in (0, 3)
        ]
    assert pages == [["SIM", "1", "2"], ["3", "4", "0"]]


def test_unfinished_states_are_those_somebody_waits_in():
    assert set(CaseState) - {CaseState.SOLVED, CaseState.CLOSED} == policy.UNFINISHED
