"""Frozen data sets: a manifest says where they come from and what they were; nothing overwrites.

A set that was changed since it was frozen is not measured: a figure means something only together
with the questions it is about. A change is a new set, or a new freeze after a person has removed
the manifest.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich_click import ClickException

SCHEMA = 1
MANIFEST = "manifest.json"
_DATA = (".jsonl", ".tsv")


class UnusableDataset(ClickException):
    """The folder is not a data set, or not the one it was; says what is wrong."""


class IsFrozen(ClickException):
    """There is a manifest already; a person removes it, no command does."""


@dataclass(frozen=True)
class Provenance:
    """Where a set comes from, and under what it may be used."""

    source: str
    licence: str


def freeze(folder: Path, about: Provenance) -> dict[str, Any]:
    """Write the manifest of a set: schema, provenance, digest of every file, questions a half.

    Raises:
        IsFrozen: there is one.
        UnusableDataset: there is nothing to freeze.
    """
    files = sorted(path for path in folder.glob("*") if path.suffix in _DATA)
    if not files:
        raise UnusableDataset(f"{folder} holds no .jsonl and no .tsv")
    told = {
        "schema": SCHEMA,
        "name": folder.resolve().name,
        "provenance": about.source,
        "licence": about.licence,
        "files": {path.name: _digest(path) for path in files},
        "halves": _halves(files),
    }
    try:
        with (folder / MANIFEST).open("x", encoding="utf-8") as out:
            out.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    except FileExistsError as error:
        raise IsFrozen(f"{folder / MANIFEST} is there; no command writes over it") from error
    return told


def check(folder: Path) -> None:
    """Say nothing if a set is as it was frozen, or never was.

    Raises:
        UnusableDataset: a file was changed, is missing, or the manifest is of another schema.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        schema, files = told["schema"], dict(told["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableDataset(f"{path} is no manifest: {error!r}") from error
    if schema != SCHEMA:
        raise UnusableDataset(f"{folder} has schema {schema}, not {SCHEMA}")
    for name, digest in files.items():
        file = folder / name
        if not file.is_file() or _digest(file) != digest:
            raise UnusableDataset(f"{file} is not what it was when it was frozen")


def _halves(files: list[Path]) -> dict[str, int]:
    """Count the lines of each half, where lines say to which they belong."""
    found: dict[str, int] = {}
    for path in (one for one in files if one.suffix == ".jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            half = json.loads(line).get("split")
            if half:
                found[half] = found.get(half, 0) + 1
    return dict(sorted(found.items()))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
