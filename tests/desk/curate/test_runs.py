"""Evaluation runs on the desk: what failed and why, and what changed between two of them."""

import pytest
from sqlmodel import Session

from desk import i18n
from kb.db import transaction
from kb.evaluations import reading
from kb.evaluations.causes import Cause
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

T = i18n.words("de")
HERE = "/desk/curation/evaluations/runs"
ASKED = "Wo ist <b>mein</b> Paket?"


def searched(engine, *, first: float, cause: Cause | None, scope: str = "all") -> int:
    """Keep a run of one question."""
    line = {"query_id": "q1", "lang": "de", "split": "", "scope": scope, "hit@1": first}
    words = {"asked": ASKED, "expected": "paket::de", "got": "sim::de", "cause": cause}
    run = EvalRun(
        task=Task.SEARCH,
        dataset="tiny",
        dataset_digest="d",
        system="hybrid",
        fingerprint="f",
        figures={"ranking": {"de all": {"n": 1, "hit@1": first, "hit@1 ±": 0.2}}},
        per_query=[line | words, line | {"scope": "own"}],
    )
    with transaction(engine) as session:
        session.add(run)
        session.flush()
        return run.id


def test_a_run_says_which_questions_failed_and_why(eddi, engine):
    assert T("runs.empty") in eddi.get(HERE).text
    number = searched(engine, first=0.0, cause=Cause.RANKED_LOW)
    assert f'href="{HERE}/{number}"' in eddi.get(HERE).text
    page = eddi.get(f"{HERE}/{number}").text
    assert T("runs.failed", count=1, all="1") in page
    assert "Wo ist &lt;b&gt;mein&lt;/b&gt; Paket?" in page
    assert "paket::de" in page
    assert T("runs.why.ranked_low") in page
    chosen = eddi.get(f"{HERE}/{number}", params={"why": "ranked_low"}).text
    assert 'why=ranked_low" aria-current="true"' in chosen
    assert T("runs.questions", count=1) in page


def test_two_runs_are_compared_question_by_question(eddi, engine):
    before = searched(engine, first=0.0, cause=Cause.WRONG_PASSAGE)
    after = searched(engine, first=1.0, cause=Cause.ABSTAINED)
    page = eddi.get(f"{HERE}/{after}", params={"against": before}).text
    assert T("runs.better", count=1) in page
    assert f"{T('runs.is_better')}: {T('runs.why.wrong_passage')}" in page
    back = eddi.get(f"{HERE}/{before}", params={"against": after}).text
    assert T("runs.worse", count=1) in back
    assert T("runs.better", count=1) not in back


def test_what_was_not_scored_is_no_mistake(engine):
    number = searched(engine, first=1.0, cause=None)
    with Session(engine) as session:
        run = session.get_one(EvalRun, number)
        assert reading.failed(reading.lines(run)) == []
        run.task = Task.ANSWER
        assert [one.score for one in reading.lines(run)] == [None, None]
        assert reading.failed(reading.lines(run)) == []


@pytest.mark.parametrize("number", [0, 99, 2**40])
def test_a_run_that_is_not_there_is_not_there(eddi, number):
    assert eddi.get(f"{HERE}/{number}").status_code == 404


def test_only_the_staff_sees_runs(visitor, anna, engine):
    number = searched(engine, first=0.0, cause=Cause.RANKED_LOW)
    assert "Paket" not in visitor.get(f"{HERE}/{number}").text
    assert "Paket" in anna.get(f"{HERE}/{number}").text
