"""A note stands in the same transaction as the change it tells of, and numbers only grow."""

from threading import Event

import pytest
from sqlalchemy import Engine, exc, text
from sqlmodel import Session, select

from kb import outbox
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.models import Article, Revision
from kb.db import open_engine, transaction
from kb.outbox import OutboxNote, Subject
from tests.world import Standing, World


def notes(engine: Engine, after: int = 0) -> list[tuple[Subject, int]]:
    with Session(engine) as session:
        query = select(OutboxNote).order_by(OutboxNote.id)
        return [(n.subject, n.subject_id) for n in session.exec(query) if (n.id or 0) > after]


def test_an_empty_outbox_stands_at_nought(engine: Engine):
    with Session(engine) as session:
        assert outbox.position(session) == 0


def test_a_note_is_rolled_back_with_its_change(engine: Engine, world: World):
    before = notes(engine)
    with pytest.raises(RuntimeError), transaction(engine) as session:
        article = session.get_one(Article, world.piece().article_id)
        articles.archive(session, article)
        session.flush()
        raise RuntimeError
    assert notes(engine) == before
    with Session(engine) as session:
        assert not session.get_one(Article, world.piece().article_id).is_archived


@pytest.mark.parametrize("what", ["publish", "unpublish", "archive", "restore", "narrow"])
def test_every_change_of_who_sees_what_leaves_a_note(engine: Engine, world: World, what: str):
    piece = world.piece()
    with Session(engine) as session:
        before = outbox.position(session)
    with transaction(engine) as session:
        article = session.get_one(Article, piece.article_id)
        match what:
            case "publish":
                pending = world.piece(Standing.PENDING)
                articles.publish(session, article, session.get_one(Revision, pending.revision_id))
            case "unpublish":
                articles.unpublish(session, article, locale="de")
            case "archive":
                articles.archive(session, article)
            case "restore":
                articles.restore(session, article)
            case "narrow":
                articles.set_audience(session, article, Audience.STAFF)
    assert notes(engine, before) == [(Subject.ARTICLE, piece.article_id)]


def test_what_changes_nothing_leaves_no_note(engine: Engine, world: World):
    with Session(engine) as session:
        before = outbox.position(session)
    with transaction(engine) as session:
        shown = session.get_one(Article, world.piece().article_id)
        articles.set_audience(session, shown, Audience.PUBLIC)
        draft = session.get_one(Article, world.piece(Standing.DRAFT).article_id)
        articles.unpublish(session, draft, locale="de")
        articles.unpublish(session, shown, locale="fr")
    assert notes(engine, before) == []


def test_a_solution_leaves_a_note(engine: Engine, world: World):
    assert (Subject.SOLUTION, world.solution.id) in notes(engine)


def test_the_position_grows_with_every_note(engine: Engine, world: World):
    with transaction(engine) as session:
        before = outbox.position(session)
        outbox.note(session, Subject.ARTICLE, world.piece().article_id)
        session.flush()
        assert outbox.position(session) > before


def test_who_follows_works_until_all_is_done_and_again_when_something_comes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    stop, done = Event(), list[str]()
    turns = iter(["more", OSError(), "more", "", "more", ""])
    """After the failure all is tried again; after the first end only a note brings more."""

    def work() -> str:
        turn = next(turns)
        done.append("failed" if isinstance(turn, OSError) else turn or "end")
        if isinstance(turn, OSError):
            raise turn
        if done.count("end") == 1 and turn == "":
            with transaction(engine) as session:
                outbox.note(session, Subject.CASE, 1)
        if done.count("end") == 2:
            stop.set()
        return turn

    outbox.follow_until(stop, engine, (Subject.CASE,), work=work, name="test")
    assert done == ["more", "failed", "more", "end", "more", "end"]


def test_a_later_number_is_never_committed_before_an_earlier_one(engine: Engine):
    """Or else a follower that has seen the later one would never look for the earlier one."""
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with Session(engine) as first, Session(other) as second:
        outbox.note(first, Subject.ARTICLE, 1)
        first.flush()
        if engine.dialect.name == "postgresql":
            second.execute(text("SET lock_timeout = '200ms'"))
        else:
            second.execute(text("PRAGMA busy_timeout = 200"))
        with pytest.raises(exc.OperationalError):
            outbox.note(second, Subject.ARTICLE, 2)
            second.flush()
        second.rollback()
        first.commit()
        outbox.note(second, Subject.ARTICLE, 2)
        second.commit()
    other.dispose()
    assert [subject_id for _, subject_id in notes(engine)] == [1, 2]
