"""No canary of the staff's, or of another customer, sings in a plan, on its page or in a draft."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from kb.access import ANYONE
from kb.articles.models import Article
from kb.cases.queries import messages
from kb.coaching.models import CoachingPlan, CoachingStep
from kb.mail.models import Mail
from kb.passages.models import Chunk
from retrieval.results import Kind
from tests.desk.aviary import Aviary, aviary, browsing

SCREENS = ("", "?show=failure", "?show=help", "?show=meaning", "?show=handover")


@pytest.fixture(scope="module")
def birds(sqlite_store, tmp_path_factory) -> Iterator[Aviary]:
    with aviary(sqlite_store, tmp_path_factory.mktemp("coaching")) as built:
        yield built


def hidden(birds: Aviary) -> set[str]:
    """Return what Kim may never read; addresses of what she may read keep older titles."""
    world = birds.world
    secret = world.canaries_hidden_from(ANYONE) | {world.olafs_words, world.solution_words}
    shown = " ".join(piece.slug for piece in world.pieces if piece.is_for(ANYONE))
    return {word for word in secret if word not in shown}


def desk_of(birds: Aviary) -> str:
    return f"/desk/cases/{birds.world.kims_case.id}"


def test_plans_are_made_of_what_anybody_may_read_and_of_nothing_else(birds):
    readable = {piece.article_id for piece in birds.world.pieces if piece.is_for(ANYONE)}
    with Session(birds.engine) as session:
        everything = set(session.exec(select(Article.id)).all())
    with browsing(birds, "ada") as ada:
        for article_id in sorted(everything):
            begun = ada.post(f"{desk_of(birds)}/coaching", data={"article": str(article_id)})
            assert (begun.status_code == 200) is (article_id in readable)
    with Session(birds.engine) as session:
        steps = session.exec(select(CoachingStep)).all()
        plans = session.exec(select(CoachingPlan)).all()
    told = " ".join(
        [f"{one.instruction} {one.expectation} {one.note} {one.if_fails}" for one in steps]
        + [f"{one.title} {one.hint}" for one in plans]
    )
    assert {word for word in hidden(birds) if word in told} == set()
    assert any(piece.canary in told for piece in birds.world.pieces if piece.is_for(ANYONE))


def test_nothing_hidden_is_on_the_customers_page_in_the_case_or_in_a_letter(birds):
    piece = birds.world.piece()
    with browsing(birds, "ada") as ada:
        ada.post(f"{desk_of(birds)}/coaching", data={"article": str(piece.article_id)})
        with Session(birds.engine) as session:
            plan = session.exec(
                select(CoachingPlan).where(CoachingPlan.article_id == piece.article_id)
            ).one()
        sent = ada.post(
            f"{desk_of(birds)}/coaching/{plan.id}/sending",
            data={"version": str(plan.version), "title": plan.title, "level": "steps"},
        )
        assert sent.status_code == 200
        about = ada.get(f"/desk/coaching/steps/{piece.article_id}")
        assert about.status_code == 200
    with browsing(birds, "anyone") as kim:
        pages = [kim.get(f"/de/coaching/{plan.public_id}{one}") for one in SCREENS]
    with Session(birds.engine) as session:
        said = messages(session, birds.world.kims_case.id, for_customer=True)
        letters = session.exec(select(Mail).order_by(col(Mail.id))).all()
        told = [one.body for one in said] + [f"{one.subject} {one.text}" for one in letters]
    assert all(page.status_code == 200 for page in pages)
    everything = " ".join([page.text for page in pages] + told)
    assert piece.canary in everything
    assert {word for word in hidden(birds) if word in everything} == set()


def test_drafts_are_made_of_what_anybody_may_read_and_of_nothing_else(birds):
    readable = {piece.revision_id for piece in birds.world.pieces if piece.is_for(ANYONE)}
    with Session(birds.engine) as session:
        chunks = session.exec(select(Chunk)).all()
    secret, made = hidden(birds), 0
    with browsing(birds, "ada") as ada:
        for chunk in chunks:
            kind = Kind(chunk.collection.partition("-")[0])
            reference = f"{kind}.{chunk.locale}.{chunk.id}"
            data = {"passage": reference, "key": "k"}
            drafted = ada.post(
                f"{desk_of(birds)}/reply-drafts", data=data, headers={"hx-request": "true"}
            )
            if kind is not Kind.PUBLIC or chunk.source_id not in readable:
                assert drafted.status_code == 404
            made += drafted.status_code == 200
            assert {word for word in secret if word in drafted.text} == set()
    assert made


def test_which_steps_lose_people_is_for_the_staff_and_about_what_they_may_read(birds):
    gone = next(p for p in birds.world.pieces if not p.is_for(birds.world.ada.viewer))
    paths = ("/desk/coaching/steps", f"/desk/coaching/steps/{birds.world.piece().article_id}")
    with browsing(birds, "anyone") as stranger:
        for path in paths:
            turned_away = stranger.get(path, follow_redirects=False)
            assert turned_away.status_code == 303
            assert turned_away.headers["location"].startswith("/desk/sign-in")
    readable = {p.article_id for p in birds.world.pieces if p.is_for(birds.world.ada.viewer)}
    if gone.article_id not in readable:
        with browsing(birds, "ada") as ada:
            assert ada.get(f"/desk/coaching/steps/{gone.article_id}").status_code == 404
            assert ada.get(f"/desk/coaching/steps/{2**63}").status_code in {400, 404}
