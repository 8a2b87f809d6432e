"""An article's life: revised, published, taken back, and never overwritten."""

import hashlib

import pytest
from sqlalchemy import Engine, exc
from sqlmodel import Session, select

from kb.access import ANYONE, Audience, Viewer
from kb.articles import actions, browsing, policy, queries
from kb.articles.actions import Draft
from kb.articles.models import Article, Category, CategoryName, Media, Revision, State, Translation
from kb.db import stored_id, transaction
from kb.errors import InvalidInput, StaleRevision
from tests.world import Standing, World


def written(session: Session, key: str, title: str = "Titel", locale: str = "de") -> Revision:
    article = actions.create_article(session, source_key=key)
    return actions.revise(session, article, locale=locale, draft=Draft(title=title, body="Text"))


def slug_of(session: Session, revision: Revision) -> str:
    return session.get_one(Translation, revision.translation_id).slug


def test_a_new_article_is_for_staff_unless_told_otherwise(engine: Engine):
    with transaction(engine) as session:
        assert actions.create_article(session, source_key="a").audience is Audience.STAFF


def test_a_new_translation_is_a_draft(engine: Engine):
    with transaction(engine) as session:
        revision = written(session, "a")
        translation = session.get_one(Translation, revision.translation_id)
        assert (translation.state, translation.published_id) == (State.DRAFT, None)


def test_the_permanent_id_is_known_before_the_article_exists(engine: Engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source="docs", source_key="a/b.md")
    assert article.public_id == actions.public_id("docs", "a/b.md")
    assert actions.public_id("docs", "a") != actions.public_id("doc", "sa")


def test_the_same_source_makes_one_article(engine: Engine):
    with pytest.raises(exc.IntegrityError), transaction(engine) as session:
        for _ in range(2):
            actions.create_article(session, source="docs", source_key="a.md")


def test_two_articles_of_one_title_have_two_addresses(engine: Engine):
    with transaction(engine) as session:
        found = [slug_of(session, written(session, str(n), "WLAN einrichten")) for n in range(3)]
    assert found == ["wlan-einrichten", "wlan-einrichten-2", "wlan-einrichten-3"]


def test_an_address_that_only_begins_alike_is_free(engine: Engine):
    with transaction(engine) as session:
        written(session, "a", "WLAN einrichten auf dem Laptop")
        assert slug_of(session, written(session, "b", "WLAN einrichten")) == "wlan-einrichten"


def test_two_languages_may_share_an_address(engine: Engine):
    with transaction(engine) as session:
        german = written(session, "a", "Router")
        english = written(session, "b", "Router", locale="en")
        assert slug_of(session, german) == slug_of(session, english) == "router"


def test_the_database_itself_refuses_a_second_page_at_one_address(engine: Engine):
    with pytest.raises(exc.IntegrityError), transaction(engine) as session:
        for revision in (written(session, "a", "A"), written(session, "b", "B")):
            session.get_one(Translation, revision.translation_id).slug = "same"


def test_a_title_without_letters_still_has_an_address(engine: Engine):
    with transaction(engine) as session:
        assert slug_of(session, written(session, "a", "???")) == "seite"


def test_an_address_stays_when_the_title_changes(engine: Engine, world: World):
    piece = world.piece()
    with transaction(engine) as session:
        article = session.get_one(Article, piece.article_id)
        draft = Draft(title="Ganz anders", body="x")
        revision = actions.revise(session, article, locale="de", draft=draft)
        assert slug_of(session, revision) == piece.slug


def test_revisions_are_numbered_and_keep_their_text(engine: Engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source_key="a")
        for body in ("eins", "zwei", "drei"):
            actions.revise(session, article, locale="de", draft=Draft(title="T", body=body))
        rows = session.exec(select(Revision).order_by(Revision.number)).all()
    assert [(row.number, row.body) for row in rows] == [(1, "eins"), (2, "zwei"), (3, "drei")]


def test_an_edit_of_a_stale_version_is_refused_and_changes_nothing(engine: Engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source_key="a")
        actions.revise(session, article, locale="de", draft=Draft(title="T", body="eins"))
    with transaction(engine) as session:
        article = session.exec(select(Article)).one()
        zwei = Draft(title="T", body="zwei")
        actions.revise(session, article, locale="de", draft=zwei, expected_version=1)
    with pytest.raises(StaleRevision) as told, transaction(engine) as session:
        article = session.exec(select(Article)).one()
        drei = Draft(title="T", body="drei")
        actions.revise(session, article, locale="de", draft=drei, expected_version=1)
    assert told.value.details == {"version": 2}
    with Session(engine) as session:
        assert {row.body for row in session.exec(select(Revision)).all()} == {"eins", "zwei"}


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "\x00"])
def test_an_article_needs_a_title(engine: Engine, title: str):
    with pytest.raises(InvalidInput) as told, transaction(engine) as session:
        written(session, "a", title)
    assert told.value.details == {"field": "title"}


def test_text_is_cleaned_at_the_border(engine: Engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source_key="a")
        dirty = Draft(title="Ti\x00tel\n\n", body="Te\u202ext\r\n", summary=" s ", tags=["a\x07"])
        revision = actions.revise(session, article, locale="de", draft=dirty)
    assert (revision.title, revision.body) == ("Titel", "Text")
    assert (revision.summary, revision.tags) == ("s", ["a"])


