"""Prompts are files with a strict head; what was released is never edited."""

import json
from pathlib import Path

import pytest

from prompts.loader import FOLDER, PromptError, load, prompts

WHOLE = """---
purpose: Say hello.
languages: [de]
inputs:
  name: whom
output:
  parts: words
---
Be kind to {{name}}.
===
Hello?
"""


def write(folder: Path, text: str, name: str = "hello.1.md") -> Path:
    (folder / name).write_text(text)
    return folder


def test_a_prompt_is_filled_in_both_parts(tmp_path: Path) -> None:
    prompt = load("hello", folder=write(tmp_path, WHOLE))
    assert prompt.filled(name="Ada") == ("Be kind to Ada.", "Hello?")


def test_what_is_filled_in_is_never_filled_in_itself(tmp_path: Path) -> None:
    prompt = load("hello", folder=write(tmp_path, WHOLE))
    assert prompt.filled(name="{{name}}")[0] == "Be kind to {{name}}."


def test_a_missing_input_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="needs name"):
        load("hello", folder=write(tmp_path, WHOLE)).filled()


def test_an_unknown_input_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no input colour"):
        load("hello", folder=write(tmp_path, WHOLE)).filled(name="Ada", colour="blue")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace("===\n", ""), "==="),
        (WHOLE.replace("purpose: Say hello.\n", ""), "the head has"),
        (WHOLE.replace("{{name}}", "all"), "name"),
        (WHOLE.replace("Hello?", "Hello {{who}}?"), "who"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PromptError, match=r"hello\.1\.md") as error:
        load("hello", folder=write(tmp_path, text))
    assert said in str(error.value)


def test_the_newest_version_is_taken_unless_one_is_named(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    write(tmp_path, WHOLE.replace("kind", "brief"), "hello.10.md")
    assert load("hello", folder=tmp_path).version == 10
    assert load("hello", 1, folder=tmp_path).version == 1


def test_a_prompt_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"nobody\.3"):
        load("nobody", 3, folder=tmp_path)


def test_released_prompts_are_as_they_were_released() -> None:
    released = json.loads((FOLDER / "released.json").read_text())
    assert {one.title: one.digest for one in prompts()} == released
