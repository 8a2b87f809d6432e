"""`lotse mail` tells counts and ids; who was written to, and what, stays where it is."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from kb.config import Config
from kb.db import migrate, open_engine, transaction
from kb.mail import actions, claims
from kb.mail.commands import mail
from kb.mail.models import Letter, MailProblem


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A home with a letter that waits and one that was given up."""
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path / "home"))
    engine = open_engine(Config().sql_url)
    migrate(engine)
    letter = Letter("CANARYSUBJECT", "CANARYTEXT", "<p>CANARYTEXT</p>")
    with transaction(engine) as session:
        actions.queue(session, to="gone@example.org", letter=letter, key="a")
    claims.settle(engine, claims.claim(engine), MailProblem.RECIPIENT_REFUSED)
    with transaction(engine) as session:
        actions.queue(session, to="kim.kundt@example.org", letter=letter, key="b")
    return engine


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mail, arguments)


@pytest.mark.usefixtures("home")
def test_what_waits_and_what_was_given_up_is_listed_without_text_or_address():
    told = run("list").output
    assert told.startswith("1 queued (oldest due: 0 min), 1 failed\n")
    assert "1  failed  g...@example.org  attempts 1  recipient refused\n" in told
    assert "2  queued  k...@example.org  attempts 0  -\n" in told
    assert "CANARY" not in told
    assert "kundt" not in told


@pytest.mark.usefixtures("home")
def test_what_was_given_up_is_queued_again():
    assert run("retry").output == "1 queued again.\n"
    assert run("retry").output == "0 queued again.\n"
    assert run("list").output.startswith("2 queued")
