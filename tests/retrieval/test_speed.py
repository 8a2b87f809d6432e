"""What keeps a search quick however much there is: counted, for clocks differ from day to day."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from kb.errors import EmbedderUnavailable
from retrieval.results import Notice
from tests.retrieval.shelf import AGENT, OtherModel, Shelf, Watched, down

MOST = 8
"""Which collections serve, which words mean the same; of two languages the pieces and what is on
show; of hits in the other language their translations and the pieces of these."""


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect what SQL is asked."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def grow(shelf: Shelf, number: int) -> None:
    for at in range(number):
        shelf.publish(f"Router {at}", f"Router {at} neu starten.", key=f"router-{at}")
        shelf.publish(f"Router {at}", f"Restart router {at}.", locale="en", key=f"router-{at}")
        shelf.publish(f"Nur englisch {at}", f"Router {at} only.", locale="en", key=f"en-{at}")
    shelf.sync()


@pytest.mark.parametrize("question", ["Router neu starten", "Ruter neu startn", "restart router"])
def test_a_search_asks_sql_no_more_often_where_more_is_found(shelf: Shelf, question: str):
    counts = []
    for size in (2, 12):
        grow(shelf, size)
        with statements(shelf.engine) as asked:
            assert shelf.search(question).hits
        counts.append(len(asked))
    assert max(counts) <= MOST


def test_bodies_of_articles_are_not_read_to_find_them(shelf: Shelf):
    grow(shelf, 3)
    with statements(shelf.engine) as asked:
        shelf.search("Router neu starten")
    assert not any("revision.body" in statement for statement in asked)


def test_a_question_asked_again_is_not_embedded_again(shelf: Shelf):
    grow(shelf, 1)
    spied = Watched(shelf.engines.embedder)
    asking = shelf.with_engines(embedder=spied)
    first = asking.search("Router neu starten")
    again = asking.search("Router neu starten", AGENT)
    assert [hit.passage.chunk_id for hit in first.hits] == [
        hit.passage.chunk_id for hit in again.hits
    ]
    assert [name for name, _ in spied.asked].count("embed") == 1
    asking.search("Router neu startn")
    assert [name for name, _ in spied.asked].count("embed") == 2


def test_what_one_model_made_of_a_question_is_nothing_to_another(shelf: Shelf):
    grow(shelf, 1)
    shelf.search("Router neu starten")
    spied = Watched(OtherModel())
    other = shelf.with_engines(embedder=spied)
    other.sync()
    before = len(spied.asked)
    other.search("Router neu starten")
    assert ("embed", ["Router neu starten"]) in spied.asked[before:]


def test_a_failure_to_embed_is_not_remembered(shelf: Shelf):
    grow(shelf, 1)
    flaky = Watched(shelf.engines.embedder, before=down(EmbedderUnavailable))
    asking = shelf.with_engines(embedder=flaky)
    assert Notice.WITHOUT_MEANING in asking.search("Router neu starten").notices
    flaky.before = lambda _name, _number: None
    assert not asking.search("Router neu starten").notices


def test_who_took_an_article_back_is_obeyed_though_the_question_is_remembered(shelf: Shelf):
    kept = shelf.publish("Router neu starten", "Stecker ziehen.")
    shelf.sync()
    assert shelf.titles("Router neu starten") == ["Router neu starten"]
    shelf.archive(kept)
    assert shelf.titles("Router neu starten") == []
