"""What agents leave beside a case: flags, gaps, notes on customers, what became of suggestions."""

from functools import partial

import pytest
from sqlmodel import Session, select

from kb.access import ANYONE
from kb.cases import actions, customers, flags, helped, uses
from kb.cases.marks import CustomerNote, Fault, SuggestionUse
from kb.cases.models import Case, Fate, Outcome, SuggestionKind
from kb.db import transaction
from kb.errors import InvalidInput, NotAllowed, StaleRevision
from kb.mail import actions as mail
from kb.people import actions as people


@pytest.fixture
def session(engine, world):  # noqa: ARG001  # the cast lives in the database
    with transaction(engine) as opened:
        yield opened


@pytest.fixture
def kims(session: Session, world) -> Case:
    return session.get_one(Case, world.kims_case.id)


def suggested(session, case, subject_id, kind=SuggestionKind.ARTICLE):
    return actions.record_suggestion(
        session, case, kind=kind, subject_id=subject_id, score=0.7, reasons=[]
    )


def test_said_again_a_flag_replaces_what_the_same_agent_said(session, world, kims):
    revision_id = world.piece().revision_id
    for fault, by in (
        (Fault.WRONG, world.ada),
        (Fault.UNCLEAR, world.ada),
        (Fault.WRONG, world.edda),
    ):
        flags.flag(
            session, case=kims, revision_id=revision_id, fault=fault, note=" x ", by_id=by.id
        )
    said = flags.open_flags(session)
    assert [(one.fault, one.by_id) for one in said] == [
        (Fault.UNCLEAR, world.ada.id),
        (Fault.WRONG, world.edda.id),
    ]


def test_an_editor_answers_what_was_said_so_far_once_and_with_words(session, world, kims):
    about = {"case": kims, "revision_id": world.piece().revision_id, "by_id": world.ada.id}
    first = flags.flag(session, fault=Fault.WRONG, **about)
    seen, edda = first.made_at, world.edda.viewer
    settle = partial(flags.settle, session, [first.revision_id], seen=seen)
    with pytest.raises(NotAllowed):
        settle("Danke!", by=world.ada.viewer)
    with pytest.raises(InvalidInput):
        settle(" \n", by=edda)
    settle("Danke, geändert.", by=edda)
    with pytest.raises(StaleRevision):
        settle("Noch einmal.", by=edda)
    session.refresh(first)
    assert (first.answer, first.settled_by) == ("Danke, geändert.", world.edda.id)
    again = flags.flag(session, fault=Fault.UNCLEAR, **about)
    assert (again.id, again.answer, again.settled_at) == (first.id, "", None)
    with pytest.raises(StaleRevision):
        settle("Das galt dem Ersten.", by=edda)


def test_what_is_missing_is_kept_once_for_a_case_and_can_be_taken_back(session, world, kims):
    with pytest.raises(InvalidInput):
        flags.lacking(session, case=kims, words=" \n", by_id=world.ada.id)
    for words in ("waschmaschine", "waschmaschine anschließen"):
        flags.lacking(session, case=kims, words=words, by_id=world.ada.id)
    assert [one.words for one in flags.open_lacks(session)] == ["waschmaschine anschließen"]
    flags.take_back(session, kims.id)
    assert flags.open_lacks(session) == []


def test_earlier_cases_need_a_confirmed_address(session, world, kims):
    twin = people.customer(session, name="K. Kundt", email=world.kim.email, locale="de")
    second = actions.open_case(session, customer=twin, subject="Noch was", body="Hm", locale="de")
    who = customers.identity(session, kims)
    assert not who.is_confirmed
    assert customers.earlier(session, world.ada.viewer, kims, who) == []
    mail.confirm(session, world.kim.email)
    who = customers.identity(session, kims)
    found = customers.earlier(session, world.ada.viewer, kims, who)
    assert [one.id for one in found] == [second.id]
    assert customers.earlier(session, ANYONE, kims, who) == []


def test_notes_about_a_customer_are_for_the_staff_and_can_be_erased(session, world, kims):
    made = customers.note(session, kims, body="Hört schlecht.", by_id=world.ada.id)
    who, other = (customers.identity(session, one) for one in (kims, world.olafs_case))
    assert [one.body for one in customers.notes(session, world.ada.viewer, who)] == [
        "Hört schlecht."
    ]
    assert customers.notes(session, world.kim.viewer, who) == []
    customers.erase_note(session, other, made.id)
    assert session.exec(select(CustomerNote)).all() != []
    customers.erase_note(session, who, made.id)
    session.flush()
    assert session.exec(select(CustomerNote)).all() == []


@pytest.mark.parametrize(
    ("sent", "is_draft", "fate", "edits"),
    [
        ("Bitte starten Sie die Box neu.", True, Fate.SENT, 0),
        ("Hallo!\r\n\r\nBitte starten Sie die Box neu. Gruß", False, Fate.SENT, 0),
        ("Bitte starten Sie Ihre Box neu.", True, Fate.EDITED, 3),
        ("Ganz etwas anderes, das wir am Telefon besprechen.", True, Fate.INSERTED, None),
    ],
)
def test_how_much_was_changed_decides_the_fate(session, kims, sent, is_draft, fate, edits):
    row = suggested(session, kims, 1)
    text = "Bitte starten Sie die Box neu."
    use = uses.put_in(session, row, text=text, by=None, is_draft=is_draft)
    assert uses.measure(session, use, sent) is fate
    assert use.text == ""
    assert use.length == len(text)
    assert edits is None or use.edits == edits


def test_put_in_again_it_is_measured_once(session, world, kims):
    row = suggested(session, kims, world.piece().article_id)
    for text in ("eins", "zwei"):
        uses.put_in(session, row, text=text, by=world.ada.id, is_draft=False)
    assert [one.text for one in session.exec(select(SuggestionUse))] == ["zwei"]
    assert [one.text for one in uses.waiting(session, kims.id, world.ada.id)] == ["zwei"]
    assert uses.waiting(session, kims.id, world.edda.id) == []


def test_figures_count_what_became_of_suggestions_and_what_solved(session, world, kims):
    article_id = world.piece().article_id
    olafs = session.get_one(Case, world.olafs_case.id)
    for case, fate, by in ((kims, Fate.SENT, world.ada), (olafs, Fate.DISMISSED, world.edda)):
        row = suggested(session, case, article_id)
        actions.decide_suggestion(session, row, fate, by=by.id, reason="outdated")
    outcome = Outcome.SOLVED_BY_AGENT
    actions.solve(session, kims, outcome=outcome, helped_by=article_id, by=world.ada.id)
    session.flush()
    everybody = helped.by_subject(session)[SuggestionKind.ARTICLE, article_id]
    assert (everybody.shown, everybody.sent, everybody.dismissed) == (2, 1, 1)
    assert (everybody.solved, everybody.reasons) == (1, {"outdated": 1})
    own = helped.by_subject(session, person_id=world.edda.id)
    assert helped.total(list(own.values())).sent == 0
    assert helped.edits(session).share is None


def test_a_solution_says_how_often_it_has_helped_since(session, world, kims):
    row = suggested(session, kims, world.solution.id, SuggestionKind.SOLUTION)
    assert uses.worked(session, [world.solution.id])[world.solution.id].used == 0
    actions.decide_suggestion(session, row, Fate.INSERTED, by=world.ada.id)
    actions.solve(session, kims, outcome=Outcome.SOLVED_BY_AGENT, helped_by=None, by=world.ada.id)
    session.flush()
    found = uses.worked(session, [world.solution.id])[world.solution.id]
    assert (found.used, found.solved) == (1, 1)
