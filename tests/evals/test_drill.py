"""What is behind the figures: each question that failed says why, and what changed is told."""

import re
from pathlib import Path

import pytest

from evals import causes, page, scorers
from evals.ask import Asked
from evals.datasets.golden import Dataset, Query
from evals.tasks import abstain, answer
from evals.tasks.answer import Told
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
    assert (
        told.index("de as customers search")
        < told.index("<details")
        < told.index("de in the other")
    )
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
    assert "1 better, 0 worse" in told
    assert "wrong passage → right" in told
    assert "0 better, 1 worse" in page.compared(after, before)


def test_an_answer_kept_back_is_a_change_though_the_ranking_is_the_same():
    told = page.compared(search(asked("a::de")), search(asked("a::de", answered=False)))
    assert "0 better, 1 worse, 0 as before" in told
    assert "right → abstained" in told


def test_what_one_run_did_not_score_is_no_change():
    assert "0 better, 0 worse, 0 as before" in page.compared(redaction(None), redaction(1.0))


def test_times_are_drawn_where_they_were_taken():
    run = search(asked("a::de"))
    assert "Time a question takes" not in page.page([run])
    run.figures["speed"] = {"query ms median": 20.0, "query ms p95": 80.0}
    assert re.search(r'width="75.0".*?20 ms.*?width="300.0".*?80 ms', page.page([run]), re.DOTALL)


def test_silence_and_rash_answers_have_their_own_causes():
    unknown = Dataset("tiny", DATA.corpus, (Query("q1", "Wo?", "de"),), {}, {}, {}, "d")
    came = {True: asked("b::de"), False: asked("a::de", answered=False)}
    assert abstain.score(DATA, [came[True]])[0]["cause"] is Cause.WRONG_PASSAGE
    assert abstain.score(DATA, [came[False]])[0]["cause"] is Cause.ABSTAINED
    assert abstain.score(unknown, [came[True]])[0]["cause"] is Cause.ANSWERED
    assert "cause" not in abstain.score(DATA, [asked("a::de")])[0]


def test_an_answer_fails_by_silence_or_by_another_passage():
    silent, other = Told(), Told("Fünf Tage.", ("b::de",), "de")
    found = answer.score(DATA, [silent], {}) + answer.score(DATA, [other], {})
    assert [one["cause"] for one in found] == [Cause.ABSTAINED, Cause.WRONG_PASSAGE]
    assert "cause" not in answer.score(DATA, [Told("Vier.", ("a::de",), "de")], {})[0]


def test_only_a_lie_that_is_shown_is_unsupported():
    assert causes.of_claim(shown=True, holds=False) is Cause.UNSUPPORTED
    assert causes.of_claim(shown=True, holds=True) is None
    assert causes.of_claim(shown=False, holds=True) is None
