"""kill -9 while an agent sends: what they were told is sent is there, and nothing is twice.

What they were still writing in another case comes back as it was kept last.
"""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import httpx
import pytest
from sqlmodel import Session, select

from kb.access import Audience, Role
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.cases import actions as cases
from kb.cases.models import Message
from kb.coaching import writing
from kb.coaching.models import CoachingPlan, HelpLevel, PlanState
from kb.coaching.writing import NewPlan, NewStep, StepText
from kb.db import stored_id, transaction
from kb.mail.models import Mail
from kb.people import actions as people
from tests.running import LOTSE, PASSWORD, Lotse

ENOUGH = 8
"""Replies that were acknowledged before the process is killed."""


@pytest.fixture
def lotse(tmp_path: Path) -> Lotse:
    return Lotse(tmp_path / "home")


@pytest.fixture
def settled(lotse: Lotse) -> tuple[int, int, int]:
    """Kim's case with a plan that is ready to be sent, and another one; their ids."""
    engine = lotse.engine()
    with transaction(engine) as session:
        kim = people.customer(session, name="Kim", email="k@example.com", locale="de")
        ada = people.add_person(
            session, name="Ada", login="ada", role=Role.AGENT, password=PASSWORD
        )
        article = articles.create_article(session, source_key="wifi", audience=Audience.PUBLIC)
        draft = Draft("WLAN", "1. Neu starten.", slug="wlan")
        revision = articles.revise(session, article, locale="de", draft=draft)
        articles.publish(session, article, revision)
        case = cases.open_case(session, customer=kim, subject="s", body="b", locale="de")
        new = NewPlan(
            stored_id(article.id),
            stored_id(revision.id),
            "WLAN",
            "de",
            [NewStep(StepText("Neu starten."), origin=1)],
        )
        plan = writing.draft(session, case, new, by=ada.viewer)
        plan.level = HelpLevel.STEPS
        other = cases.open_case(session, customer=kim, subject="o", body="o", locale="de")
        found = stored_id(case.id), stored_id(plan.id), stored_id(other.id)
    engine.dispose()
    return found


@contextmanager
def serving(lotse: Lotse) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve in a process group of its own, so that a kill takes all of it."""
    with subprocess.Popen(  # noqa: S603  # our own command
        [*LOTSE, "serve", "--port", str(lotse.port)],
        cwd=lotse.home,
        env=lotse.environment,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


@contextmanager
def signed_in(lotse: Lotse) -> Iterator[httpx.Client]:
    """Open Ada's browser, as soon as the server answers."""
    end = monotonic() + 90
    headers = {"origin": lotse.url}
    with httpx.Client(base_url=lotse.url, timeout=30, headers=headers) as client:
        sent = None
        while sent is None:
            try:
                sent = client.post("/desk/sign-in", data={"login": "ada", "password": PASSWORD})
            except httpx.TransportError:
                assert monotonic() < end, "the server does not answer"
                sleep(0.2)
        assert sent.status_code == 303
        yield client


@pytest.mark.model
def test_kill_9_while_sending_loses_nothing_and_sends_nothing_twice(lotse, settled):
    case_id, plan_id, other_id = settled
    told: list[int] = []
    pressed: list[int] = []

    def reply(client: httpx.Client, number: int) -> bool:
        # as a browser sends it: a form with room for files
        sent = client.post(
            f"/desk/cases/{case_id}/messages",
            data={"key": f"reply-{number}", "body": f"Antwort {number}."},
            files={"files": ("", b"", "application/octet-stream")},
        )
        return sent.status_code == 303

    def keep_replying(client: httpx.Client) -> None:
        for number in range(10_000):
            pressed.append(number)
            try:
                if reply(client, number):
                    told.append(number)
            except httpx.TransportError:
                return

    with serving(lotse) as process, signed_in(lotse) as client:
        typed = {"body": "Noch nicht ganz fer", "version": "0", "key": "one tab"}
        assert not client.post(f"/desk/cases/{other_id}/draft", data=typed).is_error
        agent = Thread(target=keep_replying, args=(client,))
        agent.start()
        end = monotonic() + 60
        while len(told) < ENOUGH and monotonic() < end:
            sleep(0.01)
        kill(process)
        agent.join(30)
    assert len(told) >= ENOUGH
    with serving(lotse), signed_in(lotse) as client:
        assert reply(client, pressed[-1]), "a browser that was cut off tries again"
        assert reply(client, told[-1]), "and so does one that had been told"
        assert typed["body"] in client.get(f"/desk/cases/{other_id}").text
        sending = f"/desk/cases/{case_id}/coaching/{plan_id}/sending"
        form = {"version": "1", "title": "WLAN", "level": "steps"}
        assert {client.post(sending, data=form).status_code for _ in range(2)} == {303}
    engine = lotse.engine()
    with Session(engine) as session:
        said = Counter(one.body for one in session.exec(select(Message)).all())
        plan = session.get_one(CoachingPlan, plan_id)
        letters = Counter(one.key for one in session.exec(select(Mail)).all())
        links = [body for body in said if plan.public_id in body]
    engine.dispose()
    assert set(said.values()) == {1}
    assert {f"Antwort {number}." for number in [*told, pressed[-1]]} <= set(said)
    assert plan.state is PlanState.SENT
    assert len(links) == 1
    assert set(letters.values()) == {1}
