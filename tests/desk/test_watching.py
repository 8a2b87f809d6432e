"""For operators: alive, ready, measured; and a start without a model."""

import gc
import subprocess
import sys
import threading
from threading import Event
from time import monotonic, sleep

from litestar.testing import TestClient

from desk.app import create_app
from desk.slot import RetrievalSlot, SlotState
from kb.db import open_engine


def test_alive_and_ready(visitor):
    assert visitor.get("/livez").text == "ok"
    assert visitor.get("/readyz").json() == {"database": "ok", "search": "ready", "mail": "ok"}


def test_not_ready_without_the_database_but_alive(config, retrieval, tmp_path):
    lost = open_engine(f"sqlite:///{tmp_path}/lost.sqlite3")
    lost.connect().close()
    lost.dispose()
    broken = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1")
    with TestClient(create_app(config, engine=broken, retrieval=retrieval)) as client:
        found = client.get("/readyz")
        assert client.get("/livez").status_code == 200
        page = client.get("/de/")
    assert found.status_code == 503
    assert found.json()["database"] == "down"
    assert page.status_code == 503
    assert "nobody@" not in page.text


def test_metrics_are_for_those_with_the_token(visitor):
    visitor.get("/de/search?question=wlan")
    assert visitor.get("/metrics").status_code == 404
    assert visitor.get("/metrics", headers={"authorization": "Bearer no"}).status_code == 404
    found = visitor.get("/metrics", headers={"authorization": "Bearer watch-me"})
    assert 'lotse_questions_total{outcome="answered"} 1.0' in found.text
    assert "wlan" not in found.text


def test_metrics_are_closed_without_a_token_in_the_settings(config, engine, retrieval):
    shut = config.model_copy(update={"metrics_token": type(config.metrics_token)("")})
    with TestClient(create_app(shut, engine=engine, retrieval=retrieval)) as client:
        assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_retrieval_that_cannot_start_is_a_state_and_no_crash():
    def build():
        raise RuntimeError("no model")

    slot = RetrievalSlot(build)
    assert not slot.fill()
    assert slot.state is SlotState.FAILED
    assert slot.retrieval is None


def test_retrieval_that_could_not_start_is_tried_again(monkeypatch, retrieval):
    monkeypatch.setattr("desk.slot._PAUSES", (0,))
    tries, there = [], threading.Event()

    def build():
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("not yet")
        there.set()
        return retrieval

    slot = RetrievalSlot(build)
    slot.start()
    assert there.wait(5)
    for thread in threading.enumerate():
        if thread.name == "retrieval":
            thread.join(5)
    assert (slot.state, slot.retrieval) == (SlotState.READY, retrieval)


def test_it_is_ready_only_after_the_first_questions_were_answered(config, engine):
    begun, may_end = Event(), Event()

    class Slow:
        def warm(self, _session):
            begun.set()
            assert may_end.wait(20)

    with TestClient(create_app(config, engine=engine, build=Slow)) as client:
        assert begun.wait(20)
        assert client.get("/readyz").json()["search"] == "starting"
        may_end.set()
        until = monotonic() + 20
        while client.get("/readyz").json()["search"] != "ready" and monotonic() < until:
            sleep(0.01)
        assert client.get("/readyz").json()["search"] == "ready"
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


def test_importing_the_application_loads_no_model():
    code = "import sys, desk.app; print([m for m in ('torch','chromadb') if m in sys.modules])"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_head_is_get_without_the_body(visitor):
    for path in ("/livez", "/de/", "/de/articles/wlan-langsam", "/static/site.css"):
        found = visitor.head(path)
        assert found.status_code == 200
        assert found.content == b""
    assert visitor.head("/de/articles/intern").status_code == 404
