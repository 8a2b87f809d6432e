"""A rule has one home; its query is proven equal, over every case there is."""

from itertools import product

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from kb import clock
from kb.access import ANYONE, Audience, Role, Viewer
from kb.articles import policy, queries
from kb.articles.models import Article, Revision, State, Translation
from kb.cases import policy as case_policy
from kb.cases import queries as case_queries
from kb.cases import work_list
from kb.cases.models import Message
from kb.config import LOCALES
from kb.db import stored_id, transaction
from tests.world import World

VIEWERS = [ANYONE, *(Viewer(role, person_id=1) for role in Role)]
WHO = [f"{viewer.role}{'' if viewer.person_id else ' (nobody)'}" for viewer in VIEWERS]


@pytest.fixture
def every_kind(engine: Engine) -> int:
    """Every state × audience × archived or not × with and without a revision on show."""
    kinds = list(product(State, Audience, (False, True), (False, True)))
    with transaction(engine) as session:
        for number, (state, audience, is_archived, has_pointer) in enumerate(kinds):
            article = Article(
                public_id=f"{number:016}",
                source_key=str(number),
                audience=audience,
                is_archived=is_archived,
            )
            session.add(article)
            session.flush()
            translation = Translation(
                article_id=stored_id(article.id), locale="de", slug=str(number), state=state
            )
            session.add(translation)
            session.flush()
            revision = Revision(
                translation_id=stored_id(translation.id), number=1, title="T", body="B"
            )
            session.add(revision)
            session.flush()
            translation.published_id = revision.id if has_pointer else None
    return len(kinds)


def readable_by_policy(session: Session, viewer: Viewer) -> set[int]:
    rows = session.exec(
        select(Article, Translation).join(
            Translation, col(Translation.article_id) == col(Article.id)
        )
    ).all()
    return {stored_id(t.id) for a, t in rows if policy.is_readable(a, t, viewer)}


@pytest.mark.parametrize("viewer", VIEWERS, ids=WHO)
def test_what_the_query_finds_is_what_the_policy_allows(
    engine: Engine, every_kind: int, viewer: Viewer
):
    assert every_kind == 4 * 2 * 2 * 2
    with Session(engine) as session:
        allowed = readable_by_policy(session, viewer)
        assert {t.id for t in queries.readable(session, viewer)} == allowed
    assert len(allowed) == (2 if viewer.is_staff else 1)


@pytest.mark.parametrize("viewer", VIEWERS, ids=WHO)
def test_the_world_is_read_as_its_author_meant_it(engine: Engine, world: World, viewer: Viewer):
    meant = {piece.translation_id for piece in world.pieces if piece.is_for(viewer)}
    with Session(engine) as session:
        assert {t.id for t in queries.readable(session, viewer)} == meant


@pytest.mark.usefixtures("every_kind")
def test_what_is_indexed_is_what_can_be_read(engine: Engine):
    agent = Viewer(Role.AGENT, person_id=1)
    with Session(engine) as session:
        public, staff = (queries.indexable(session, audience, "de") for audience in Audience)
        assert [queries.indexable(session, audience, "en") for audience in Audience] == [set()] * 2
        for_anyone = {t.published_id for t in queries.readable(session, ANYONE)}
        for_staff = {t.published_id for t in queries.readable(session, agent)}
    assert public == for_anyone
    assert public | staff == for_staff
    assert not public & staff


def test_every_language_and_audience_is_indexed_apart(engine: Engine, world: World):
    with Session(engine) as session:
        for audience, locale in product(Audience, LOCALES):
            piece = world.piece(audience=audience, locale=locale)
            assert queries.indexable(session, audience, locale) == {piece.revision_id}


def test_only_staff_has_cases_to_work_on(engine: Engine, world: World):
    for viewer in VIEWERS:
        allowed = case_policy.may_work_on(viewer)
        case_id = stored_id(world.kims_case.id)
        with Session(engine) as session:
            assert bool(case_queries.case(session, viewer, case_id)) is allowed
            lists = [work_list.listed(session, viewer, which) for which in work_list.CaseList]
            assert any(lists) is allowed
            assert any(work_list.counts(session, viewer).values()) is allowed
            found = case_queries.solutions(session, viewer, [stored_id(world.solution.id)])
            assert bool(found) is viewer.is_staff


def test_the_customers_view_of_a_case_is_what_the_policy_shows(engine: Engine, world: World):
    case_id = stored_id(world.kims_case.id)
    with Session(engine) as session:
        everything = session.exec(select(Message).where(Message.case_id == case_id)).all()
        shown = case_queries.messages(session, case_id, for_customer=True)
        assert {m.id for m in shown} == {
            m.id for m in everything if case_policy.is_shown_to_customer(m, at=clock.now())
        }
        assert len(shown) == len(everything) - 1
        assert len(case_queries.messages(session, case_id, for_customer=False)) == len(everything)


@pytest.mark.parametrize(
    ("role", "staff"),
    [(Role.CUSTOMER, False), (Role.AGENT, True), (Role.EDITOR, True), (Role.ADMIN, True)],
)
def test_each_role_may_do_what_it_should(role: Role, *, staff: bool):
    viewer = Viewer(role)
    assert viewer.is_staff is staff
    assert (Audience.STAFF in viewer.audiences) is staff
    assert Audience.PUBLIC in viewer.audiences
