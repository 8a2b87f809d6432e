"""What the documents say is what there is, both ways."""

import importlib
import re
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kb.config import Config
from tests.architecture.house import ROOT, files, table_rows


def document(name: str) -> str:
    path = ROOT / name
    assert path.exists(), f"{name} is missing"
    return path.read_text(encoding="utf-8")


def direct_dependencies() -> set[str]:
    project = tomllib.loads(document("pyproject.toml"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {canonicalize_name(Requirement(line).name) for line in named}


def commands() -> set[str]:
    """Return every command of the command line that does something, like `lotse index sync`."""
    assert (ROOT / "lotse.py").exists(), "lotse.py is missing"
    main = importlib.import_module("lotse").main
    assert isinstance(main, click.Group), "lotse.main is the command line"
    return set(_leaves("lotse", main))


def _leaves(path: str, command: click.Command) -> list[str]:
    if not isinstance(command, click.Group):
        return [path]
    return [
        leaf
        for name, inner in command.commands.items()
        if not inner.hidden
        for leaf in _leaves(f"{path} {name}", inner)
    ]


def test_the_readme_lists_every_setting_and_no_other():
    listed = {cell.split()[0] for cell in table_rows(document("README.md"), "LOTSE_")}
    assert listed == {f"LOTSE_{name.upper()}" for name in Config.model_fields}


def test_the_readme_lists_every_command_and_no_other():
    there = commands()
    listed = {_command_of(cell, there) for cell in table_rows(document("README.md"), "lotse ")}
    assert listed == there


def _command_of(cell: str, there: set[str]) -> str:
    """Return the command a cell like `lotse import PATH [--publish]` is about."""
    fitting = [name for name in there if cell == name or cell.startswith(f"{name} ")]
    return max(fitting, key=len, default=cell)


def test_every_dependency_has_its_reason_and_no_other():
    text = document("docs/dependencies.md")
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `")]
    listed = [canonicalize_name(cells[0].strip().strip("`")) for cells in rows]
    assert sorted(listed) == sorted(direct_dependencies())
    assert all(len(cell.strip()) > 10 for *_, cell in rows)


def test_every_dependency_is_pinned():
    lines = [
        line
        for line in document("constraints.txt").splitlines()
        if line and not line.startswith("#")
    ]
    pinned = {canonicalize_name(line.split("==")[0]) for line in lines}
    assert direct_dependencies() - pinned == set()
    assert all(re.fullmatch(r"[\w.\-]+==[\w.!]+", line) for line in lines), "exact, no build tag"
    assert len(pinned) == len(lines)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(name: str):
    there = set(re.findall(r"^([a-z][\w-]*):", document("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*\$?\s*)make ([a-z][\w-]*)", document(name), re.MULTILINE))
    assert named
    assert named - there == set()


def test_every_make_target_explains_itself():
    text = document("Makefile")
    phony = set(" ".join(re.findall(r"^\.PHONY:(.*)$", text, re.MULTILINE)).split())
    explained = set(re.findall(r"^([a-z][\w-]*):.*## \S", text, re.MULTILINE))
    assert phony
    assert phony == explained


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=str)
def test_a_decision_says_when_to_think_again(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Revisit when"]


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_file_knows_where_a_developer_keeps_things():
    places = "work|root|home/[a-z]+|Users/[A-Za-z]+"
    absolute = re.compile(rf"(?<![\w.~$}}:*/-])/(?:{places})/")
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if absolute.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []
