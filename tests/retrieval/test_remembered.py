"""Who opens a case again waits for no search, and sees nothing that is not to be seen any more."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from kb.access import ANYONE, Audience
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.config import Config
from kb.db import transaction
from kb.errors import IndexUnavailable
from kb.outbox import OutboxNote
from kb.people.models import Person
from retrieval.assembly import Retrieval, build_retrieval
from retrieval.results import CaseSuggestion
from tests.retrieval.shelf import AGENT, Shelf, Watched, down, watched

PROBLEM = "Der Router blinkt rot und das Internet geht nicht"


class Desk:
    """One process with a shelf, and every search of its indexes counted."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.engines = watched(shelf.engines)
        self.retrieval: Retrieval = build_retrieval(Config(), shelf.engine, self.engines)

    def suggest(self, case: Case, viewer=AGENT) -> list[CaseSuggestion]:
        with Session(self.shelf.engine) as session:
            return self.retrieval.suggest(session, session.get_one(Case, case.id), viewer)

    def titles(self, case: Case, viewer=AGENT) -> set[str]:
        return {one.hit.passage.title for one in self.suggest(case, viewer)}

    def searches(self) -> int:
        """How often any index was asked since the last time."""
        found = 0
        for engine in (self.engines.vectors, self.engines.lexical):
            assert isinstance(engine, Watched)
            found += sum(name in {"nearest", "best"} for name, _ in engine.asked)
            engine.asked.clear()
        return found


@pytest.fixture
def desk(shelf: Shelf) -> Desk:
    """An index that has been in step for long."""
    shelf.publish("Der Router blinkt rot", f"{PROBLEM}: Netzteil prüfen.", key="red")
    shelf.publish("Kulanz bei Ausfall", f"{PROBLEM}: Gutschrift.", audience=Audience.STAFF)
    shelf.solved("Router blinkt", f"{PROBLEM}.", "Netzteil getauscht.")
    shelf.sync()
    _long_ago(shelf)
    return Desk(shelf)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.shelf.case("Router blinkt rot", PROBLEM)


def _long_ago(shelf: Shelf) -> None:
    with transaction(shelf.engine) as session:
        for note in session.exec(select(OutboxNote)):
            note.noted_at -= timedelta(hours=1)


def test_a_case_that_is_opened_again_is_not_searched_for_again(desk: Desk, case: Case):
    first = desk.suggest(case)
    assert len(first) == 3
    assert desk.searches()
    assert desk.suggest(case) == first
    assert not desk.searches()


def test_after_another_message_only_what_has_changed_is_searched_for(desk: Desk, case: Case):
    desk.suggest(case)
    whole = desk.searches()
    with transaction(desk.shelf.engine) as session:
        kim = session.get_one(Person, case.customer_id).viewer
        cases.say(session, session.get_one(Case, case.id), author=kim, body="Die Rechnung auch.")
    desk.suggest(case)
    assert 0 < desk.searches() <= whole / 2


def test_what_is_taken_off_show_is_gone_at_once(desk: Desk, case: Case):
    assert "Der Router blinkt rot" in desk.titles(case)
    with transaction(desk.shelf.engine) as session:
        before = session.exec(select(col(OutboxNote.id))).all()
    desk.shelf.archive(1)
    with transaction(desk.shelf.engine) as session:  # as if nobody had noted it
        for note in session.exec(select(OutboxNote).where(col(OutboxNote.id).not_in(before))):
            session.delete(note)
    desk.searches()
    assert "Der Router blinkt rot" not in desk.titles(case)
    assert not desk.searches(), "SQL alone said so"


def test_what_staff_was_shown_is_not_remembered_for_others(desk: Desk, case: Case):
    assert "Kulanz bei Ausfall" in desk.titles(case)
    assert desk.titles(case, ANYONE) == {"Der Router blinkt rot"}


def test_what_is_new_is_found_as_soon_as_the_index_has_it(desk: Desk, case: Case):
    desk.suggest(case)
    desk.shelf.publish("Rotes Blinken am Router", f"{PROBLEM}: Kabel stecken.")
    assert "Rotes Blinken am Router" not in desk.titles(case)
    desk.shelf.sync()
    _long_ago(desk.shelf)
    assert "Rotes Blinken am Router" in desk.titles(case)


def test_an_answer_without_words_is_not_remembered(desk: Desk, case: Case):
    assert isinstance(desk.engines.lexical, Watched)
    desk.engines.lexical.before = down(IndexUnavailable)
    desk.suggest(case)
    desk.engines.lexical.before = lambda _name, _number: None
    desk.searches()
    desk.suggest(case)
    assert desk.searches()
