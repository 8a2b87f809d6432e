"""Limits: counted together through Redis, and on in each process while Redis is away."""

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest

from desk import rates
from desk.rates import Rates
from kb.config import Config
from kb.errors import TooManyRequests
from tests.running import free_port

A_VISITOR = "192.0.2.1"
AT_ONCE = 0.5
"""Seconds; Redis is given up after one."""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def redis(port: int, tmp_path: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """A Redis of this test alone."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    command = [program, "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield server
        server.kill()


def limits(port: int, searches: int = 2) -> Rates:
    """Those of one process."""
    return Rates(Config(redis_url=f"redis://127.0.0.1:{port}", requests_per_minute=searches))


def search(limits: Rates) -> bool:
    """Search once, and say whether it was allowed."""
    try:
        asyncio.run(limits.search(A_VISITOR))
    except TooManyRequests:
        return False
    return True


@pytest.mark.usefixtures("redis")
def test_two_processes_count_one_visitor_together(port: int):
    one, other = limits(port), limits(port)
    assert [search(one), search(other), search(one), search(other)] == [True, True, False, False]


def test_without_redis_each_process_counts_for_itself(port: int):
    one, other = limits(port), limits(port)
    assert [search(one), search(one), search(one)] == [True, True, False]
    assert search(other)


def test_a_redis_that_hangs_makes_one_visitor_wait_and_nobody_after_them(
    redis: "subprocess.Popen[bytes]", port: int
):
    mine = limits(port, searches=100)
    assert search(mine)
    redis.send_signal(SIGSTOP)
    try:
        assert search(mine)
        for _ in range(3):
            started = time.monotonic()
            assert search(mine)
            assert time.monotonic() - started < AT_ONCE
    finally:
        redis.send_signal(SIGCONT)


@pytest.mark.usefixtures("redis")
def test_redis_is_asked_again_after_a_rest(port: int, monkeypatch: pytest.MonkeyPatch):
    now = 1000.0
    monkeypatch.setattr(rates, "monotonic", lambda: now)
    away, back = limits(free_port()), limits(port, searches=1)
    assert search(away)
    assert search(back)
    back._rests_until = now + 1  # noqa: SLF001  # as after a failure
    assert search(back), "counted here, where nothing was counted yet"
    now += 1
    assert not search(back), "counted together again"
