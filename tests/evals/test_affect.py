"""The labelled utterances are frozen, of both languages, and told well enough."""

import shutil

import pytest

from evals.datasets import utterances
from evals.datasets.golden import UnusableDataset
from evals.datasets.utterances import FOLDER, Split


def test_the_splits_share_no_text_and_have_both_languages_alike():
    tuning, holdout = (utterances.load(split).all for split in Split)
    assert len(tuning) + len(holdout) >= 340
    assert not {one.text for one in tuning} & {one.text for one in holdout}
    for split in (tuning, holdout):
        assert sum(one.lang == "de" for one in split) * 2 == len(split)
        assert {"calm complaint", "polite emergency"} <= {one.kind for one in split}


def test_a_changed_file_is_not_read(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "affect")
    with (folder / "holdout.jsonl").open("a") as file:
        file.write("\n")
    with pytest.raises(UnusableDataset, match="changed"):
        utterances.load(Split.HOLDOUT, folder)
    assert utterances.load(Split.TUNING, folder).all
