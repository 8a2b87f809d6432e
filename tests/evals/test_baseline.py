"""A baseline is a run in a file; only a certain loss against it is an error."""

from pathlib import Path

import pytest

from evals import baseline
from evals.compare import NotComparable
from kb.evaluations.models import EvalRun

MEASURES = ("hit@1", "hit@5", "MRR@10", "nDCG@10", "recall@20")


def run(*scores: float, digest: str = "same") -> EvalRun:
    rows = [
        {"query_id": f"q{at}", "scope": "own", "lang": "de", **dict.fromkeys(MEASURES, score)}
        for at, score in enumerate(scores)
    ]
    return EvalRun(
        dataset="faq",
        dataset_digest=digest,
        system="hybrid",
        fingerprint="f",
        figures={"ranking": {}, "speed": {"query ms median": 3.0}},
        per_query=rows,
    )


def test_a_run_that_is_the_same_loses_nothing(tmp_path: Path):
    baseline.write(tmp_path / "kept" / "faq.json", run(1, 0, 1))
    found = baseline.against(tmp_path / "kept" / "faq.json", run(1, 0, 1))
    assert {one.measure for one in found} == set(MEASURES)
    assert baseline.losses(found) == []


def test_a_run_that_is_worse_everywhere_is_named_for_every_measure(tmp_path: Path):
    baseline.write(tmp_path / "faq.json", run(*[1.0] * 20))
    found = baseline.against(tmp_path / "faq.json", run(*[0.0] * 20))
    assert {one.measure for one in baseline.losses(found)} == set(MEASURES)


def test_one_question_lost_among_many_is_not_certain(tmp_path: Path):
    baseline.write(tmp_path / "faq.json", run(*[1.0] * 20))
    found = baseline.against(tmp_path / "faq.json", run(*[1.0] * 19, 0.0))
    assert baseline.losses(found) == []


def test_a_baseline_of_other_questions_is_refused(tmp_path: Path):
    baseline.write(tmp_path / "faq.json", run(1, digest="other"))
    with pytest.raises(NotComparable):
        baseline.against(tmp_path / "faq.json", run(1))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"dataset": 3}'])
def test_a_file_that_is_no_baseline_is_told_by_name(tmp_path: Path, text: str):
    (tmp_path / "faq.json").write_text(text)
    with pytest.raises(baseline.NoBaseline, match=r"faq\.json"):
        baseline.against(tmp_path / "faq.json", run(1))


def test_the_speed_of_this_machine_is_not_kept(tmp_path: Path):
    baseline.write(tmp_path / "faq.json", run(1))
    assert "query ms" not in (tmp_path / "faq.json").read_text()
