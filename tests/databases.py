"""A migrated, empty database per test, cheaply: migrated once, then copied or emptied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, Integer, func, insert, select, text
from sqlmodel import SQLModel

from kb.db import migrate, open_engine
from tests.postgres import Cluster

Rows = dict[str, list[dict[str, Any]]]
"""By table."""


def all_rows(engine: Engine) -> Rows:
    """Return everything a database holds."""
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in SQLModel.metadata.sorted_tables
        }


def insert_rows(engine: Engine, rows: Rows) -> None:
    """Put the rows into an empty database; new ids go on after theirs."""
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if not rows[table.name]:
                continue
            connection.execute(insert(table), rows[table.name])
            if engine.dialect.name == "postgresql" and "id" in table.c:
                highest = select(func.max(table.c.id)).scalar_subquery()
                sequence = func.pg_get_serial_sequence(table.name, "id")
                if isinstance(table.c.id.type, Integer):
                    connection.execute(select(func.setval(sequence, highest)))


class SqliteStore:
    """Migrates one file; every test gets a copy of it."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        engine = open_engine(f"sqlite:///{self._template}")
        migrate(engine)
        engine.dispose()

    @contextmanager
    def empty_database(self, folder: Path) -> Iterator[Engine]:
        path = folder / "lotse.sqlite3"
        shutil.copyfile(self._template, path)
        engine = open_engine(f"sqlite:///{path}")
        try:
            yield engine
        finally:
            engine.dispose()


class PostgresStore:
    """Migrates one database; it is emptied after every test."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._engine = self.new_database("lotse")
        migrate(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def empty_database(self, _folder: Path) -> Iterator[Engine]:
        try:
            yield self._engine
        finally:
            self._empty()

    def new_database(self, name: str) -> Engine:
        """Create a database without any table."""
        admin = open_engine(self._cluster.url("postgres"))
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        admin.dispose()
        return open_engine(self._cluster.url(name))

    def _empty(self) -> None:
        """Delete every row; on tables this small that is twenty times faster than TRUNCATE."""
        with self._engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # any order
            for table in SQLModel.metadata.sorted_tables:
                connection.execute(table.delete())
