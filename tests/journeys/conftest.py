"""A real Lotse with part of the demo, its real model, and real browsers that visit it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.visitor import Person, Visitor, visiting
from tests.running import Lotse, chromium, furnish, part_of_demo

ARTICLES = (
    "bill-explained",
    "esim-install",
    "esim-new-phone",
    "moving-house",
    "no-internet",
    "order-status",
    "router-lights",
    "router-restart-reset",
    "sim-lost",
    "wifi-password",
    "wifi-range",
    "wifi-slow",
)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with part of the demo, indexed once for all processes of a test run."""
    if chromium() is None:
        pytest.skip("no chromium")
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ  # noqa: TID251  # set by pytest-xdist
    base = tmp_path_factory.getbasetemp()
    shared = (base if is_alone else base.parent) / "journeys"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "done").exists():
            source = part_of_demo(shared / "source", articles=ARTICLES, cases=10)
            furnish(Lotse(shared / "home"), source=source)
            (shared / "done").touch()
    return shared / "home"


@pytest.fixture(scope="session")
def lotse(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lotse]:
    """Lotse serving, with a home of its own."""
    home = tmp_path_factory.mktemp("lotse") / "home"
    with Lotse(Path(shutil.copytree(furnished, home))).serving() as serving:
        yield serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; not for longer than a file, because it keeps the thread's event loop busy."""
    path = chromium()
    if path is None:
        pytest.skip("no chromium")
    expect.set_options(timeout=20_000)  # on a busy machine
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, lotse: Lotse) -> Iterator[Callable[[Person], Visitor]]:
    """Let somebody visit."""
    with visiting(browser, lotse) as start:
        yield start
