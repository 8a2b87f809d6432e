"""Claims of a hand-made set are told apart as sentences of a model are."""

import json
from pathlib import Path

import pytest

from evals import ground
from evals.ground import Grounded, as_json, measure
from kb.config import Config
from retrieval.engines.offline import HashingEmbedder

CLAIMS = [json.loads(line) for line in ground.CLAIMS.read_text().splitlines()]


class Offline:
    embedder = HashingEmbedder()


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Grounded]:
    monkeypatch.setattr(ground, "build_engines", lambda _: Offline())
    return measure(Config(home=tmp_path), "holdout")


def test_every_claim_of_a_split_is_counted_once(measured: dict[str, Grounded]) -> None:
    counted = sum(told.true + told.false for told in measured.values())
    assert counted == sum(one["split"] == "holdout" for one in CLAIMS)


def test_nearly_no_lie_is_let_through_even_without_a_model(measured: dict[str, Grounded]) -> None:
    assert sum(told.false_shown for told in measured.values()) <= 2
    assert sum(told.true_shown for told in measured.values()) >= 5


def test_what_got_through_is_named_with_its_kind(measured: dict[str, Grounded]) -> None:
    for told in as_json(measured).values():
        assert len(told["false ones that got through"]) == told["false shown"]
        assert (
            sum(told["why true ones were left out"].values()) == told["true"] - told["true shown"]
        )


def test_claims_are_about_articles_of_the_demo_and_half_of_them_hold() -> None:
    assert all(ground._passage(one["locale"], one["article"]).text for one in CLAIMS)  # noqa: SLF001
    share = sum(one["holds"] for one in CLAIMS) / len(CLAIMS)
    assert 0.45 < share < 0.55
    assert not {one["article"] for one in CLAIMS if one["split"] == "tuning"} & {
        one["article"] for one in CLAIMS if one["split"] == "holdout"
    }
