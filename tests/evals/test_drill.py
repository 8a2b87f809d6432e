"""What is behind the figures: each question that failed says why, and what changed is told."""

import re
from pathlib import Path

import pytest

from evals import causes, page, scorers
from evals.ask import Asked
from evals.datasets.golden import Dataset, Query
from kb.evaluations.causes import Cause
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

DATA = Dataset(
    "tiny",
    Path("corpus.jsonl"),
    (Query("q1", "Wie <b>lange</b>?", "de"),),
    {"q1": {"a::de": 2, "a::en": 1}},
    {},
    {},
    "d",
)


def asked(*found: str, answered: bool = True) -> Asked:
    own = [one for one in found if one.endswith("de")]
    return Asked("q1", "de", own, list(found), [], 1.0, answered, 0.5, {})


@pytest.mark.parametrize(
    ("came", "cause"),
    [
        (asked("a::de", "b::de"), None),
        (asked("a::en"), None),
        (asked("a::de", answered=False), Cause.ABSTAINED),
        (asked("b::de", "a::de"), Cause.WRONG_PASSAGE),
        (asked("b::de", "a::de", answered=False), Cause.RANKED_LOW),
        (asked("b::de", answered=False), Cause.NOT_RETRIEVED),
        (asked(answered=False), Cause.NOT_RETRIEVED),
    ],
)
def test_the_first_thing_that_failed_is_the_cause(came: Asked, cause: Cause | None):
    assert causes.cause_of(DATA, came) is cause


def search(*came: Asked) -> EvalRun:
    rows = scorers.per_query(DATA, came)
    return EvalRun(
        task=Task.SEARCH,
        dataset="tiny",
        dataset_digest="d",
        system="hybrid",
        fingerprint="f",
        figures={"ranking": scorers.averages(rows)},
        per_query=rows,
    )


def test_a_failed_question_is_told_with_what_was_expected_and_what_came():
    told = page.page([search(asked("b::de", "a::de", answered=False))])
    assert "Wie &lt;b&gt;lange&lt;/b&gt;?" in told
    assert re.search(r"<dd>a::de, a::en</dd>\s*<dt>got</dt><dd>b::de, a::de</dd>", told)
    assert "ranked low (1)" in told
    assert "<script" not in told
    assert 'aria-label="hit@1 0 ± 0"' in told


def test_a_run_without_mistakes_lists_none():
    assert "Questions that failed" not in page.page([search(asked("a::de"))])


def redaction(removed: float | None) -> EvalRun:
    row = {"query_id": "r1", "scope": "redact", "lang": "de", "split": "", "asked": "Ich bin Mia"}
    return EvalRun(
        task=Task.REDACT,
        dataset="redact",
        dataset_digest="d",
        system="rules",
        fingerprint="",
        figures={"averages": {"de": {"n": 1, "removed": removed, "removed ±": 0.1}}},
        per_query=[row | {"expected": "name: Mia", "got": "", "removed": removed, "kept": 1.0}],
    )


def test_other_tasks_list_what_is_below_the_best_and_what_is_not_scored_is_no_mistake():
    assert "below the best (1)" in page.page([redaction(0.5)])
    unscored = page.page([redaction(None)])
    assert "Questions that failed" not in unscored
    assert "removed" not in unscored


def test_of_two_runs_the_questions_that_changed_are_told_with_why():
    before, after = search(asked("b::de", "a::de")), search(asked("a::de"))
    told = page.compared(before, after)
    assert "2 better, 0 worse" in told
    assert "wrong passage → right" in told
    assert "0 better, 2 worse" in page.compared(after, before)
