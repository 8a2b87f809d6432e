"""The cast itself: what the other tests rely on is really there."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from kb.access import ANYONE, Audience
from kb.articles.models import State, Translation
from tests.world import Standing, World


def test_every_standing_exists_for_both_audiences_and_languages(world: World):
    found = {(piece.standing, piece.audience, piece.locale) for piece in world.pieces}
    assert found == {(s, a, lc) for s in Standing for a in Audience for lc in ("de", "en")}


def test_every_state_of_a_translation_occurs(engine: Engine, world: World):
    assert world.pieces
    with Session(engine) as session:
        assert set(session.exec(select(Translation.state)).all()) == set(State)


def test_canaries_are_distinct(world: World):
    assert len({piece.canary for piece in world.pieces}) == len(world.pieces)


def test_something_is_hidden_from_everyone_and_something_shown(world: World):
    for viewer in (ANYONE, world.kim.viewer, world.ada.viewer, world.root.viewer):
        assert world.canaries_for(viewer)
        assert world.canaries_hidden_from(viewer)
    assert world.internal_note in world.canaries_hidden_from(world.kim.viewer)
    assert world.internal_note not in world.canaries_hidden_from(world.ada.viewer)
