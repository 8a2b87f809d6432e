"""The house as the architecture tests see it: its rooms, its files, and their syntax trees."""

import ast
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("kb", "prompts", "ingestion", "retrieval", "desk", "evals")
GENERATED = ("kb/migrations/versions",)
MADE = {"var", "build", "dist", "shared", "node_modules", "__pycache__"}
"""Folders that are no part of the repository, beside the hidden ones."""
OURS_THOUGH_HIDDEN = {".ci"}


def modules() -> list[str]:
    """Return the path of every Python module that is shipped, relative to the root."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    door = ROOT / "lotse.py"
    names = [path.relative_to(ROOT).as_posix() for path in [*found, *([door] * door.exists())]]
    return sorted(name for name in names if not name.startswith(GENERATED))


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=module)


def files() -> list[Path]:
    """Return every file of the repository, without what is made or fetched."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not _is_made(name)]
        found += [Path(folder, name) for name in names]
    return sorted(found)


def _is_made(folder: str) -> bool:
    if folder.startswith("."):
        return folder not in OURS_THOUGH_HIDDEN
    return folder in MADE or folder.endswith(".egg-info")


def strings(module: str) -> list[tuple[int, str]]:
    """Return every string of a module with its line."""
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def imports(module: str) -> list[tuple[int, str]]:
    """Return every module that is imported anywhere in it, functions included, with the line."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
    return found


def table_rows(markdown: str, first_cell_starts: str) -> list[str]:
    """Return the first cells, without backticks, of table rows whose first cell starts so."""
    cells = [line.split("|")[1].strip() for line in markdown.splitlines() if line.startswith("|")]
    bare = [cell.replace("`", "") for cell in cells]
    return [cell for cell in bare if cell.startswith(first_cell_starts)]
