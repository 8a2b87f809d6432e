"""A text on trial is found as if it were on show, and nothing of it stays."""

from pathlib import Path

import pytest
from sqlmodel import Session, select

from kb.access import ANYONE, Audience
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.articles.models import Article, Revision
from kb.db import migrate, open_engine, stored_id, transaction
from kb.golden.models import GoldenArticle, GoldenQuestion, Verdict
from kb.outbox import position
from kb.passages.models import Chunk
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.golden import turned
from retrieval.index.collections import Slot
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.index.sync import sync
from retrieval.results import Kind
from retrieval.search import Wish, search
from retrieval.trial import Answering, Replacing, on_show

OLD = Draft(title="Router neu starten", body="Ziehen Sie den Stecker und warten Sie eine Minute.")
NEW = Draft(title="Fernsehen einrichten", body="Stecken Sie die Fernsehkarte in den Empfänger.")


@pytest.fixture
def engine(tmp_path):
    opened = open_engine(f"sqlite:///{tmp_path / 'lotse.sqlite3'}")
    migrate(opened)
    return opened


@pytest.fixture
def engines(tmp_path) -> Engines:
    return Engines(HashingEmbedder(), MemoryVectors(), TantivyIndex(tmp_path / "lexical"))


@pytest.fixture
def article(engine, engines) -> int:
    with transaction(engine) as session:
        for key, draft in (
            ("router", OLD),
            ("plug", Draft(title="Stecker tauschen", body="Den Stecker in die Dose stecken.")),
        ):
            made = articles.create_article(session, source_key=key, audience=Audience.PUBLIC)
            articles.publish(
                session, made, articles.revise(session, made, locale="de", draft=draft)
            )
    sync(engine, engines)
    with Session(engine) as session:
        return stored_id(session.exec(select(Article.id).order_by(Article.id)).first())


def rewritten(session: Session, article_id: int) -> Replacing:
    article = session.get_one(Article, article_id)
    before = session.exec(select(Revision.id).order_by(Revision.id)).first()
    revision = articles.revise(session, article, locale="de", draft=NEW)
    articles.publish(session, article, revision)
    return Replacing(stored_id(revision.id), before)


def titles(session: Session, engines: Engines, question: str) -> list[str]:
    found = search(session, engines, Lexicons(engines.lexical), Wish(question, "de", ANYONE))
    return [hit.passage.title for hit in found.hits]


def test_it_is_found_by_words_it_brings_and_its_old_words_are_gone(
    engine, engines, article, tmp_path
):
    with Session(engine) as session:
        new = rewritten(session, article)
        with on_show(session, engines, Slot(Kind.PUBLIC, "de"), new, tmp_path) as tried:
            assert titles(session, tried, "Fernsehkarte Empfänger?")[0] == NEW.title
            assert tried.lexical.frequency(
                next(iter({one.collection for one in session.exec(select(Chunk))})), "steck"
            )
            assert OLD.title not in titles(session, tried, "Router neu starten?")
        session.rollback()


def test_nothing_of_it_stays(engine, engines, article, tmp_path):
    with Session(engine) as session:
        noted, chunks = position(session), len(session.exec(select(Chunk.id)).all())
        collection = session.exec(select(Chunk.collection)).first()
        size, words = engines.lexical.size(collection), engines.lexical.vocabulary(collection)
        new = rewritten(session, article)
        with on_show(session, engines, Slot(Kind.PUBLIC, "de"), new, tmp_path) as tried:
            assert tried.lexical.vocabulary(collection).keys() > words.keys()
            for write in (
                lambda: tried.vectors.add(collection, ["x"], HashingEmbedder().embed(["x"])),
                lambda: tried.vectors.remove(collection, ["r1.0"]),
                lambda: tried.vectors.drop(collection),
            ):
                with pytest.raises(TypeError):
                    write()
        session.rollback()
    with Session(engine) as session:
        assert (position(session), len(session.exec(select(Chunk.id)).all())) == (noted, chunks)
        assert titles(session, engines, "Router neu starten?")[0] == OLD.title
        assert NEW.title not in titles(session, engines, "Fernsehkarte Empfänger?")
    assert engines.lexical.size(collection) == size
    assert "fernsehkarte" not in engines.lexical.vocabulary(collection)
    assert [one.name for one in Path(tmp_path).glob("trial-*")] == []
    again = TantivyIndex(tmp_path / "lexical")
    assert again.size(collection) == size


def test_questions_that_turn_are_told_the_worse_ones_first(engine, engines, article, tmp_path):
    with transaction(engine) as session:
        for words in ("Stecker ziehen, eine Minute warten", "Empfänger, Fernsehkarte, einrichten"):
            question = GoldenQuestion(locale="de", words=words)
            session.add(question)
            session.flush()
            session.add(GoldenArticle(question_id=question.id, article_id=article))
    with Session(engine) as now, Session(engine) as session:
        asked = now.exec(select(GoldenQuestion)).all()
        new = rewritten(session, article)
        with on_show(session, engines, Slot(Kind.PUBLIC, "de"), new, tmp_path) as tried:
            found = turned((session, Answering(tried, 0.0)), (now, Answering(engines, 0.0)), asked)
        session.rollback()
    assert [(one.question.words.split()[0], one.is_better) for one in found] == [
        ("Stecker", False),
        ("Empfänger,", True),
    ]
    assert found[1].after.verdict is Verdict.RIGHT
