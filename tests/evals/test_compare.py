"""Two runs are compared question by question; the interval says how certain a difference is."""

import pytest

from evals.compare import NotComparable, compare
from evals.scorers import MEASURES
from kb.evaluations.models import EvalRun


def run(hits: list[float], *, digest: str = "d", lang: str = "de", scope: str = "own") -> EvalRun:
    return EvalRun(
        dataset="tiny",
        dataset_digest=digest,
        system="hybrid",
        fingerprint="f",
        per_query=[
            {"query_id": f"q{n}", "scope": scope, "lang": lang, **dict.fromkeys(MEASURES, hit)}
            for n, hit in enumerate(hits)
        ],
    )


def hit_at_1(before: EvalRun, after: EvalRun):
    return next(one for one in compare(before, after) if one.measure == "hit@1")


def test_a_run_does_not_differ_from_itself():
    same = run([0, 1, 1, 0])
    found = hit_at_1(same, same)
    assert (found.change, found.low, found.high) == (0, 0, 0)
    assert not found.is_certain


def test_the_change_is_after_minus_before():
    found = hit_at_1(run([0, 0, 1, 1]), run([1, 0, 1, 1]))
    assert (found.questions, found.before, found.after) == (4, 0.5, 0.75)
    assert found.change == pytest.approx(0.25)
    assert found.low <= found.change <= found.high


def test_what_is_better_throughout_is_certain():
    found = hit_at_1(run([0] * 50), run([1] * 50))
    assert (found.low, found.high) == (1, 1)
    assert found.is_certain


def test_what_is_worse_throughout_is_certain_too():
    assert hit_at_1(run([1] * 50), run([0] * 50)).high < 0


def test_one_question_in_many_is_not_certain():
    found = hit_at_1(run([0] * 50), run([1] + [0] * 49))
    assert found.low == 0
    assert not found.is_certain


def test_the_interval_is_about_as_wide_as_theory_says():
    """Half of 400 questions change from 0 to 1: standard error 0.025, so 0.5 ± 0.049."""
    found = hit_at_1(run([0] * 400), run([0, 1] * 200))
    assert found.low == pytest.approx(0.451, abs=0.01)
    assert found.high == pytest.approx(0.549, abs=0.01)


def test_pairs_matter_and_not_only_the_means():
    """The same means, once from the same questions, once from others."""
    steady = hit_at_1(run([1, 0] * 50), run([1, 0] * 50))
    shuffled = hit_at_1(run([1, 0] * 50), run([0, 1] * 50))
    assert steady.change == shuffled.change == 0
    assert shuffled.high - shuffled.low > steady.high - steady.low == 0


def test_the_interval_is_the_same_every_time():
    left, right = run([0, 1, 0, 1, 1]), run([1, 1, 0, 0, 1])
    assert compare(left, right) == compare(left, right)


def test_languages_scopes_and_measures_are_told_apart():
    left, right = run([0]), run([1])
    left.per_query += run([1], lang="en", scope="all").per_query
    right.per_query += run([0], lang="en", scope="all").per_query
    found = {(one.group, one.measure): one.change for one in compare(left, right)}
    assert set(found) == {(g, m) for g in ("de own", "en all") for m in MEASURES}
    assert (found["de own", "hit@1"], found["en all", "hit@1"]) == (1, -1)


def test_only_questions_of_both_runs_are_compared():
    assert hit_at_1(run([0, 0, 0]), run([1])).questions == 1


def test_runs_over_different_data_are_not_compared():
    with pytest.raises(NotComparable):
        compare(run([1]), run([1], digest="other"))
