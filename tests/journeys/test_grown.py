"""Grown: several processes share PostgreSQL, Chroma and Redis, and outlive what fails."""

import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from desk import i18n
from desk.demonstration import FOLDER
from kb.db import open_engine
from kb.passages.models import Chunk
from tests.databases import PostgresStore
from tests.grown import LIMIT, Grown, chroma, is_running, kill, redis, until
from tests.postgres import Cluster
from tests.running import PASSWORD

pytestmark = [pytest.mark.postgres, pytest.mark.model]

FIRST = ("wifi-slow", "bill-download")
LATER = ("router-lights", "esim-install", "moving-house", "order-status")
SLOW_WIFI = "Mein WLAN ist langsam"
CABLE = """---
title: Seekabel nach Föhr
slug: seekabel
audience: public
---
Das Seekabel nach Föhr wird im Herbst verlegt.
"""
ALL = range(8)
"""As many connections as make it all but certain that every web process was asked."""
t = i18n.words("de")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few articles of the demo."""
    folder = tmp_path_factory.mktemp("articles")
    add(folder, FIRST)
    return folder


def add(folder: Path, names: tuple[str, ...]) -> None:
    for locale in ("de", "en"):
        (folder / locale).mkdir(exist_ok=True)
        for name in names:
            shutil.copy(FOLDER / "articles" / locale / f"{name}.md", folder / locale)


@pytest.fixture(scope="module")
def site(
    cluster: Cluster,
    postgres_store: PostgresStore,
    tmp_path_factory: pytest.TempPathFactory,
    articles: Path,
) -> Iterator[Grown]:
    """Everything running, with a few articles in it."""
    for program, where in (("redis-server", redis()), ("chroma", chroma())):
        if where is None:
            pytest.skip(f"{program} is not installed")
    postgres_store.new_database("grown").dispose()
    with Grown(tmp_path_factory.mktemp("grown"), cluster.url("grown")).running() as running:
        imported(running, articles)
        until(running.is_ready, what="both web processes can search")
        yield running


def imported(site: Grown, articles: Path, *options: str) -> None:
    said = site.run("import", articles, "--audience", "public", "--publish", *options)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "A running Lotse keeps this index" in said.stdout


def finds(site: Grown, question: str, title: str) -> bool:
    return title in site.get("/de/search", question=question).text


def is_everywhere(site: Grown, path: str, status: int) -> bool:
    return [site.get(path).status_code for _ in ALL] == [status] * len(ALL)


def chunks(site: Grown) -> int:
    engine = open_engine(site.database_url)
    with Session(engine) as session:
        found = session.exec(select(func.count()).select_from(Chunk)).one()
    engine.dispose()
    return found


def test_what_was_imported_is_found_by_words_and_meaning_in_every_process(site: Grown):
    until(lambda: finds(site, "WLAN langsam", SLOW_WIFI), what="the articles are found")
    pages = [site.get("/de/search", question="WLAN ist langsam") for _ in ALL]
    assert all(SLOW_WIFI in page.text for page in pages)
    assert all(t("search.without_meaning") not in page.text for page in pages)
    assert site.has_no_drift()


def test_a_message_becomes_a_case_that_an_agent_answers_over_any_process(site: Grown):
    letter = {"name": "Karla", "email": "karla@example.com", "message": "Alles ist langsam!"}
    with site.browser() as karla:
        sent = karla.post("/de/contact", data=letter)
    private = sent.url.path
    assert re.fullmatch(r"/de/cases/[\w-]{16,}", private)
    said = site.run("person", "add", "ada", "--name", "Ada", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert "ada can sign in" in said.stdout, said.stderr
    with site.browser() as ada:
        ada.post("/desk/sign-in", data={"login": "ada", "password": PASSWORD})
        shown = [site.get("/desk/cases", cookies=ada.cookies) for _ in ALL]
    assert all("Karla" in page.text for page in shown)
    assert all("Alles ist langsam!" in site.get(private).text for _ in ALL)


def test_what_is_taken_back_is_gone_everywhere_at_the_next_request(site: Grown, articles: Path):
    cable = articles / "de" / "seekabel.md"
    cable.write_text(CABLE, encoding="utf-8")
    imported(site, articles)
    assert is_everywhere(site, "/de/articles/seekabel", 200)
    until(lambda: finds(site, "Seekabel", "Seekabel nach Föhr"), what="the cable is found")
    cable.unlink()
    imported(site, articles, "--prune")
    assert is_everywhere(site, "/de/articles/seekabel", 404)
    assert not any(finds(site, "Seekabel", "Seekabel nach Föhr") for _ in ALL)


def test_the_processes_count_a_visitors_searches_together(site: Grown):
    asked = [
        site.get("/de/search", visitor="192.0.2.7").status_code for _ in range(LIMIT + len(ALL))
    ]
    assert asked == [200] * LIMIT + [429] * len(ALL)


def test_a_crowd_is_served_and_nobody_waits_for_ever(site: Grown):
    started = time.monotonic()
    with ThreadPoolExecutor(60) as crowd:
        answers = list(crowd.map(lambda _: site.get("/de/articles/wlan-langsam"), range(120)))
    assert {answer.status_code for answer in answers} == {200}
    assert time.monotonic() - started < 25, "the pool of connections gives up after 30"


def test_without_chroma_words_are_searched_and_it_is_said(site: Grown):
    with site.chroma.stopped():
        pages = [site.get("/de/search", question="WLAN langsam") for _ in ALL]
        assert {page.status_code for page in pages} == {200}
        assert all(SLOW_WIFI in page.text for page in pages)
        assert all(t("search.without_meaning") in page.text for page in pages)
        said = site.run("index", "audit")
        assert (said.returncode, "LOTSE_CHROMA_URL" in said.stderr) == (1, True)

    def is_meant_again() -> bool:
        pages = [site.get("/de/search", question="WLAN langsam") for _ in ALL]
        return all(t("search.without_meaning") not in page.text for page in pages)

    until(is_meant_again, what="meaning is searched again")


def test_without_redis_everything_works(site: Grown):
    letter = {"name": "Kim", "email": "kim@example.com", "message": "Hallo"}
    with site.redis.stopped():
        assert is_everywhere(site, "/de/", 200)
        assert is_everywhere(site, "/de/search?question=Rechnung", 200)
        with site.browser() as kim:
            assert kim.post("/de/contact", data=letter).url.path.startswith("/de/cases/")


def test_a_worker_that_is_killed_while_it_works_leaves_nothing_undone(site: Grown, articles: Path):
    assert "index_synced" in site.worker.log.read_text(), "it is the one that keeps the index"
    before = chunks(site)
    add(articles, LATER)
    with ThreadPoolExecutor(1) as beside:
        import_ = beside.submit(imported, site, articles)
        until(lambda: chunks(site) > before, what="the first new article is indexed")
        site.worker.kill()
        import_.result()
    until(lambda: "index_synced" in site.web.log.read_text(), what="a web process did the rest")
    assert site.has_no_drift()
    assert finds(site, "eSIM einrichten", "eSIM auf dem Handy einrichten")


def test_a_web_process_that_is_killed_is_replaced_and_takes_nobody_with_it(site: Grown):
    before = site.web.children()
    assert len(before) == 2
    kill(before[0])
    until(lambda: len(set(site.web.children()) - {before[0]}) == 2, what="there are two again")
    assert before[1] in site.web.children()
    assert is_everywhere(site, "/livez", 200)


def test_when_the_server_is_killed_no_web_process_goes_on_without_it(site: Grown):
    left = site.web.children()
    site.web.kill()
    until(lambda: not any(map(is_running, left)), what="they are gone, too")
