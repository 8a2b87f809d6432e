"""What is committed stays, what is not is gone; time keeps its zone on both engines."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, exc, func, text
from sqlmodel import Session, col, select

from kb import clock
from kb.articles import actions
from kb.articles.models import Article
from kb.cases.models import Message
from kb.db import UtcDateTime, open_engine, stored_id, transaction
from kb.outbox import OutboxNote
from kb.people.models import Person

ROOT = Path(__file__).parents[2]
WRITER = """
import sys, time
from kb.articles import actions
from kb.db import migrate, open_engine, transaction
engine = open_engine(sys.argv[1])
migrate(engine)  # as every command does first

def publish(session, key):
    article = actions.create_article(session, source_key=key)
    draft = actions.Draft(title=key, body=key)
    actions.publish(session, article, actions.revise(session, article, locale="de", draft=draft))
    session.flush()

with transaction(engine) as session:
    publish(session, "acknowledged")
print("acknowledged", flush=True)
with transaction(engine) as session:
    publish(session, "half done")
    print("half done", flush=True)
    time.sleep(60)
"""


def keys(engine: Engine) -> set[str]:
    with Session(engine) as session:
        return set(session.exec(select(Article.source_key)).all())


def test_a_transaction_commits_at_its_end(engine: Engine):
    with transaction(engine) as session:
        actions.create_article(session, source_key="kept")
    assert keys(engine) == {"kept"}


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_any_failure_rolls_the_transaction_back(engine: Engine, failure: type[BaseException]):
    with pytest.raises(failure), transaction(engine) as session:
        actions.create_article(session, source_key="lost")
        raise failure
    assert keys(engine) == set()


def test_actions_leave_committing_to_their_caller(engine: Engine):
    with Session(engine) as session:
        article = actions.create_article(session, source_key="not committed")
        draft = actions.Draft(title="Titel", body="Text")
        revision = actions.revise(session, article, locale="de", draft=draft)
        actions.publish(session, article, revision)
        actions.archive(session, article)
    assert keys(engine) == set()


def test_rows_can_be_read_after_the_transaction(engine: Engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source_key="read me later")
    assert article.source_key == "read me later"


def test_kill_9_keeps_what_was_acknowledged_and_nothing_else(engine: Engine):
    url = engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(2)]
        writer.kill()
    assert said == ["acknowledged", "half done"]
    deadline = time.monotonic() + 10  # PostgreSQL takes a moment to notice
    while time.monotonic() < deadline:
        with transaction(engine) as session:
            subjects = session.exec(select(OutboxNote.subject_id)).all()
            articles = session.exec(select(Article)).all()
        if writer.returncode and len(articles) == 1:
            break
    assert [article.source_key for article in articles] == ["acknowledged"]
    assert list(subjects) == [articles[0].id]


def test_two_writers_do_not_lose_each_others_work(engine: Engine):
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with transaction(engine) as session:
        actions.create_article(session, source_key="one")
    with transaction(other) as session:
        actions.create_article(session, source_key="two")
    other.dispose()
    assert keys(engine) == {"one", "two"}


def test_a_naive_time_is_refused(engine: Engine):
    naive = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001  # the mistake this test is about
    with pytest.raises(exc.StatementError, match="naive"), transaction(engine) as session:
        session.add(Person(name="Nora", role="customer", created_at=naive))


@pytest.mark.parametrize("hours", [-11, 0, 2, 14])
def test_a_time_comes_back_as_the_same_moment_in_utc(engine: Engine, hours: int):
    zone = timezone(timedelta(hours=hours))
    moment = datetime(2026, 10, 25, 2, 30, 15, 123456, tzinfo=zone)
    with transaction(engine) as session:
        person = Person(name="Nora", role="customer", created_at=moment)
        session.add(person)
    with Session(engine) as session:
        found = session.get_one(Person, stored_id(person.id)).created_at
    assert found == moment
    assert found.tzinfo is UTC


def test_times_are_compared_as_moments(engine: Engine):
    earlier = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=14)))  # 22:00 UTC before
    with transaction(engine) as session:
        session.add(Person(name="Nora", role="customer", created_at=earlier))
    with Session(engine) as session:
        query = select(func.count()).select_from(Person)
        until = datetime(2026, 1, 1, tzinfo=UTC)
        assert session.exec(query.where(col(Person.created_at) < until)).one() == 1


def test_no_time_stays_no_time(engine: Engine):
    assert UtcDateTime().process_bind_param(None, engine.dialect) is None
    assert UtcDateTime().process_result_value(None, engine.dialect) is None


def test_the_clock_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_a_row_that_was_not_stored_has_no_id():
    with pytest.raises(ValueError, match="not been stored"):
        stored_id(None)


def test_references_must_exist(engine: Engine):
    orphan = Message(case_id=4711, author_role="customer", body="Whose am I?")
    with pytest.raises(exc.IntegrityError), transaction(engine) as session:
        session.add(orphan)


def test_sqlite_is_durable_and_forgets_what_is_deleted(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path / 'deep' / 'down' / 'lotse.sqlite3'}")
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
