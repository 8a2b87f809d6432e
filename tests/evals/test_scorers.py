"""Scores are what one gets by hand."""

from math import log2
from pathlib import Path

import pytest

from evals import scorers
from evals.ask import Asked
from evals.datasets.golden import Dataset, Query

MEASURES = ["hit@1", "hit@5", "MRR@10", "nDCG@10", "recall@20"]


def dataset(*queries: Query, qrels=None, groups=None, locales=None) -> Dataset:
    return Dataset(
        "tiny", Path("corpus.jsonl"), queries, qrels or {}, groups or {}, locales or {}, "d"
    )


def asked(
    query_id: str, *, lang: str = "de", own=(), everything=(), other=(), answered=True
) -> Asked:
    return Asked(
        query_id=query_id,
        lang=lang,
        own=list(own),
        all=list(everything),
        other=list(other),
        ms=1.0,
        answered=answered,
        confidence=0.5,
        features={},
    )


def rows(data: Dataset, *got: Asked) -> dict[tuple[str, str], list[float]]:
    found = scorers.per_query(data, got)
    return {(row["query_id"], row["scope"]): [row[name] for name in MEASURES] for row in found}


def test_each_scope_is_scored_over_its_own_documents():
    data = dataset(Query("q", "?", "de"), qrels={"q": {"a::de": 2, "a::en": 1}})
    got = asked(
        "q",
        own=["b::de", "a::de"],
        everything=["b::de", "c::en", "a::de"],
        other=["a::en", "b::en"],
    )
    found = rows(data, got)
    assert found["q", "own"] == pytest.approx([0, 1, 1 / 2, 1 / log2(3), 1])
    assert found["q", "all"] == pytest.approx([0, 1, 1 / 3, 1 / log2(4), 1])
    assert found["q", "other"] == pytest.approx([1, 1, 1, 1, 1])


def test_over_everything_the_own_language_counts_and_not_its_translation():
    data = dataset(Query("q", "?", "de"), qrels={"q": {"a::de": 2, "a::en": 1}})
    found = rows(data, asked("q", everything=["a::en"]))
    assert found["q", "all"] == [0, 0, 0, 0, 0]


def test_where_there_is_only_a_translation_it_counts_over_everything():
    data = dataset(Query("q", "?", "de"), qrels={"q": {"a::en": 1}})
    found = rows(data, asked("q", everything=["a::en"], other=["a::en"]))
    assert found["q", "all"] == [1, 1, 1, 1, 1]
    assert ("q", "own") not in found, "nothing right is there in this language"


def test_ids_without_a_language_are_looked_up():
    data = dataset(
        Query("q", "?", "de"), qrels={"q": {"a": 1, "b": 1}}, locales={"a": "de", "b": "en"}
    )
    found = rows(data, asked("q", own=["a"], other=["x", "b"]))
    assert found["q", "own"][0] == 1
    assert found["q", "other"][:3] == pytest.approx([0, 1, 1 / 2])


def test_answers_of_one_thread_count_as_one():
    data = dataset(
        Query("q", "?", "en"),
        qrels={"q": {"a1": 1, "a2": 1, "a3": 1}},
        groups={"a1": "A", "a2": "A", "a3": "A", "b1": "B"},
    )
    found = rows(data, asked("q", lang="en", own=["b1", "a2"]))
    assert found["q", "own"] == pytest.approx([0, 1, 1 / 2, 1 / log2(3), 1])


def test_nothing_found_is_scored_nought_and_not_left_out():
    data = dataset(
        Query("q", "?", "de"), Query("r", "?", "de"), qrels={"q": {"a::de": 2}, "r": {"a::de": 2}}
    )
    found = rows(data, asked("q"), asked("r", own=["a::de"]))
    assert found["q", "own"] == [0, 0, 0, 0, 0]
    assert found["r", "own"] == [1, 1, 1, 1, 1]


def test_a_question_nothing_answers_is_not_ranked():
    data = dataset(Query("q", "?", "de", answerable=False))
    assert rows(data, asked("q", own=["a::de"])) == {}


def test_a_right_one_below_the_cut_does_not_count():
    wrong = [f"w{n}::de" for n in range(20)]
    data = dataset(Query("q", "?", "de"), qrels={"q": {"a::de": 2}})
    found = rows(data, asked("q", own=[*wrong[:10], "a::de"]))
    assert found["q", "own"] == [0, 0, 0, 0, 1]


def test_averages_are_over_the_questions_of_a_language():
    data = dataset(
        Query("q", "?", "de"),
        Query("r", "?", "de"),
        Query("s", "?", "en"),
        qrels={"q": {"a::de": 2}, "r": {"a::de": 2}, "s": {"a::en": 2}},
    )
    found = scorers.averages(
        scorers.per_query(
            data,
            [
                asked("q", own=["a::de"]),
                asked("r", own=["b::de", "a::de"]),
                asked("s", lang="en", own=[]),
            ],
        )
    )
    assert (found["de own"]["n"], found["de own"]["hit@1"], found["de own"]["MRR@10"]) == (
        2,
        0.5,
        0.75,
    )
    assert found["de own"]["hit@1 ±"] == pytest.approx(1.96 * 0.5, abs=1e-3)
    assert (found["en own"]["n"], found["en own"]["hit@5"], found["en own"]["hit@5 ±"]) == (
        1,
        0,
        0,
    )


def test_honesty_counts_answers_given_and_refused():
    data = dataset(
        Query("right", "?", "de"),
        Query("wrong", "?", "de"),
        Query("shy", "?", "de"),
        Query("honest", "?", "de", answerable=False),
        Query("made up", "?", "de", answerable=False),
        qrels={"right": {"a": 2}, "wrong": {"a": 2}, "shy": {"a": 2}},
    )
    found = scorers.honesty(
        data,
        [
            asked("right", everything=["a"]),
            asked("wrong", everything=["b", "a"]),
            asked("shy", everything=["a"], answered=False),
            asked("honest", everything=["b"], answered=False),
            asked("made up", everything=["b"]),
        ],
    )
    assert found == {
        "de": {
            "n": 5,
            "answered": 3,
            "answered right": 1,
            "right share": 0.3333,
            "coverage": 0.3333,
            "no-answer precision": 0.5,
            "no-answer recall": 0.5,
        }
    }


def test_honesty_is_not_told_where_everything_has_an_answer():
    data = dataset(Query("q", "?", "de"), qrels={"q": {"a": 2}})
    assert scorers.honesty(data, [asked("q")]) == {}


def test_honesty_divides_by_nothing_without_harm():
    data = dataset(Query("q", "?", "de", answerable=False))
    found = scorers.honesty(data, [asked("q", answered=True)])["de"]
    assert (found["no-answer precision"], found["coverage"]) == (0, 0)
