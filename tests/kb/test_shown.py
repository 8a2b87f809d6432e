"""What a search reads of articles and solutions is what anybody may read of them, only less."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb import outbox
from kb.access import ANYONE, Role, Viewer
from kb.articles import actions, queries, shown
from kb.articles.models import Article, Revision
from kb.cases import actions as case_actions
from kb.cases import queries as cases
from kb.cases.models import Case, Solution
from kb.db import transaction
from tests.world import World

VIEWERS = [ANYONE, *(Viewer(role) for role in Role)]


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
def test_the_same_revisions_are_shown_as_everywhere(engine: Engine, world: World, viewer: Viewer):
    assert world.pieces
    with Session(engine) as session:
        every = set(session.exec(select(Revision.id)).all())
        published = queries.by_revisions(session, viewer, every)
        assert shown.of_revisions(session, viewer, every) == {
            revision_id: (
                revision_id,
                one.article.id,
                one.translation.locale,
                one.revision.title,
                one.translation.slug,
                one.article.audience,
                one.article.category_id,
            )
            for revision_id, one in published.items()
        }


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("locale", ["de", "en"])
def test_the_same_translations_are_shown_as_everywhere(
    engine: Engine, world: World, viewer: Viewer, locale: str
):
    assert world.pieces
    with Session(engine) as session:
        every = set(session.exec(select(Article.id)).all())
        heads = shown.of_articles(session, viewer, every, locale=locale)
        for article_id in every:
            own = queries.published_in(session, viewer, article_id=article_id, locales=(locale,))
            found = heads.get(article_id)
            assert (own and own.revision.id) == (found and found.revision_id)


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
def test_subjects_of_solutions_are_for_staff(engine: Engine, world: World, viewer: Viewer):
    assert world.pieces
    with Session(engine) as session:
        every = set(session.exec(select(Solution.id)).all())
        found = cases.solutions(session, viewer, every)
        assert cases.subjects(session, viewer, every) == {
            solution_id: one.subject for solution_id, one in found.items()
        }
        assert bool(found) is viewer.is_staff


def test_what_is_indexable_of_some_is_what_is_indexable_of_all_among_them(
    engine: Engine, world: World
):
    with Session(engine) as session:
        for piece in world.pieces:
            one = queries.revisions_of(session, [piece.article_id])
            assert piece.revision_id in one
            for audience in ("public", "staff"):
                for locale in ("de", "en"):
                    every = queries.indexable(session, audience, locale)
                    some = queries.indexable(session, audience, locale, among=[piece.article_id])
                    assert some == every & one


def test_notes_since_a_number_name_each_subject_once(engine: Engine, world: World):
    with Session(engine) as session:
        before = outbox.position(session)
        assert not any(outbox.since(session, before).values())
    article_id = world.piece().article_id
    with transaction(engine) as session:
        article = session.get_one(Article, article_id)
        actions.archive(session, article)
        actions.restore(session, article)
    with Session(engine) as session:
        assert outbox.since(session, before) == {
            "article": {article_id},
            "solution": set(),
            "case": set(),
        }
        assert article_id in outbox.since(session, 0)["article"]


def test_a_replaced_solution_is_noted_as_well_as_the_new_one(engine: Engine, world: World):
    assert world.solution_words
    with transaction(engine) as session:
        before = outbox.position(session)
        old = session.exec(select(Solution)).first()
        assert old is not None
        old_id, case = old.id, session.get_one(Case, old.case_id)
        essence = case_actions.Essence(problem="Anders.", resolution="Neu.")
        new = case_actions.keep_solution(session, case, essence)
        session.flush()
        assert outbox.since(session, before)["solution"] == {old_id, new.id}
