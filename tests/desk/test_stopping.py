"""Whoever stops a server has not to wait, however many pages follow it live."""

import signal
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

import pytest

from kb.cases import actions
from kb.db import transaction
from kb.people import actions as people
from tests.running import LOTSE, Lotse

MOST = 2.0
"""Seconds until it has stopped."""
STREAMS = 3


@pytest.fixture
def lotse(tmp_path: Path) -> Lotse:
    return Lotse(tmp_path / "home")


@pytest.fixture
def stream(lotse) -> bytes:
    """What a browser sends to follow a case."""
    engine = lotse.engine()
    with transaction(engine) as session:
        kim = people.customer(session, name="Kim", email="k@example.com", locale="de")
        case = actions.open_case(session, customer=kim, subject="s", body="b", locale="de")
        path = f"/de/cases/{case.public_id}/events"
    engine.dispose()
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{lotse.port}\r\n\r\n".encode()


@pytest.mark.model
def test_a_server_that_is_followed_by_open_pages_stops_at_once(lotse, stream):
    with (
        subprocess.Popen(  # noqa: S603  # our own command
            [*LOTSE, "serve", "--port", str(lotse.port)], cwd=lotse.home, env=lotse.environment
        ) as process,
        ExitStack() as open_pages,
    ):
        _ready(lotse)
        for _ in range(STREAMS):
            page = open_pages.enter_context(socket.create_connection(("127.0.0.1", lotse.port)))
            page.sendall(stream)
            assert b"text/event-stream" in page.recv(4_096)
        begun = monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
        assert monotonic() - begun < MOST
        assert process.returncode == 0


def _ready(lotse: Lotse) -> None:
    end = monotonic() + 60
    while monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", lotse.port), timeout=1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise RuntimeError("it never came up")
