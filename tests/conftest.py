# ruff: noqa: E402  # the environment comes before the imports, see below
"""What every test may count on: no network, no telemetry, both databases, a known cast.

A test that asks for `engine` runs twice: on SQLite, and on PostgreSQL where its binaries are
installed (elsewhere it is skipped, visibly). A test that asks for `world` finds the cast of
`tests.world` in that database.
"""

import os
from collections.abc import Iterator
from pathlib import Path

# Before anything of ours or of a vendor is imported: nobody phones home, and the settings of
# whoever runs the tests (LOTSE_*, .env) do not reach them.
_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "OTEL_SDK_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
}
os.environ.update(_QUIET)  # noqa: TID251  # the environment of child processes, too
for _name in [name for name in os.environ if name.startswith("LOTSE_")]:  # noqa: TID251
    del os.environ[_name]  # noqa: TID251

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from kb.config import Config
from tests.databases import PostgresStore, SqliteStore
from tests.postgres import Cluster, running_cluster, why_not
from tests.world import World, settle

Config.model_config["env_file"] = None
settings.register_profile("lotse", deadline=None, derandomize=True, database=None)
settings.load_profile("lotse")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL cluster of this test process alone."""
    if reason := why_not():
        pytest.skip(reason)
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_store(cluster: Cluster) -> Iterator[PostgresStore]:
    with PostgresStore(cluster) as store:
        yield store


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    return SqliteStore(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated, empty database: on SQLite, and again on PostgreSQL."""
    store: SqliteStore | PostgresStore = request.getfixturevalue(f"{request.param}_store")
    with store.empty_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def world(engine: Engine) -> World:
    """The cast and what they know, in the test's database. See `tests.world`."""
    return settle(engine)
