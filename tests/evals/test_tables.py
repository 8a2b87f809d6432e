"""The tables of docs/quality.md are written by one command, between their marks."""

from pathlib import Path

import pytest

from evals import tables
from evals.run import Measured, Order
from evals.tables import NoMarks, put
from kb.config import Config
from kb.evaluations.models import EvalRun

FIGURES = {"n": 4, "hit@1": 0.5, "hit@1 ±": 0.25, "hit@5": 1.0, "nDCG@10": 0.75, "nDCG@10 ±": 0.1}
MARKED = "a\n<!-- all: -->\nold\n<!-- :all -->\nb\n"


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    def measure(order: Order, *_: object) -> list[Measured]:
        assert (order.dataset, order.sample) == ("/data/cwa_faq", 300)
        part = {"de own": FIGURES, "de other": FIGURES | {"hit@5": 0.875}}
        figures = {"ranking": part, "reporting half": part}
        return [
            Measured(EvalRun(system=system, dataset="", figures=figures), [])
            for system in order.systems
        ]

    monkeypatch.setattr(tables, "measure", measure)
    return tables.tables(["/data/cwa_faq@300"], Config(), lambda *_: None)


def test_a_data_set_has_a_row_for_each_language_it_has_questions_in(found: dict[str, str]) -> None:
    row = "| cwa_faq@300 | de | 4 | 0.500 / 1.000 / 0.750 | – | – | 0.875 | – |"
    assert found["all"].splitlines()[2:] == [row]


def test_the_reporting_half_has_intervals_and_both_sides_alone(found: dict[str, str]) -> None:
    row = "| cwa_faq@300 | de | 4 | 0.500 ± 0.250 | 1.000 | 0.750 ± 0.100 | 0.500 | 0.500 |"
    assert row in found["reporting"]


def test_a_table_goes_between_its_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    document = tmp_path / "quality.md"
    document.write_text(MARKED)
    put({"all": "| new |"}, document)
    assert document.read_text() == MARKED.replace("old", "| new |")


def test_a_document_without_a_place_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "quality.md"
    document.write_text(MARKED)
    with pytest.raises(NoMarks, match="systems"):
        put({"all": "| new |", "systems": "| new |"}, document)
    assert document.read_text() == MARKED


def test_the_document_has_a_place_for_every_table(found: dict[str, str], tmp_path: Path) -> None:
    kept = Path("docs/quality.md").read_text()
    document = tmp_path / "quality.md"
    document.write_text(kept)
    put(found, document)
    assert all(table in document.read_text() for table in found.values())
