"""What `lotse model` says on a terminal, where no weights are needed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lotse import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path))
    return tmp_path


def model(*words: str) -> Result:
    return CliRunner().invoke(main, ["model", *words])


def test_the_list_names_the_model_that_answers_and_those_of_this_home(home: Path):
    (home / "models" / "ours").mkdir(parents=True)
    (home / "models" / "ours" / "modules.json").write_text("[]")
    said = model("list").output
    assert "bundled" in said
    assert "answers" in said
    assert "ours" in said


def test_a_model_that_is_not_there_cannot_be_activated():
    result = model("activate", "nonsense")
    assert result.exit_code == 1
    assert "There is no model nonsense" in result.output


def test_the_one_that_answers_is_not_activated_again():
    assert "answers already" in model("activate", "bundled").output


def test_before_any_change_there_is_nothing_to_go_back_to():
    result = model("rollback")
    assert result.exit_code == 1
    assert "nothing to go back to" in result.output


def test_where_the_setting_decides_a_command_does_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOTSE_EMBEDDING_MODEL", "all-MiniLM-L6-v2")
    result = model("activate", "bundled")
    assert result.exit_code == 1
    assert "LOTSE_EMBEDDING_MODEL=all-MiniLM-L6-v2 decides" in result.output


def test_an_empty_home_has_too_little_to_learn_from():
    result = model("adapt", "ours", "--smoke")
    assert result.exit_code == 1
    assert "gives 0 pairs" in result.output


def test_a_bad_name_is_refused_in_words():
    assert "cannot be the name" in model("adapt", "../elsewhere").output
