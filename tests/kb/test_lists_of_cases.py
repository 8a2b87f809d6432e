"""Lists of cases stay quick with many: found by an index, searched only where that is needed."""

import pytest
from sqlalchemy import event
from sqlmodel import Session

from kb.cases import actions, labels, work_list
from kb.cases.models import Case, CaseState
from kb.cases.work_list import CaseList, Narrowed
from kb.people import actions as people


@pytest.fixture
def session(engine):
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def kept(session):
    """A case of Özge about a bank transfer, tagged."""
    customer = people.customer(session, name="Özge Ünal", email="o@example.org", locale="de")
    made = actions.open_case(
        session,
        customer=customer,
        subject="Überweisung fehlt",
        body="DER BETRÄGE WEGEN",
        locale="de",
    )
    labels.tag(session, made, "Rückruf")
    return made


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.SOLVED])
def test_words_are_found_wherever_they_stand_and_however_they_are_written(
    session, world, kept, state
):
    kept.state = state
    which = CaseList.OPEN if state is CaseState.OPEN else CaseList.SOLVED

    def found(words: str) -> bool:
        rows = work_list.listed(session, world.ada.viewer, which, narrowed=Narrowed(words))
        return kept.id in {case.id for case, _ in rows}

    assert all(
        map(found, ("überweisung", "weisung FEHLT", "beträge", "özge", "RÜCKRUF", "ünal der"))
    )
    assert not any(map(found, ("überweisung nichts", "%", "_ber")))


def test_a_page_of_a_list_is_read_by_its_index_and_no_more_rows_than_it_shows(engine, world):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
    with Session(engine) as session:
        for which in CaseList:
            work_list.listed(session, world.ada.viewer, which, by_mood=True, limit=5)
        work_list.counts(session, world.ada.viewer)
        plans = [
            line[3]
            for statement, values in asked.copy()
            for line in session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values
            )
        ]
    of_cases = [line for line in plans if "customer_case" in line]
    assert len(of_cases) > len(CaseList)
    assert [
        one for one in of_cases if "COVERING INDEX" not in one and "PRIMARY KEY" not in one
    ] == []


def test_a_list_goes_on_where_its_page_ends(session, world):
    customer = session.get_one(Case, world.kims_case.id).customer_id
    session.add_all(
        Case(subject=f"N {n}", locale="de", state=CaseState.SOLVED, customer_id=customer)
        for n in range(7)
    )
    session.flush()
    viewer = world.ada.viewer
    everything = [case.id for case, _ in work_list.listed(session, viewer, CaseList.SOLVED)]
    pages = [
        case.id
        for offset in (0, 3, 6, 9)
        for case, _ in work_list.listed(session, viewer, CaseList.SOLVED, limit=3, offset=offset)
    ]
    assert pages == everything
    assert work_list.counts(session, viewer)[CaseList.SOLVED] == len(everything) >= 7
