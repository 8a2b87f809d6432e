"""Questions are kept as the person saw them; feedback stays with the revision."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import Audience
from kb.db import transaction
from kb.evaluations import actions as evaluation_actions
from kb.evaluations import queries as evaluation_queries
from kb.evaluations.models import EvalRun
from kb.questions import actions, policy, queries
from kb.questions.models import FeedbackReason, NoAnswerReason, Question
from tests.world import World


def test_an_answer_is_kept_as_it_was_shown(engine: Engine, world: World):
    cited = {"revision": world.piece().revision_id, "quote": "Warten."}
    with transaction(engine) as session:
        asked = actions.record(
            session,
            Question(
                text="WLAN?",
                locale="de",
                audience=Audience.PUBLIC,
                answer="Warten.",
                citations=[cited],
                hits=[3, 1, 2],
                confidence=0.75,
            ),
        )
    with Session(engine) as session:
        found = queries.by_public_id(session, asked.public_id)
        assert found is not None
        assert (found.answer, found.citations, found.hits) == ("Warten.", [cited], [3, 1, 2])
        assert queries.by_public_id(session, str(found.id)) is None


def test_no_answer_has_a_reason(engine: Engine):
    with transaction(engine) as session:
        asked = actions.record(
            session,
            Question(
                text="?", locale="de", audience=Audience.PUBLIC, reason=NoAnswerReason.NOT_SURE
            ),
        )
    with Session(engine) as session:
        found = queries.by_public_id(session, asked.public_id)
    assert found is not None
    assert (found.answer, found.reason) == (None, NoAnswerReason.NOT_SURE)


def test_question_ids_in_links_cannot_be_guessed(engine: Engine):
    with transaction(engine) as session:
        ids = {
            actions.record(
                session, Question(text=str(n), locale="de", audience=Audience.PUBLIC)
            ).public_id
            for n in range(20)
        }
    assert len(ids) == 20
    assert min(map(len, ids)) >= 22  # 128 bits


def test_a_reader_says_no_and_then_why(engine: Engine, world: World):
    with transaction(engine) as session:
        given = actions.give_feedback(
            session, revision_id=world.piece().revision_id, helpful=False
        )
    with transaction(engine) as session:
        found = queries.feedback(session, given.public_id)
        assert found is not None
        actions.give_reason(session, found, FeedbackReason.UNCLEAR)
        actions.comment(session, found, " Schritt 3\x00 " + "x" * 9000)
    with Session(engine) as session:
        found = queries.feedback(session, given.public_id)
    assert found is not None
    assert (found.helpful, found.reason) == (False, FeedbackReason.UNCLEAR)
    assert found.comment.startswith("Schritt 3 x")
    assert len(found.comment) == 4000


@pytest.mark.parametrize(
    ("text", "askable"),
    [("WLAN?", True), ("5", True), ("", False), (" ?! ", False), ("x" * 2001, False)],
)
def test_a_question_has_words_and_is_no_book(text: str, *, askable: bool):
    assert policy.is_askable(text) is askable


def test_evaluation_runs_are_kept_newest_first(engine: Engine):
    with transaction(engine) as session:
        first, second = (
            evaluation_actions.keep(
                session,
                EvalRun(
                    dataset=name,
                    dataset_digest="d",
                    system="hybrid",
                    fingerprint="f",
                    figures={"hit@1": 0.5},
                    per_query=[{"query_id": "q", "ms": 1.5}],
                ),
            )
            for name in ("a", "b")
        )
    with Session(engine) as session:
        assert [run.id for run in evaluation_queries.newest(session)] == [second.id, first.id]
        kept = evaluation_queries.run(session, first.id or 0)
        assert kept is not None
        assert kept.figures == {"hit@1": 0.5}
        assert evaluation_queries.run(session, 4711) is None
