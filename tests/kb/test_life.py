"""The life of articles: reviews, plans, history, staleness, and who keeps what right."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select, update

from kb import clock
from kb.access import Audience, Role, Viewer
from kb.articles import (
    actions,
    browsing,
    history,
    keeping,
    queries,
    reviewing,
    schedule,
    staleness,
    standing,
    tree,
)
from kb.articles.actions import Change, Draft
from kb.articles.life import ReviewState, Scheduled
from kb.articles.models import Article, Category, Revision, Significance, State, Translation
from kb.articles.reviewing import Said
from kb.articles.standing import Standing, Step
from kb.articles.tree import Wanted
from kb.db import transaction
from kb.errors import InvalidInput, StaleRevision

EDITOR = Viewer(Role.EDITOR, 7)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def article(engine):
    """An article in German with one published revision, and in English."""
    with transaction(engine) as session:
        made = actions.create_article(session, source_key="box", audience=Audience.PUBLIC)
        for locale, title in (("de", "Router"), ("en", "Box")):
            draft = Draft(title, f"{title} one.\n\n{title} two.")
            actions.publish(
                session, made, actions.revise(session, made, locale=locale, draft=draft)
            )
        return made.id


def of(session: Session, article_id: int, locale: str = "de") -> tuple[Article, Translation]:
    article = session.get_one(Article, article_id)
    return article, history.translation_of(session, article, locale)


def write(session, article_id, body, significance=Significance.MAJOR, locale="de", by=None):
    article, _ = of(session, article_id, locale)
    change = Change("Weil", significance)
    return actions.revise(
        session, article, locale=locale, draft=Draft("Router", body), author_id=by, change=change
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("has_news", [True, False])
@pytest.mark.parametrize("is_in_review", [True, False])
def test_what_can_come_next_follows_from_where_it_stands(state, has_news, is_in_review):
    found = standing.steps(Standing(state, has_news, is_in_review))
    assert (Step.PUBLISH in found) == has_news
    assert (Step.SUBMIT in found) == (has_news and not is_in_review)
    assert (Step.SEND_BACK in found) == (Step.WITHDRAW in found) == is_in_review
    assert (Step.UNPUBLISH in found) == (state is State.PUBLISHED)
    assert standing.steps(Standing(state, has_news, is_in_review, is_archived=True)) == frozenset()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("author", [None, 7, 8])
@pytest.mark.parametrize("four_eyes", [True, False])
def test_with_four_eyes_nobody_publishes_what_they_wrote_last(role, author, four_eyes):
    may = standing.may_publish(Viewer(role, 7), author_id=author, four_eyes=four_eyes)
    assert may == (role in {Role.EDITOR, Role.ADMIN} and not (four_eyes and author == 7))


def test_what_is_on_show_stays_while_a_newer_text_is_reviewed(engine, article):
    with transaction(engine) as session:
        family, translation = of(session, article)
        shown = translation.published_id
        revision = write(session, article, "Neu.")
        reviewing.submit(session, translation, Said(None, "Bitte"))
        assert (translation.state, translation.published_id) == (State.PUBLISHED, shown)
        reviewing.approve(session, family, translation, Said(None), read_id=revision.id)
        assert translation.published_id == revision.id
        assert reviewing.open_review(session, translation) is None
        assert reviewing.decided(session, translation)[0].state is ReviewState.APPROVED


def test_a_draft_waits_in_review_and_comes_back_with_words(engine):
    with transaction(engine) as session:
        family = actions.create_article(session, source_key="new")
        revision = actions.revise(session, family, locale="de", draft=Draft("Neu", "Text"))
        translation = session.get_one(Translation, revision.translation_id)
        reviewing.submit(session, translation, Said(None))
        assert translation.state is State.IN_REVIEW
        with pytest.raises(InvalidInput):
            reviewing.send_back(session, translation, Said(None, " "))
        reviewing.send_back(session, translation, Said(None, "Zu lang"))
        assert translation.state is State.DRAFT
        assert reviewing.decided(session, translation)[0].words == "Zu lang"


def test_nobody_approves_a_text_they_have_not_read(engine, article):
    with transaction(engine) as session:
        family, translation = of(session, article)
        read = write(session, article, "Gelesen.")
        reviewing.submit(session, translation, Said(None))
        write(session, article, "Nicht gelesen.")
        with pytest.raises(StaleRevision):
            reviewing.approve(session, family, translation, Said(None), read_id=read.id)
        assert reviewing.open_review(session, translation) is not None


def test_a_comment_stays_open_until_it_is_resolved(engine, article):
    with transaction(engine) as session:
        _, translation = of(session, article)
        newest = reviewing.newest(session, translation)
        with pytest.raises(InvalidInput):
            reviewing.comment(session, newest, quote="Router", said=Said(None, ""))
        said = reviewing.comment(session, newest, quote="Router one", said=Said(None, "Kürzer"))
        reviewing.resolve(session, said, by_id=None)
        assert said.resolved_at is not None
        reviewing.reopen(session, said)
        assert [each.resolved_at for each in reviewing.comments(session, translation)] == [None]


def test_a_plan_is_carried_out_when_its_time_comes_and_only_once(engine, article, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with transaction(engine) as session:
        _, translation = of(session, article)
        revision = write(session, article, "Ab morgen.")
        due = NOW + timedelta(days=1)
        schedule.plan(session, translation, due_at=due, revision=revision, by_id=None)
        wanted = revision.id
    assert schedule.carry_out_due(engine) == 0
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1, seconds=1))
    with Session(engine) as session:
        ids = schedule.due(session)
    assert schedule.carry_out_due(engine) == 1
    with transaction(engine) as session:  # another process had seen it as due, too
        assert not schedule.carry_out(session, ids[0])
        assert of(session, article)[1].published_id == wanted
    assert schedule.carry_out_due(engine) == 0


def test_a_plan_that_dies_halfway_is_still_to_be_done(engine, article, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with transaction(engine) as session:
        _, translation = of(session, article)
        schedule.plan(session, translation, due_at=NOW + timedelta(minutes=1), by_id=None)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    with Session(engine) as session:
        (number,) = schedule.due(session)
        assert schedule.carry_out(session, number)
        session.rollback()  # as a kill does
    with Session(engine) as session:
        assert of(session, article)[1].state is State.PUBLISHED
    assert schedule.carry_out_due(engine) == 1
    with Session(engine) as session:
        assert of(session, article)[1].state is State.DRAFT


def test_a_plan_never_brings_an_older_text_back(engine, article, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with transaction(engine) as session:
        family, translation = of(session, article)
        planned = write(session, article, "Geplant.")
        due = NOW + timedelta(hours=1)
        schedule.plan(session, translation, due_at=due, revision=planned, by_id=None)
        newer = write(session, article, "Eiliger.")
        actions.publish(session, family, newer)
        wanted = newer.id
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=2))
    schedule.carry_out_due(engine)
    with Session(engine) as session:
        assert of(session, article)[1].published_id == wanted


def test_a_plan_given_up_is_not_carried_out_and_none_lies_in_the_past(engine, article):
    with transaction(engine) as session:
        _, translation = of(session, article)
        with pytest.raises(InvalidInput):
            schedule.plan(session, translation, due_at=clock.now(), by_id=None)
        first = schedule.plan(
            session, translation, due_at=clock.now() + timedelta(hours=1), by_id=None
        )
        later = clock.now() + timedelta(hours=2)
        second = schedule.plan(session, translation, due_at=later, by_id=None)
        assert [each.id for each in schedule.planned(session, translation)] == [second.id]
        schedule.cancel(session, second)
        session.exec(update(Scheduled).values(due_at=clock.now() - timedelta(days=1)))
        assert schedule.due(session) == []
        assert first.id != second.id


def test_the_history_tells_when_each_text_was_on_show(engine, article):
    with transaction(engine) as session:
        family, translation = of(session, article)
        second = write(session, article, "Zwei.", Significance.TYPO)
        actions.publish(session, family, second)
        actions.publish(session, family, second)
        actions.unpublish(session, family, locale="de")
        newest, oldest = history.entries(session, translation)
        assert (newest.number, newest.note, newest.significance) == (2, "Weil", Significance.TYPO)
        assert [len(newest.shown), len(oldest.shown)] == [1, 1]
        assert newest.shown[0].ended_at is not None
        assert oldest.shown[0].ended_at is not None


def test_restoring_writes_a_new_revision_and_shows_nobody_anything(engine, article):
    with transaction(engine) as session:
        family, translation = of(session, article)
        actions.publish(session, family, write(session, article, "Schlechter."))
        shown = translation.published_id
        old = history.revision(session, translation, 1)
        added = history.restore(session, family, old, by_id=None, note="Zurück")
        assert (added.number, added.body, added.title) == (3, old.body, old.title)
        assert translation.published_id == shown


@pytest.mark.parametrize(
    ("significance", "is_old"),
    [(Significance.TYPO, False), (Significance.MINOR, False), (Significance.MAJOR, True)],
)
def test_a_translation_is_outdated_by_major_changes_for_readers_and_editors_alike(
    engine, article, significance, is_old
):
    with transaction(engine) as session:
        family, original = of(session, article)
        english = of(session, article, "en")[1]
        draft_only = write(session, article, "Anders.", significance)
        assert staleness.outdated(session) == []  # readers see the original as it was
        actions.publish(session, family, draft_only)
        shown = queries.published(session, Viewer(), locale="en", slug=english.slug)
        newer = browsing.newer_original(session, Viewer(), shown)
        assert (newer is not None) == is_old
        assert [one.translation_id for one in staleness.outdated(session)] == (
            [english.id] if is_old else []
        )
        assert original.id != english.id


def test_a_mended_typo_does_not_bring_a_translation_into_step_but_a_word_does(engine, article):
    with transaction(engine) as session:
        family, _ = of(session, article)
        english = of(session, article, "en")[1]
        actions.publish(session, family, write(session, article, "Anders."))
        typo = write(session, article, "Box one!", Significance.TYPO, locale="en")
        actions.publish(session, family, typo)
        assert len(staleness.outdated(session)) == 1
        staleness.keep_in_step(session, english)
        assert staleness.outdated(session) == []


def test_an_article_expires_after_its_interval_and_is_good_again_when_looked_at(engine, article):
    with transaction(engine) as session:
        family, translation = of(session, article)
        long_ago = clock.now() - timedelta(days=200)
        session.exec(update(Revision).values(created_at=long_ago))
        session.expire_all()
        assert keeping.expiring(session) == []
        keeping.look_after(session, family, category_id=None, owner_id=None, verify_months=6)
        due = keeping.expiring(session)
        assert {one.translation.locale for one in due} == {"de", "en"}
        assert all(one.last is None for one in due)
        keeping.still_true(session, translation, by="Edda")
        assert [one.translation.locale for one in keeping.expiring(session)] == ["en"]
        actions.archive(session, family)
        assert keeping.expiring(session) == []


def test_categories_change_places_among_their_siblings_and_lose_nothing(engine, article):
    with transaction(engine) as session:
        net, bill, router = (
            tree.add(session, Wanted({"de": name})) for name in ("Netz", "Rechnung", "Router")
        )
        tree.move(session, bill, by=-1)
        tree.change(session, router, Wanted({"de": "Router"}, "router", net.id))
        assert [(n.names["de"], n.depth) for n in tree.nodes(session)] == [
            ("Rechnung", 0),
            ("Netz", 0),
            ("Router", 1),
        ]
        with pytest.raises(InvalidInput):
            tree.change(session, net, Wanted({"de": "Netz"}, "folder", router.id))
        family, _ = of(session, article)
        family.category_id = router.id
        session.flush()
        with pytest.raises(InvalidInput):
            tree.remove(session, router)
        tree.remove(session, router, into=bill)
        assert family.category_id == bill.id
        tree.remove(session, net)
        assert [node.articles for node in tree.nodes(session)] == [1]
        assert session.exec(select(Category.key)).all() == ["rechnung"]
