"""Shelves: most tests are about the index and take SQLite, those about SQL take both databases."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine

from tests.databases import SqliteStore
from tests.retrieval.shelf import Shelf, offline

MEMORY = "/dev/shm"  # noqa: S108  # a folder of our own inside it


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder, in memory where the machine has one: no test here is about a disk."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="lotse-", dir=place) as made:
        yield Path(made)


@pytest.fixture
def shelf(sqlite_store: SqliteStore, folder: Path) -> Iterator[Shelf]:
    """An empty shelf."""
    with sqlite_store.empty_database(folder) as engine:
        yield Shelf(engine, offline(folder / "lexical"))


@pytest.fixture
def any_shelf(engine: Engine, folder: Path) -> Shelf:
    """An empty shelf on SQLite, and again on PostgreSQL."""
    return Shelf(engine, offline(folder / "lexical"))