def on_show(engine: Engine, slug: str) -> int | None:
    with Session(engine) as session:
        shown = queries.published(session, ANYONE, locale="de", slug=slug)
    return shown.revision.id if shown is not None else None


def test_publishing_shows_this_revision_and_no_later_one(engine: Engine, world: World):
    piece = world.piece()
    assert on_show(engine, piece.slug) == piece.revision_id


def test_an_older_revision_can_be_put_on_show_again(engine: Engine, world: World):
    older = world.piece(Standing.SUPERSEDED)
    with transaction(engine) as session:
        article = session.get_one(Article, older.article_id)
        actions.publish(session, article, session.get_one(Revision, older.revision_id))
    assert on_show(engine, older.slug) == older.revision_id


@pytest.mark.parametrize("who", ["anyone", "ada"])
def test_only_what_is_or_was_on_show_may_be_before_a_reader(engine: Engine, world: World, who):
    viewer = world.ada.viewer if who == "ada" else ANYONE
    with Session(engine) as session:
        found = {
            (piece.standing, piece.audience)
            for piece in world.pieces
            if queries.was_shown(session, viewer, piece.revision_id)
        }
    assert found == {
        (standing, audience)
        for standing in (Standing.ON_SHOW, Standing.SUPERSEDED)
        for audience in viewer.audiences
    }


def test_an_archived_family_comes_back_whole(engine: Engine, world: World):
    piece = world.piece(Standing.ARCHIVED_FAMILY)
    with transaction(engine) as session:
        actions.restore(session, session.get_one(Article, piece.article_id))
    with Session(engine) as session:
        found = queries.translations(session, ANYONE, piece.article_id)
    assert [translation.locale for translation in found] == ["de", "en"]


def test_unpublishing_one_language_leaves_the_other(engine: Engine, world: World):
    piece = world.piece()
    with transaction(engine) as session:
        actions.unpublish(session, session.get_one(Article, piece.article_id), locale="de")
    with Session(engine) as session:
        found = queries.published_in(
            session, ANYONE, article_id=piece.article_id, locales=("de", "en")
        )
    assert found is not None
    assert found.translation.locale == "en"


def test_the_first_wanted_language_wins(engine: Engine, world: World):
    article_id = world.piece().article_id
    with Session(engine) as session:
        for first, second in (("de", "en"), ("en", "de")):
            found = queries.published_in(
                session, ANYONE, article_id=article_id, locales=(first, second)
            )
            assert found is not None
            assert found.translation.locale == first


def test_revision_ids_are_never_used_again(engine: Engine):
    with transaction(engine) as session:
        revision = written(session, "a")
        gone = stored_id(revision.id)
        session.delete(revision)
        session.flush()
        translation = session.exec(select(Translation)).one()
        again = Revision(translation_id=stored_id(translation.id), number=9, title="T", body="B")
        session.add(again)
        session.flush()
        assert stored_id(again.id) > gone


def test_an_image_is_stored_once_by_its_bytes(engine: Engine):
    with transaction(engine) as session:
        for key in ("a", "b"):
            article = actions.create_article(session, source_key=key)
            actions.attach_media(
                session,
                article,
                file_name=f"{key}\u202egnp.exe\n",
                content_type="image/png",
                content=b"the same bytes",
            )
    with Session(engine) as session:
        image = session.exec(select(Media)).one()
    assert image.id == hashlib.sha256(b"the same bytes").hexdigest()[:32]
    assert image.file_name == "agnp.exe"
    assert image.content == b"the same bytes"


def test_a_category_is_made_once_and_renamed_in_place(engine: Engine):
    with transaction(engine) as session:
        first = actions.category(session, key="sim", names={"de": "SIM"}, icon="sim", position=3)
        second = actions.category(session, key="sim", names={"de": "SIM-Karte", "en": "SIM card"})
        assert first.id == second.id
        assert (second.icon, second.position) == ("sim", 3)
    with Session(engine) as session:
        assert len(session.exec(select(Category)).all()) == 1
        assert {n.locale: n.name for n in session.exec(select(CategoryName)).all()} == {
            "de": "SIM-Karte",
            "en": "SIM card",
        }


def test_a_category_without_a_name_in_this_language_has_another(engine: Engine):
    with transaction(engine) as session:
        category = actions.category(session, key="sim", names={"de": "SIM-Karte"})
        article = actions.create_article(
            session, source_key="a", audience=Audience.PUBLIC, category_id=category.id
        )
        draft = Draft(title="T", body="B")
        revision = actions.revise(session, article, locale="en", draft=draft)
        actions.publish(session, article, revision)
    with Session(engine) as session:
        (entry,) = queries.categories(session, ANYONE, "en")
    assert (entry.name, entry.count) == ("SIM-Karte", 1)


def test_the_sitemap_lists_what_anyone_may_read(engine: Engine, world: World):
    with Session(engine) as session:
        found = browsing.addresses(session, ANYONE, limit=1_000)
    assert {(one.locale, one.slug) for one in found} == {
        (piece.locale, piece.slug) for piece in world.pieces if piece.is_for(Viewer())
    }


def test_an_address_names_language_article_and_section():
    assert policy.address("de", "wlan") == "/de/articles/wlan"
    assert policy.address("en", "wifi", "range") == "/en/articles/wifi#range"
