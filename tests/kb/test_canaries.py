"""No canary of a text that is not for a viewer sings in anything a reader's query returns."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from kb import clock
from kb.access import ANYONE, Audience, Viewer
from kb.articles import actions, browsing, queries
from kb.articles.models import Article, Category, Translation
from kb.cases import queries as case_queries
from kb.cases import work_list
from kb.config import LOCALES
from kb.db import stored_id, transaction
from kb.people import queries as people_queries
from tests.world import Piece, Standing, World

LONG_AGO = clock.now() - timedelta(days=1_000)
Reader = Callable[[Session, Viewer, World], Any]


def _each(read: Callable[[Session, Viewer, Piece], Any]) -> Reader:
    return lambda session, viewer, world: [read(session, viewer, p) for p in world.pieces]


def _former_addresses(session: Session, world: World) -> list[tuple[str, str]]:
    """Move everything to another address, and return the ones it had."""
    left = []
    for translation_id in {piece.translation_id for piece in world.pieces}:
        translation = session.get_one(Translation, translation_id)
        left.append((translation.locale, translation.slug))
        actions.rename(session, translation, f"jetzt-{translation.slug}")
    return left


READERS: dict[str, Reader] = {
    "readable": lambda s, v, _: queries.readable(s, v),
    "published": _each(lambda s, v, p: queries.published(s, v, locale=p.locale, slug=p.slug)),
    "published_in": _each(
        lambda s, v, p: queries.published_in(
            s, v, article_id=p.article_id, locales=(p.locale, "de", "en")
        )
    ),
    "by_revisions": lambda s, v, w: queries.by_revisions(s, v, [p.revision_id for p in w.pieces]),
    "was_shown": _each(lambda s, v, p: queries.was_shown(s, v, p.revision_id)),
    "translations": _each(lambda s, v, p: queries.translations(s, v, p.article_id)),
    "in_category": lambda s, v, w: [
        queries.in_category(s, v, category_id=stored_id(w.category.id), locale=locale)
        for locale in ("de", "en")
    ],
    "addresses": lambda s, v, _: browsing.addresses(s, v, limit=1_000),
    "newest": lambda s, v, _: [
        browsing.newest(s, v, each, since=LONG_AGO, limit=99) for each in LOCALES
    ],
    "changed": lambda s, v, _: [
        browsing.changed(s, v, each, since=LONG_AGO, limit=99) for each in LOCALES
    ],
    "popular": lambda s, v, w: [
        browsing.popular(s, v, each, {piece.revision_id: 99 for piece in w.pieces}, limit=99)
        for each in LOCALES
    ],
    "moved_to": lambda s, v, w: [
        browsing.moved_to(s, v, locale=locale, slug=slug)
        for locale, slug in _former_addresses(s, w)
    ],
    "newer_original": lambda s, v, w: [
        browsing.newer_original(s, v, shown)
        for piece in w.pieces
        if (shown := queries.published(s, v, locale=piece.locale, slug=piece.slug))
    ],
    "categories": lambda s, v, _: [queries.categories(s, v, locale) for locale in ("de", "en")],
    "slugs": lambda s, v, _: queries.slugs(s, v, s.exec(select(Article.public_id)).all()),
    "media": _each(lambda s, v, p: queries.media(s, v, p.media_id)),
}
"""Every query of articles that takes a viewer."""

NAMES_NO_TEXT = {"readable_clause", "categories", "was_shown"}
ONE_IMAGE_FOR_ALL_REVISIONS = {"media"}
"""An image belongs to the family: revisions on and off show share it."""


def spoken(value: object) -> str:
    """Return every word in a result, however it is wrapped."""
    if isinstance(value, SQLModel):
        return spoken(value.model_dump())
    if is_dataclass(value):
        return spoken([getattr(value, field.name) for field in fields(value)])
    if isinstance(value, Mapping):
        return spoken([*value.keys(), *value.values()])
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(map(spoken, value))
    return value.decode() if isinstance(value, bytes) else str(value)


def viewers(world: World) -> dict[str, Viewer]:
    cast = {"kim": world.kim, "ada": world.ada, "edda": world.edda, "root": world.root}
    return {"anyone": ANYONE, **{name: person.viewer for name, person in cast.items()}}


def test_no_query_for_readers_is_forgotten_here():
    taking_a_viewer = {
        name
        for module in (queries, browsing)
        for name, query in inspect.getmembers(module, inspect.isfunction)
        if query.__module__ == module.__name__
        and "viewer" in inspect.signature(query).parameters
        and not name.startswith("_")
    }
    assert taking_a_viewer - NAMES_NO_TEXT == set(READERS) - NAMES_NO_TEXT


@pytest.mark.parametrize("query", READERS)
@pytest.mark.parametrize("who", ["anyone", "kim", "ada", "edda", "root"])
def test_no_canary_sings_for_the_wrong_viewer(engine: Engine, world: World, query: str, who: str):
    viewer = viewers(world)[who]
    with Session(engine) as session:
        said = spoken(READERS[query](session, viewer, world))
    hidden = world.canaries_hidden_from(viewer)
    if query in ONE_IMAGE_FOR_ALL_REVISIONS:
        families = {p.article_id for p in world.pieces if p.is_for(viewer)}
        hidden -= {p.canary for p in world.pieces if p.article_id in families}
    # an address keeps the words of an article's first title: it is the family's own, and shown
    for piece in world.pieces:
        if piece.standing is Standing.ON_SHOW and piece.is_for(viewer):
            hidden -= {word for word in hidden if word in piece.slug}
    assert {word for word in hidden if word in said} == set()
    assert said


@pytest.mark.parametrize("who", ["anyone", "ada"])
def test_the_canaries_that_may_sing_do(engine: Engine, world: World, who: str):
    viewer = viewers(world)[who]
    with Session(engine) as session:
        said = spoken(READERS["published"](session, viewer, world))
    assert {word for word in world.canaries_for(viewer) if word not in said} == set()


def test_an_empty_category_is_not_even_named(engine: Engine, world: World):
    assert world.category
    with transaction(engine) as session:
        secret = actions.category(session, key="secret", names={"de": "Geheimprojekt"})
        article = actions.create_article(session, source_key="s", category_id=secret.id)
        draft = actions.Draft(title="T", body="B")
        revision = actions.revise(session, article, locale="de", draft=draft)
        actions.publish(session, article, revision)
    with Session(engine) as session:
        assert [c.key for c in queries.categories(session, ANYONE, "de")] == ["internet"]
        assert {c.key for c in queries.categories(session, world.ada.viewer, "de")} == {
            "secret",
            "internet",
        }
        assert session.exec(select(Category)).all()


def test_counts_do_not_count_what_one_may_not_read(engine: Engine, world: World):
    with Session(engine) as session:
        (for_anyone,) = queries.categories(session, ANYONE, "de")
        (for_ada,) = queries.categories(session, world.ada.viewer, "de")
    assert (for_anyone.count, for_ada.count) == (1, 2)


def test_an_unreadable_address_and_a_missing_one_look_alike(engine: Engine, world: World):
    hidden = [p for p in world.pieces if p.locale == "de" and not p.is_for(ANYONE)]
    shown = {p.slug for p in world.pieces if p.is_for(ANYONE)}
    with Session(engine) as session:
        for slug in {p.slug for p in hidden} - shown | {"no-such-page"}:
            assert queries.published(session, ANYONE, locale="de", slug=slug) is None


def test_an_image_is_shown_only_through_an_article_one_may_read(engine: Engine, world: World):
    public, staff = (world.piece(audience=audience).media_id for audience in Audience)
    draft = world.piece(Standing.DRAFT).media_id
    with Session(engine) as session:
        seen = {
            who: [
                queries.media(session, viewer, media_id) is not None
                for media_id in (public, staff, draft, "0" * 32)
            ]
            for who, viewer in viewers(world).items()
        }
    assert seen["anyone"] == seen["kim"] == [True, False, False, False]
    assert seen["ada"] == seen["root"] == [True, True, False, False]


def test_an_image_of_two_articles_is_shown_if_one_of_them_is(engine: Engine, world: World):
    shared = world.piece(audience=Audience.STAFF)
    with transaction(engine) as session:
        public = session.get_one(Article, world.piece().article_id)
        actions.attach_media(
            session,
            public,
            file_name="again.png",
            content_type="image/png",
            content=shared.canary.encode(),
        )
    with Session(engine) as session:
        assert queries.media(session, ANYONE, shared.media_id) is not None


def test_kim_never_sees_the_internal_note(engine: Engine, world: World):
    with Session(engine) as session:
        case = case_queries.by_private_link(session, world.kims_case.public_id)
        assert case is not None
        case_id = stored_id(case.id)
        for_kim = spoken(case_queries.messages(session, case_id, for_customer=True))
        for_ada = spoken(case_queries.messages(session, case_id, for_customer=False))
    assert world.kims_words in for_kim
    assert world.adas_answer in for_kim
    assert world.internal_note not in for_kim
    assert world.internal_note in for_ada
    assert world.olafs_words not in for_kim + for_ada


@pytest.mark.parametrize("guess", ["", "1", "0", "%", "_", "' OR 1=1 --"])
def test_a_guessed_private_link_leads_nowhere(engine: Engine, world: World, guess: str):
    with Session(engine) as session:
        assert case_queries.by_private_link(session, guess) is None
        cut = world.kims_case.public_id[:-1]
        assert case_queries.by_private_link(session, cut) is None


def test_customers_see_no_solution_and_no_case_list(engine: Engine, world: World):
    for viewer in (ANYONE, world.kim.viewer, world.olaf.viewer):
        with Session(engine) as session:
            ids = [stored_id(world.solution.id)]
            assert case_queries.solutions(session, viewer, ids) == {}
            for which in work_list.CaseList:
                assert work_list.listed(session, viewer, which) == []
            words = world.internal_note
            narrowed = work_list.Narrowed(words)
            assert not work_list.listed(
                session, viewer, work_list.CaseList.WAITING, narrowed=narrowed
            )


def test_mal_is_nobody_to_assign_a_case_to(engine: Engine, world: World):
    with Session(engine) as session:
        assert world.mal.id not in {person.id for person in people_queries.staff(session)}


@pytest.mark.parametrize("change", ["unpublish", "archive", "narrow"])
def test_what_is_taken_back_is_gone_at_the_next_read(engine: Engine, world: World, change: str):
    piece = world.piece()
    with transaction(engine) as session:
        article = session.get_one(Article, piece.article_id)
        match change:
            case "unpublish":
                for locale in ("de", "en"):
                    actions.unpublish(session, article, locale=locale)
            case "archive":
                actions.archive(session, article)
            case "narrow":
                actions.set_audience(session, article, Audience.STAFF)
    with Session(engine) as session:
        said = " ".join(spoken(read(session, ANYONE, world)) for read in READERS.values())
    assert piece.canary not in said
    assert piece.slug not in said
