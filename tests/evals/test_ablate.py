"""Each part of search can be switched off by name, and nothing else changes."""

from dataclasses import fields

import pytest

from evals.ablate import NoSuchPart, chosen, variants
from evals.ask import System
from retrieval.engines.lexical import FIELDS
from retrieval.language.steps import ALL, Steps
from retrieval.ranker import FEATURES


def test_every_step_signal_and_side_can_be_switched_off():
    names = {one.name for one in variants()}
    assert names >= {f"step {one.name}" for one in fields(Steps)}
    assert names >= {f"signal {name}" for name in FEATURES}
    assert names >= {"field title", "meaning", "words", "learnt weights", "bilingual model"}


def test_one_part_is_missing_and_the_others_are_there():
    for one in variants():
        missing = [
            one.steps != ALL,
            one.fields != FIELDS,
            one.system is not System.HYBRID,
            one.ranker is not None,
            bool(one.model),
        ]
        assert sum(missing) == 1, one.name


def test_a_silenced_signal_has_no_weight_in_any_language():
    (one,) = chosen(["signal lead"])
    assert one.ranker is not None
    assert all(told["lead"] == 0 < sum(told.values()) for told in one.ranker.weights.values())


def test_a_part_that_is_not_there_is_named():
    with pytest.raises(NoSuchPart, match="turbo"):
        chosen(["turbo"])
