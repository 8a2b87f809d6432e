"""Whoever comes first does not wait, and what was asked lately is remembered, within bounds."""

import pytest
from sqlmodel import Session

from kb.access import ANYONE
from kb.config import LOCALES, Config
from retrieval.assembly import Retrieval
from retrieval.engines.offline import HashingEmbedder
from retrieval.index import stack
from tests.retrieval.shelf import Shelf, Watched


@pytest.fixture
def embedder() -> Watched:
    return Watched(HashingEmbedder())


def test_after_the_warm_up_every_language_was_asked_once(shelf: Shelf, embedder, tmp_path):
    shelf.sync()
    engines = shelf.with_engines(embedder=embedder).engines
    retrieval = Retrieval(Config(home=tmp_path), shelf.engine, engines)
    with Session(shelf.engine) as session:
        retrieval.warm(session)
        assert sum(name == "embed" for name, _ in embedder.asked) >= len(LOCALES)
        before = len(embedder.asked)
        retrieval.warm(session)
        assert [name for name, _ in embedder.asked[before:] if name == "embed"] == []


def test_an_empty_library_can_be_warmed_too(shelf: Shelf, tmp_path):
    retrieval = Retrieval(Config(home=tmp_path), shelf.engine, shelf.engines)
    with Session(shelf.engine) as session:
        retrieval.warm(session)
        assert retrieval.search(session, "Router", ANYONE, "de").hits == []


def test_vectors_of_questions_are_remembered_within_bounds(shelf: Shelf, embedder, monkeypatch):
    monkeypatch.setattr(stack, "_QUESTIONS", 3)
    engines = shelf.with_engines(embedder=embedder).engines
    for question in ("a", "a", "b", "c", "d", "a"):
        engines.meaning(question)
    assert [text for _, (text,) in embedder.asked] == ["a", "b", "c", "d", "a"]


def test_another_model_is_asked_anew(shelf: Shelf, embedder, monkeypatch):
    engines = shelf.with_engines(embedder=embedder).engines
    engines.meaning("a")
    monkeypatch.setattr(HashingEmbedder, "digest", "hashing-2")
    engines.meaning("a")
    assert len(embedder.asked) == 2
