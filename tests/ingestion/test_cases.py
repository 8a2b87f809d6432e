"""Cases arrive with their dates and people; what is kept of solved ones names nobody."""

import json
from datetime import UTC, datetime

from sqlmodel import Session, select

from ingestion.records import ImportOptions, Outcome
from kb.cases import actions as cases
from kb.cases.models import Case, CaseArticle, CaseState, Message, Solution, SolutionState
from kb.cases.models import Outcome as Ending
from kb.db import transaction
from kb.people.models import Person
from tests.ingestion.conftest import counted


def _cases(desk):
    with Session(desk.engine) as session:
        return {case.source_key: case for case in session.exec(select(Case)).all()}


def _solution(desk, key):
    with Session(desk.engine) as session:
        case = session.exec(select(Case).where(Case.source_key == key)).one()
        return session.exec(select(Solution).where(Solution.case_id == case.id)).first()


def test_a_case_keeps_its_messages_dates_and_customer(desk, samples):
    report = desk.load(samples / "cases.jsonl")
    case = _cases(desk)["c-1"]
    with Session(desk.engine) as session:
        said = session.exec(select(Message).where(Message.case_id == case.id)).all()
        customer = session.get(Person, case.customer_id)
    assert counted(report) == {"new": 3}
    assert case.state is CaseState.SOLVED
    assert case.outcome is Ending.SOLVED_COACHED
    assert case.created_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert case.solved_at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert [message.is_internal for message in said] == [False, False, True, False]
    assert said[1].written_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (customer.name, customer.email) == ("Anna Meier", "anna@example.org")


def test_what_is_kept_of_a_solved_case_names_nobody(desk, samples):
    desk.load(samples / "cases.jsonl")
    kept = _solution(desk, "c-1")
    words = f"{kept.subject} {kept.problem} {kept.resolution} {kept.cause} {kept.environment}"
    for private in ("Anna", "Meier", "0171", "2345678", "KN-12345678"):
        assert private not in words
    assert kept.subject == "Router von [Name] tot"
    assert (
        "Rufen Sie an: [Telefonnummer]. Kundennummer [Kundennummer].\nViele Grüße\n[Name]"
        in kept.problem
    )
    assert kept.resolution == "Frau [Name] hat den Router zurückgesetzt."


def test_an_open_case_has_no_solution_and_no_guess_is_taken_for_one(desk, samples):
    desk.load(samples / "cases.jsonl")
    assert _cases(desk)["c-2"].state is CaseState.OPEN
    assert _solution(desk, "c-2") is None
    guessed = _solution(desk, "c-3")
    assert guessed.resolution == "Your table for two is booked for tonight under [name]."
    assert guessed.problem.startswith("I want a table for two.")


def test_the_article_that_helped_is_linked(desk, samples):
    desk.load(samples / "docs")
    report = desk.load(samples / "cases.jsonl")
    with Session(desk.engine) as session:
        linked = session.exec(select(CaseArticle)).all()
    assert [(one.article_id, one.helped) for one in linked] == [
        (desk.article("wlan/neustart").id, True)
    ]
    assert report.warnings == ()


def test_an_article_that_is_not_there_is_said(desk, samples):
    report = desk.load(samples / "cases.jsonl")
    assert [remark.text for remark in report.warnings] == [
        "names an article that is not here: neustart"
    ]


def test_a_second_run_writes_nothing(desk, samples):
    desk.load(samples / "cases.jsonl")
    before = desk.written()
    report = desk.load(samples / "cases.jsonl")
    assert counted(report) == {"unchanged": 3}
    assert desk.written() == before


def test_new_messages_are_added_and_what_happened_here_stays(desk, samples):
    desk.load(samples / "cases.jsonl")
    with transaction(desk.engine) as session:
        case = session.exec(select(Case).where(Case.source_key == "c-2")).one()
        agent = Person(name="Ada", role="agent")
        session.add(agent)
        session.flush()
        cases.say(session, case, author=agent.viewer, body="On its way.")
    path = samples / "cases.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[1]["messages"].append({"role": "customer", "text": "Hello?"})
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert counted(desk.load(path)) == {"unchanged": 2, "changed": 1}
    with Session(desk.engine) as session:
        bodies = [m.body for m in session.exec(select(Message).where(Message.case_id == case.id))]
    assert sorted(bodies) == sorted(
        ["Where is my parcel? Order A-1234567.", "On its way.", "Hello?"]
    )
    assert counted(desk.load(path)) == {"unchanged": 3}


def test_a_reviewed_solution_belongs_to_its_reviewer(desk, samples):
    desk.load(samples / "cases.jsonl")
    with transaction(desk.engine) as session:
        kept = session.get(Solution, _solution(desk, "c-1").id)
        kept.resolution, kept.state = "Better words.", SolutionState.VALIDATED
        session.add(kept)
    path = samples / "cases.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("zurückgesetzt", "getauscht"))
    assert counted(desk.load(path)) == {"unchanged": 3}
    assert _solution(desk, "c-1").resolution == "Better words."


def test_a_case_that_is_gone_is_reported_and_never_removed(desk, samples):
    desk.load(samples / "cases.jsonl")
    path = samples / "cases.jsonl"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:2]))
    report = desk.load(path, ImportOptions(prune=True))
    assert report.gone == ("c-3",)
    assert report.counts[Outcome.GONE] == 1
    assert "c-3" in _cases(desk)


def test_a_broken_case_costs_one_case(desk, samples):
    path = samples / "cases.jsonl"
    with path.open("a", encoding="utf-8") as opened:
        opened.write('{"_id": "c-4", "messages": []}\nnot json\n')
        opened.write('{"_id": "c-1", "messages": [{"role": "customer", "text": "again"}]}\n')
    report = desk.load(path)
    assert counted(report) == {"new": 3, "failed": 3}
