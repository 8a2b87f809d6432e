"""The page shows every figure behind its pictures, and fetches nothing."""

import re
from pathlib import Path

import pytest

from evals import page, risk
from evals.risk import Judged
from kb.evaluations.models import EvalRun

TOLD = [Judged(0.9, right=True), Judged(0.7, right=False), Judged(0.2, right=False)]


def run(name: str = "demo") -> EvalRun:
    return EvalRun(
        dataset=name,
        dataset_digest="0" * 64,
        system="hybrid",
        fingerprint="f" * 12,
        figures={
            "risk": {"de": risk.figures(TOLD)},
            "risk, reporting half": {"de": risk.figures([])},
            "strangers": {"bank": {"en": {"n": 4, "refused": 3, "share": 0.75}}},
        },
    )


def test_nothing_is_fetched():
    told = page.page([run()])
    assert not re.search(r"(?:src|href)=|url\(|https?:|<script", told)


def test_pictures_have_a_name_and_their_numbers_below():
    told = page.page([run()])
    assert told.count("<svg") == told.count("aria-label=") == 4
    assert "0.75" in told
    assert told.index("<svg") < told.index("<details>")


def test_it_can_be_read_in_the_dark():
    assert "prefers-color-scheme: dark" in page.page([run()])


def test_a_name_of_a_data_set_is_no_markup():
    assert "<b>" not in page.page([run("<b>")])


@pytest.mark.parametrize("place", ["report.html", "folder", "new/report.html"])
def test_a_file_or_a_folder_may_be_named(tmp_path: Path, place: str):
    page.write(tmp_path / place, [run()])
    written = tmp_path / place
    assert (written if written.is_file() else written / "index.html").read_text()
