"""An agent is offered what may help with this case, and nothing rather than filler."""

from pathlib import Path

import pytest
from sqlmodel import Session

from kb.access import ANYONE, Audience, Role, Viewer
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.config import Config
from kb.db import transaction
from retrieval.assembly import build_retrieval
from retrieval.results import CaseSuggestion, Kind
from tests.databases import SqliteStore
from tests.retrieval.shelf import AGENT, Shelf, offline

PROBLEM = "Der Router blinkt rot und das Internet geht nicht"
GOODWILL = "Kunden verlangen nach einem Ausfall eine Gutschrift: bis 20 Euro ohne Rückfrage."
GIBBERISH = "Qwxz vbnk trfgh pplm xyzzy"


@pytest.fixture(scope="module")
def library(sqlite_store: SqliteStore, tmp_path_factory: pytest.TempPathFactory):
    """A synced shelf of articles and solved cases that tests only read."""
    folder = tmp_path_factory.mktemp("library")
    with sqlite_store.empty_database(folder) as engine:
        shelf = Shelf(engine, offline(folder / "lexical"))
        shelf.publish("Der Router blinkt rot", f"{PROBLEM}: Netzteil prüfen.", key="red")
        shelf.publish("The router blinks red", "Check the power.", locale="en", key="red")
        shelf.publish("Rote Lampe am Router", "Der Router blinkt: Störung im Internet.")
        shelf.publish("Kulanz bei Ausfall", GOODWILL, audience=Audience.STAFF)
        shelf.publish("Rechnung finden", "Im Kundenkonto unter Rechnungen.")
        shelf.solved("Router blinkt rot", f"{PROBLEM}.", "Netzteil getauscht.")
        shelf.solved("Rechnung falsch", "Der Betrag ist zu hoch.", "Gutschrift erstellt.")
        shelf.sync()
        yield shelf


def suggested(shelf: Shelf, case: Case, viewer: Viewer = AGENT) -> list[CaseSuggestion]:
    retrieval = build_retrieval(Config(home=Path("var")), shelf.engine, shelf.engines)
    with Session(shelf.engine) as session:
        return retrieval.suggest(session, session.get_one(Case, case.id), viewer)


def titles(found: list[CaseSuggestion], *kinds: Kind) -> list[str]:
    return [one.hit.passage.title for one in found if one.hit.passage.kind in (kinds or Kind)]


def test_articles_and_solved_cases_like_this_one_are_offered(library: Shelf):
    found = suggested(library, library.case("Router blinkt rot", PROBLEM))
    assert "Der Router blinkt rot" in titles(found, Kind.PUBLIC)
    assert titles(found, Kind.SOLUTIONS) == ["Router blinkt rot"]


def test_staff_articles_are_offered_too(library: Shelf):
    found = suggested(library, library.case("Kulanz bei Ausfall", GOODWILL))
    assert titles(found, Kind.STAFF) == ["Kulanz bei Ausfall"]


def test_a_solution_comes_with_what_solved_it(library: Shelf):
    found = suggested(library, library.case("Router blinkt rot", PROBLEM))
    by_kind = {one.hit.passage.kind: one.resolution for one in found}
    assert by_kind[Kind.SOLUTIONS] == "Netzteil getauscht."
    assert by_kind[Kind.PUBLIC] == ""


def test_the_likeliest_of_each_kind_comes_first(library: Shelf):
    found = suggested(library, library.case("Router blinkt rot", PROBLEM))
    for kinds in ({Kind.PUBLIC, Kind.STAFF}, {Kind.SOLUTIONS}):
        told = [one.probability for one in found if one.hit.passage.kind in kinds]
        assert told == sorted(told, reverse=True)
        assert all(0 < probability <= 1 for probability in told)


def test_a_case_is_not_offered_to_itself(shelf: Shelf):
    own = shelf.solved("Router blinkt rot", f"{PROBLEM}.", "Netzteil getauscht.")
    other = shelf.solved("Router blinkt rot!", f"{PROBLEM}.", "Kabel gesteckt.")
    shelf.sync()
    found = suggested(shelf, own)
    assert [one.hit.passage.family_id for one in found] == [other.id]


def test_there_is_nothing_rather_than_filler(library: Shelf):
    assert suggested(library, library.case(GIBBERISH, GIBBERISH)) == []


def test_what_only_staff_wrote_says_nothing_about_the_matter(library: Shelf):
    case = library.case(GIBBERISH, GIBBERISH)
    with transaction(library.engine) as session:
        found = session.get_one(Case, case.id)
        cases.say(session, found, author=AGENT, body=PROBLEM)
        cases.say(session, found, author=AGENT, body=PROBLEM, internal=True)
    assert suggested(library, case) == []


@pytest.mark.parametrize("viewer", [ANYONE, Viewer(Role.CUSTOMER, 1)], ids=["anyone", "customer"])
def test_only_staff_are_offered_staff_articles_and_solutions(library: Shelf, viewer: Viewer):
    case = library.case("Router blinkt rot, Gutschrift", f"{PROBLEM}. {GOODWILL}")
    found = suggested(library, case, viewer)
    assert titles(found, Kind.STAFF, Kind.SOLUTIONS) == []
    assert not any(one.resolution for one in found)


def test_related_articles_leave_out_the_one_that_is_read(library: Shelf):
    retrieval = build_retrieval(Config(home=Path("var")), library.engine, library.engines)
    read = library.publish("Der Router blinkt rot", f"{PROBLEM}: Netzteil prüfen.", key="red")
    library.sync()
    with Session(library.engine) as session:
        revision = library.revision_of(read)
        german = retrieval.related(session, revision, ANYONE, "de")
        by_staff = retrieval.related(session, revision, AGENT, "de")
    assert "Rote Lampe am Router" in [hit.passage.title for hit in german.hits]
    assert read not in [hit.passage.family_id for hit in german.hits]
    assert {hit.passage.locale for hit in german.hits} == {"de"}
    assert "Kulanz bei Ausfall" not in [hit.passage.title for hit in by_staff.hits]
    assert len(german.hits) <= 5
