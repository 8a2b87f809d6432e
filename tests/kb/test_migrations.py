"""One migration history for both engines: up, down, and equal to the models."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlmodel import Session, SQLModel

from kb.articles.models import Revision
from kb.db import migrate, migrations, open_engine
from tests.databases import PostgresStore


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'blank.sqlite3'}")
    else:
        store = request.getfixturevalue("postgres_store")
        engine = store.new_database(tmp_path.name)
    yield engine
    engine.dispose()


def downgrade(engine: Engine, revision: str) -> None:
    config = migrations(engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_makes_every_table_of_the_models(blank: Engine):
    migrate(blank)
    assert tables(blank) == {table.name for table in SQLModel.metadata.sorted_tables}


def test_the_migrated_schema_is_what_the_models_say(blank: Engine):
    migrate(blank)
    with blank.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_down_leaves_nothing_behind_and_up_again_works(blank: Engine):
    migrate(blank)
    downgrade(blank, "base")
    assert tables(blank) == set()
    migrate(blank)
    assert "article" in tables(blank)


def test_migrating_twice_changes_nothing(engine: Engine):
    before = tables(engine)
    migrate(engine)
    assert tables(engine) == before


def test_a_failed_migration_leaves_nothing_half_done(blank: Engine):
    with blank.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE trail (id integer)")  # in the way of the first
    with pytest.raises(Exception, match="trail"):
        migrate(blank)
    with blank.begin() as connection:
        connection.exec_driver_sql("DROP TABLE trail")
    if blank.dialect.name == "postgresql":  # SQLite's driver commits each CREATE by itself
        assert tables(blank) == set()
        migrate(blank)
        assert "trail" in tables(blank)


@pytest.mark.postgres
def test_processes_that_start_together_do_not_get_in_each_others_way(
    postgres_store: PostgresStore, tmp_path: Path
):
    engine = postgres_store.new_database(tmp_path.name)
    url = engine.url.render_as_string(hide_password=False)
    with ThreadPoolExecutor(3) as threads:
        # alembic keeps its context in the module, so each needs a process
        done = list(threads.map(_migrated, [url] * 3))
    assert [(one.returncode, one.stderr[-500:]) for one in done] == [(0, "")] * 3
    assert "article" in tables(engine)
    engine.dispose()


def _migrated(url: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from kb.db import *; migrate(open_engine(sys.argv[1]))"
    command = [sys.executable, "-c", program, url]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours


def test_articles_with_feedback_get_search_phrases_and_their_ids_go_on(blank: Engine):
    migrate(blank, "0002")
    rows = """
    INSERT INTO article (id, public_id, audience, source, source_key, is_archived, created_at)
        VALUES (1, 'a', 'public', 'desk', 'a', false, '2026-01-01 00:00:00');
    INSERT INTO translation (id, article_id, locale, slug, state, version, source_digest)
        VALUES (1, 1, 'de', 'a', 'published', 1, '');
    INSERT INTO revision (id, translation_id, number, title, summary, body, tags, created_at)
        VALUES (7, 1, 1, 'A', '', 'Text', '[]', '2026-01-01 00:00:00');
    INSERT INTO feedback (revision_id, helpful, comment, public_id, given_at)
        VALUES (7, true, '', 'f', '2026-01-01 00:00:00')
    """
    with blank.begin() as connection:
        for row in rows.split(";"):
            connection.exec_driver_sql(row)
    migrate(blank)
    with Session(blank) as session:
        assert session.get_one(Revision, 7).phrases == []
    downgrade(blank, "0002")
    migrate(blank)
    with blank.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM feedback").scalar() == 1
