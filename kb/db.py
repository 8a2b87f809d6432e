"""The database: engine, sessions, column types. One migration history for both engines."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


Row = TypeVar("Row", bound=SQLModel)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both engines; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: use kb.clock.now()")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(kind: type[StrEnum], **options: Any) -> Column[Any]:  # noqa: ANN401
    """Return a column that stores the values of a StrEnum as plain strings on both engines."""
    stored = Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
    return Column(stored, nullable=options.pop("nullable", False), **options)


def stored_id(value: int | None) -> int:
    """Return the id of a row that has been flushed; before that it has none, which is a bug."""
    if value is None:
        raise ValueError("row has not been stored")
    return value


def open_engine(url: str) -> Engine:
    """Open a database. SQLite runs in WAL mode, with foreign keys and full synchronisation.

    Errors never carry parameters: they are what people wrote, and errors get logged.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url == "sqlite://":
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False},
            poolclass=StaticPool,
            hide_parameters=True,
        )
    else:
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False, "timeout": 30},
            hide_parameters=True,
        )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "mmap_size=0",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session that commits at the end, or rolls back on any exception."""
    with Session(engine, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def hold(session: Session, row: Row, *, by: Sequence[str] = ()) -> Row:
    """Return the stored row with this row's key, stored as given where there was none.

    Nobody else changes or removes it before the transaction ends: two that come at one moment
    take turns, where reading first and then adding would fail for the second.

    Args:
        session: the caller's.
        row: with its key set; not added to the session.
        by: the columns of another key than the primary one, which is then given by the database.

    Raises:
        IntegrityError: the key refers to something that is not there.
    """
    kind = type(row)
    table = inspect(kind).local_table
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    primary = [column.name for column in table.primary_key.columns]
    keys = list(by or primary)
    wanted = insert(table).values(**row.model_dump(exclude=set(primary) if by else None))
    session.flush()
    session.connection().execute(
        wanted.on_conflict_do_update(  # of nothing: doing nothing would not hold the row
            index_elements=keys, set_={keys[0]: wanted.excluded[keys[0]]}
        )
    )
    here = [table.columns[key] == getattr(row, key) for key in keys]
    found = select(kind).where(*here).execution_options(populate_existing=True)
    stored: Row = session.execute(found).scalar_one()
    return stored


_TURN = 0x6C6F747364
"""The advisory lock whose holder changes the schema."""


def migrations(url: str) -> AlembicConfig:
    """Return alembic's configuration for this database; no ini file is needed."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`; does nothing when it is there already.

    Processes that start together take turns, where they share a PostgreSQL.
    """
    config = migrations(engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
