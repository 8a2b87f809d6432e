"""Letters go out to a real server: once each, whatever the server, the line or a process does."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb.config import Config
from kb.db import transaction
from kb.mail import actions, sender
from kb.mail.delivery import FolderPost, Post, SmtpPost, Undelivered, post_of, server_of
from kb.mail.message import Sender, message_of, sender_of
from kb.mail.models import Letter, Mail, MailProblem, MailState
from tests.postoffice import PostOffice, post_office, serving
from tests.running import ROOT, free_port

US = Sender("Koggenet", "noreply@help.example.org", "help.example.org")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


def queue(engine: Engine, *keys: str) -> None:
    letter = Letter("Grüße aus Köln", "Schöne Grüße,\nBrücke", "<p>Schöne Grüße</p>")
    with transaction(engine) as session:
        for key in keys:
            actions.queue(session, to=f"{key}@example.org", letter=letter, key=key)


def mails(engine: Engine) -> dict[str, Mail]:
    with Session(engine) as session:
        return {mail.key: mail for mail in session.exec(select(Mail)).all()}


def make_due(engine: Engine) -> None:
    """Let the pauses and leases pass."""
    with transaction(engine) as session:
        for mail in session.exec(select(Mail)).all():
            mail.next_attempt_at -= timedelta(days=1)
            if mail.leased_until:
                mail.leased_until -= timedelta(days=1)


def send(engine: Engine, office: PostOffice, *, timeout: float = 5) -> bool:
    return sender.send_due(engine, SmtpPost(server_of(office.url), timeout=timeout), US)


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_letter_arrives_as_it_was_written(engine: Engine, office: PostOffice):
    queue(engine, "kim")
    assert send(engine, office)
    [message] = office.taken
    text, html = message.iter_parts()
    assert office.recipients == ["kim@example.org"]
    assert message["subject"] == "Grüße aus Köln"
    assert text.get_content().splitlines() == ["Schöne Grüße,", "Brücke"]
    assert html.get_content().splitlines() == ["<p>Schöne Grüße</p>"]
    assert (mails(engine)["kim"].state, mails(engine)["kim"].attempts) == (MailState.SENT, 1)


def test_letters_of_a_round_go_out_each_once(engine: Engine, office: PostOffice):
    queue(engine, *(f"k{number}" for number in range(12)))
    assert send(engine, office)
    assert send(engine, office)
    assert sorted(office.recipients) == sorted(f"k{number}@example.org" for number in range(12))
    assert len(set(office.message_ids)) == 12


def test_an_address_the_server_does_not_know_is_given_up_at_once_and_the_next_goes_out(
    engine: Engine, office: PostOffice
):
    queue(engine, "gone")
    office.to_recipient = "550 5.1.1 gone@example.org unknown"
    assert send(engine, office)
    gone = mails(engine)["gone"]
    assert (gone.state, gone.problem) == (MailState.FAILED, MailProblem.RECIPIENT_REFUSED)
    office.to_recipient = "250 OK"
    queue(engine, "kim")
    assert send(engine, office)
    assert office.recipients == ["kim@example.org"]


@pytest.mark.parametrize("where", ["to_recipient", "to_letter"])
def test_a_refusal_for_now_is_tried_again_and_keeps_nobody_waiting(
    engine: Engine, office: PostOffice, where: str
):
    queue(engine, "first", "second")
    setattr(office, where, "450 4.2.0 greylisted")
    assert send(engine, office)
    assert {mail.problem for mail in mails(engine).values()} == {MailProblem.TRY_LATER}
    assert {mail.attempts for mail in mails(engine).values()} == {1}
    setattr(office, where, "250 OK")
    assert send(engine, office)
    assert office.taken == []  # not before its pause is over
    make_due(engine)
    assert send(engine, office)
    assert len(office.taken) == 2
    assert {mail.problem for mail in mails(engine).values()} == {None}


def test_a_letter_the_server_will_never_take_is_given_up(engine: Engine, office: PostOffice):
    queue(engine, "kim")
    office.to_letter = "554 5.7.1 looks like spam"
    send(engine, office)
    assert mails(engine)["kim"].problem is MailProblem.LETTER_REFUSED
    assert mails(engine)["kim"].state is MailState.FAILED


def test_a_server_that_is_down_loses_nothing_and_costs_only_one_letter_an_attempt(engine: Engine):
    office = PostOffice(free_port())
    queue(engine, "a", "b", "c")
    assert not send(engine, office)
    assert sorted(mail.attempts for mail in mails(engine).values()) == [0, 0, 1]
    assert {mail.state for mail in mails(engine).values()} == {MailState.QUEUED}
    with serving(office):
        make_due(engine)
        assert send(engine, office)
    assert sorted(office.recipients) == ["a@example.org", "b@example.org", "c@example.org"]


def test_a_line_that_breaks_after_the_letter_was_taken_sends_it_again_as_the_same_message(
    engine: Engine, office: PostOffice
):
    queue(engine, "kim")
    office.hangs_up = True
    assert not send(engine, office)
    assert mails(engine)["kim"].problem is MailProblem.SERVER_DOWN
    office.hangs_up = False
    make_due(engine)
    assert send(engine, office)
    assert len(office.taken) == 2
    assert len(set(office.message_ids)) == 1


def test_a_server_that_says_nothing_does_not_hold_us_for_ever(engine: Engine):
    queue(engine, "kim")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        assert not sender.send_due(engine, SmtpPost(server_of(url), timeout=0.5), US)
    assert time.monotonic() - started < 10
    assert mails(engine)["kim"].problem is MailProblem.SERVER_DOWN


@pytest.mark.parametrize("scheme", ["smtp://127.0.0.1:{}?starttls", "smtps://127.0.0.1:{}"])
def test_without_encryption_that_was_asked_for_nothing_is_sent(
    engine: Engine, office: PostOffice, scheme: str
):
    queue(engine, "kim")
    post = SmtpPost(server_of(scheme.format(office.port)), timeout=2)
    assert not sender.send_due(engine, post, US)
    assert mails(engine)["kim"].problem in {MailProblem.NO_ENCRYPTION, MailProblem.SERVER_DOWN}
    assert office.taken == []


def test_a_password_the_server_does_not_take_gives_no_letter_up(
    engine: Engine, office: PostOffice
):
    queue(engine, "kim")
    url = office.url.replace("smtp://", "smtp://me:secret@")
    assert not sender.send_due(engine, SmtpPost(server_of(url), timeout=2), US)
    assert mails(engine)["kim"].state is MailState.QUEUED


def test_a_letter_that_cannot_be_written_is_given_up_and_the_next_goes_out(
    engine: Engine, office: PostOffice
):
    queue(engine, "evil", "kim")
    with transaction(engine) as session:
        session.exec(
            select(Mail).where(Mail.key == "evil")
        ).one().stop_url = "x\r\nBcc: a@b.example"
    assert send(engine, office)
    assert office.recipients == ["kim@example.org"]
    assert mails(engine)["evil"].problem is MailProblem.LETTER_REFUSED


def test_without_a_server_letters_are_files_and_twice_the_same_is_one(
    engine: Engine, tmp_path: Path
):
    queue(engine, "kim")
    post = post_of(Config(home=tmp_path))
    assert isinstance(post, FolderPost)
    assert sender.send_due(engine, post, US)
    [written] = (tmp_path / "mail").iterdir()
    assert written.suffix == ".eml"
    assert written.stat().st_mode & 0o077 == 0
    post.deliver(message_of(mails(engine)["kim"], US), name=written.stem)
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_folder_that_cannot_be_written_loses_nothing(engine: Engine, tmp_path: Path):
    queue(engine, "kim")
    (tmp_path / "mail").write_text("in the way")
    assert not sender.send_due(engine, FolderPost(tmp_path / "mail"), US)
    assert mails(engine)["kim"].state is MailState.QUEUED


def test_the_thread_sends_and_stops_when_told(
    engine: Engine, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sender, "IDLE", 0.05)
    config = Config(home=tmp_path, smtp_url=office.url, public_url="https://help.example.org")
    stop = threading.Event()
    thread = threading.Thread(target=sender.send_until, args=(stop, engine, config))
    thread.start()
    queue(engine, "kim")
    wait_until(lambda: len(office.taken) == 1)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_the_thread_outlives_a_post_that_fails_in_a_way_nobody_foresaw(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sender, "IDLE", 0.01)
    tries = []

    class Broken:
        def deliver(self, message, *, name):
            del message, name
            tries.append(1)
            raise RuntimeError("canary@example.org")

        def close(self):
            pass

    post: Post = Broken()
    stop = threading.Event()
    queue(engine, "a", "b")
    arguments = (stop, engine, Config(home=tmp_path))
    thread = threading.Thread(
        target=sender.keep_sending, args=arguments, kwargs={"post": post}, daemon=True
    )
    thread.start()
    wait_until(lambda: len(tries) >= 2)
    stop.set()
    thread.join(10)
    assert {mail.state for mail in mails(engine).values()} == {MailState.QUEUED}


def test_problems_carry_our_words_and_never_the_servers(office: PostOffice):
    office.to_recipient = "550 canary@example.org is unknown"
    post = SmtpPost(server_of(office.url), timeout=5)
    mail = Mail(key="k", recipient="a@b.example", subject="", text="", html="", locale="de")
    with pytest.raises(Undelivered) as refused:
        post.deliver(message_of(mail, US), name="x")
    assert str(refused.value) == "recipient refused"


PROGRAM = """
import sys
from threading import Event
from kb.config import Config
from kb.db import open_engine
from kb.mail import sender
sender.IDLE = 0.05
sender.send_until(Event(), open_engine(sys.argv[1]), Config(smtp_url=sys.argv[2]))
"""


def sending_process(url: str, office: PostOffice) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  # ours
        [sys.executable, "-c", PROGRAM, url, office.url], cwd=ROOT
    )


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def all_sent(engine: Engine) -> bool:
    return {mail.state for mail in mails(engine).values()} == {MailState.SENT}


def test_two_processes_send_each_letter_once(engine: Engine, office: PostOffice):
    queue(engine, *(f"k{number}" for number in range(40)))
    processes = [sending_process(address(engine), office) for _ in range(2)]
    try:
        wait_until(lambda: all_sent(engine))
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert len(office.taken) == len(set(office.message_ids)) == 40
    assert {mail.attempts for mail in mails(engine).values()} == {1}


def test_a_process_killed_while_sending_loses_no_letter(engine: Engine, office: PostOffice):
    queue(engine, *(f"k{number}" for number in range(30)))
    for until in (3, 10, 20):
        process = sending_process(address(engine), office)
        wait_until(lambda: len(office.taken) >= until)  # noqa: B023  # asked at once
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        make_due(engine)  # the lease of the dead one is over
    assert sender.send_due(engine, SmtpPost(server_of(office.url)), sender_of(Config()))
    assert all_sent(engine)
    assert len(set(office.message_ids)) == 30  # what came twice is the same message twice
    assert len(office.taken) <= 33
