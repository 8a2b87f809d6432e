"""`lotse synonyms` keeps groups from the terminal, and says what is wrong in a sentence."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.synonyms.commands import synonyms


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command on a home of its own."""
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(synonyms, arguments)

    return run


def test_groups_are_added_listed_changed_and_removed(run):
    assert run("add", "Rechnung", "Faktura", "--locale", "de").exit_code == 0
    assert run("list").output == "1  de  Rechnung, Faktura\n"
    assert run("change", "1", "Rechnung", "Beleg").exit_code == 0
    told = run("list", "--history", "--locale", "de").output
    assert told.index("Rechnung, Beleg") < told.index("Rechnung, Faktura")
    assert run("remove", "1").exit_code == 0
    assert run("list").output == ""


def test_a_file_is_imported_once(run, tmp_path: Path):
    path = tmp_path / "de.txt"
    path.write_text("# ours\nRechnung, Faktura\n\nHandy, Mobiltelefon  # phones\n", "utf-8")
    assert "2 groups" in run("import", str(path), "--locale", "de").output
    assert "0 groups" in run("import", str(path), "--locale", "de").output
    assert run("list").output == "1  de  Rechnung, Faktura\n2  de  Handy, Mobiltelefon\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "Rechnung", "--locale", "de"], "2 to 30"),
        (["change", "7", "a", "b"], "no group 7"),
        (["remove", "7"], "no group 7"),
    ],
)
def test_what_is_wrong_is_said(run, arguments: list[str], said: str):
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_a_bad_line_of_a_file_is_named_and_nothing_is_kept(run, tmp_path: Path):
    path = tmp_path / "de.txt"
    path.write_text("Rechnung, Faktura\nallein\n", "utf-8")
    result = run("import", str(path), "--locale", "de")
    assert result.exit_code == 1
    assert "Line 2" in result.output
    assert run("list").output == ""


def test_a_file_in_another_encoding_is_refused_in_words(run, tmp_path: Path):
    path = tmp_path / "de.txt"
    path.write_bytes("Störung, Ausfall\n".encode("latin-1"))
    result = run("import", str(path), "--locale", "de")
    assert (
        result.exit_code,
        "no text in UTF-8" in " ".join(result.output.replace("│", " ").split()),
    ) == (1, True)
