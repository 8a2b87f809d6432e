"""Prompts are files: `name.version.md`, a head of YAML, what a model is told and what it is asked.

Strict: an input that is missing, unknown or never used is an error. A prompt that was released is
never edited; a change is a new version in a new file, so an answer can say by its digest which
words made it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
_FILE = re.compile(r"([a-z_]+)\.(\d+)\.md")
_INPUT = re.compile(r"\{\{(\w+)\}\}")
_HEAD = ("purpose", "languages", "inputs", "output")


class PromptError(ValueError):
    """A prompt is not as it must be, or is not given what it needs; says which and what."""


@dataclass(frozen=True)
class Prompt:
    """One version of one prompt."""

    name: str
    version: int
    purpose: str
    languages: tuple[str, ...]
    inputs: Mapping[str, str]
    """What goes in, and what it is."""
    output: Mapping[str, str]
    system: str
    user: str
    digest: str
    """sha256 of the file, 16 hexadecimal digits."""

    @property
    def title(self) -> str:
        return f"{self.name}.{self.version}"

    def filled(self, **values: str) -> tuple[str, str]:
        """Return what the model is told and what it is asked.

        Raises:
            PromptError: an input is missing or unknown.
        """
        if missing := sorted(self.inputs.keys() - values.keys()):
            raise PromptError(f"{self.title} needs {', '.join(missing)}")
        if unknown := sorted(values.keys() - self.inputs.keys()):
            raise PromptError(f"{self.title} has no input {', '.join(unknown)}")
        # in one go: what is filled in is never looked through for inputs again
        return tuple(  # type: ignore[return-value]  # two parts in, two out
            _INPUT.sub(lambda found: values[found[1]], part) for part in (self.system, self.user)
        )


def load(name: str, version: int = 0, folder: Path = FOLDER) -> Prompt:
    """Return a version of a prompt, or the newest.

    Raises:
        PromptError: there is none, or it is broken.
    """
    found = [one for one in prompts(folder) if one.name == name and version in {0, one.version}]
    if not found:
        raise PromptError(f"there is no prompt {name}{f'.{version}' if version else ''}")
    return found[-1]


@cache
def prompts(folder: Path = FOLDER) -> tuple[Prompt, ...]:
    """Return every version of every prompt, by name and number.

    Raises:
        PromptError: a file is broken; says which and how.
    """
    named = ((path, _FILE.fullmatch(path.name)) for path in folder.glob("*.md"))
    found = [_read(path, name[1], int(name[2])) for path, name in named if name]
    return tuple(sorted(found, key=lambda one: (one.name, one.version)))


def _read(path: Path, name: str, version: int) -> Prompt:
    text = path.read_text(encoding="utf-8")
    parts = re.split(r"^(?:---|===)\n", text, flags=re.MULTILINE)
    if len(parts) != 4 or parts[0]:  # noqa: PLR2004  # nothing, head, told, asked
        raise PromptError(f"{path.name}: wants a head between ---, then ===, then what is asked")
    head = yaml.safe_load(parts[1])
    if not isinstance(head, dict) or tuple(head) != _HEAD:
        raise PromptError(f"{path.name}: the head has {', '.join(_HEAD)}, in this order")
    used = set(_INPUT.findall(parts[2] + parts[3]))
    if used != set(head["inputs"]):
        odd = ", ".join(sorted(used ^ set(head["inputs"])))
        raise PromptError(f"{path.name}: named but not used, or used but not named: {odd}")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Prompt(
        name=name,
        version=version,
        purpose=head["purpose"],
        languages=tuple(head["languages"]),
        inputs=head["inputs"],
        output=head["output"],
        system=parts[2].strip(),
        user=parts[3].strip(),
        digest=digest,
    )
