"""Corrections and tips: rules and their queries mean the same, over every case there is."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from kb import clock
from kb.access import Role, Viewer
from kb.curation import actions, policy, queries
from kb.curation.actions import Report, Verdict
from kb.curation.models import Correction, CorrectionState, Fault, Tip, TipState
from kb.db import stored_id, transaction
from kb.errors import InvalidInput, NotAllowed, StaleRevision
from kb.questions import actions as questions
from kb.questions.models import Feedback, Question, Wish
from kb.retention.actions import erase_old_words

REPORT = Report(Fault.WRONG, passage="rot", wording="grün", note="Es ist grün.")


def received(session, world, key="a") -> Correction:
    return actions.receive(
        session, revision_id=world.piece().revision_id, locale="de", report=REPORT, key=key
    )


def yes(session, world) -> Feedback:
    return questions.give_feedback(
        session, revision_id=world.piece().revision_id, helpful=True, question=None
    )


def test_history_is_the_same_in_policy_and_query(engine, world):
    with transaction(engine) as session:
        for number, (state, summary) in enumerate(
            (state, summary) for state in CorrectionState for summary in ("", "Berichtigt")
        ):
            one = received(session, world, key=str(number))
            one.state, one.summary = state, summary
        session.flush()
        everything = session.exec(select(Correction)).all()
        found = queries.history(session, world.piece().translation_id)
        expected = {one.id for one in everything if policy.is_in_history(one)}
        assert {one.id for one in found} == expected
        assert len(expected) == 1
        assert queries.history(session, world.piece(locale="en").translation_id) == []


def test_shown_tips_are_the_same_in_policy_and_query(engine, world):
    with transaction(engine) as session:
        for state in TipState:
            for shown in ("", "So geht es."):
                tip = actions.give_tip(session, yes(session, world), "Mein Tipp")
                tip.state, tip.shown = state, shown
        session.flush()
        everything = session.exec(select(Tip)).all()
        found = queries.shown_tips(session, world.piece().translation_id)
        assert {one.id for one in found} == {one.id for one in everything if policy.is_shown(one)}
        assert len(found) == 1


@pytest.mark.parametrize("role", list(Role))
def test_who_may_look_and_who_may_decide(role):
    viewer = Viewer(role)
    assert policy.may_look(viewer) is (role is not Role.CUSTOMER)
    assert policy.may_decide(viewer) is (role in {Role.EDITOR, Role.ADMIN})


def test_nobody_but_an_editor_decides(engine, world):
    with transaction(engine) as session:
        one = received(session, world)
        tip = actions.give_tip(session, yes(session, world), "Mein Tipp")
        for person in (world.kim, world.ada):
            with pytest.raises(NotAllowed):
                actions.decide(session, one, Verdict(CorrectionState.ACCEPTED), by=person.viewer)
            with pytest.raises(NotAllowed):
                actions.publish_tip(session, tip, "x", by=person.viewer)
            with pytest.raises(NotAllowed):
                actions.decline_tip(session, tip, was=TipState.RECEIVED, by=person.viewer)
        actions.decide(session, one, Verdict(CorrectionState.ACCEPTED), by=world.root.viewer)
        assert (one.decided_by, one.state) == (world.root.id, CorrectionState.ACCEPTED)
        with pytest.raises(StaleRevision):
            actions.decide(session, one, Verdict(CorrectionState.ACCEPTED), by=world.edda.viewer)


def test_a_correction_says_something_or_is_refused(engine, world):
    with transaction(engine) as session:
        revision_id = world.piece().revision_id
        for empty in (Report(Fault.OTHER), Report(Fault.OTHER, passage="rot", wording=" rot\n")):
            with pytest.raises(InvalidInput):
                actions.receive(
                    session, revision_id=revision_id, locale="de", report=empty, key="b"
                )
        assert session.exec(select(Correction)).all() == []


def test_an_address_goes_with_the_answer_and_never_comes_after_it(engine, world):
    with transaction(engine) as session:
        one = received(session, world)
        actions.confirm_address(session, one, "kim@example.org")
        assert one.email == "kim@example.org"
        answer = Verdict(CorrectionState.ANSWERED, answer="Danke.")
        actions.decide(session, one, answer, by=world.edda.viewer)
        assert one.email == ""
        actions.confirm_address(session, one, "kim@example.org")
        assert one.email == ""


# how long words are kept


def ask(session, text: str, *, days: float) -> Question:
    asked = Question(
        text=text, said="und mein Handy?", locale="de", audience="public", answer="Zitat"
    )
    asked.asked_at = clock.now() - timedelta(days=days)
    return questions.record(session, asked)


def test_the_words_of_old_questions_are_erased_and_those_of_young_ones_kept(engine):
    with transaction(engine) as session:
        old, young = ask(session, "alt", days=181), ask(session, "neu", days=179)
        assert erase_old_words(session, days=180).questions == 1
        assert erase_old_words(session, days=180).questions == 0
    with Session(engine) as session:
        gone, there = session.get_one(Question, old.id), session.get_one(Question, young.id)
        assert (gone.text, gone.said, gone.wording, gone.answer) == ("", None, None, "Zitat")
        assert (there.text, there.said) == ("neu", "und mein Handy?")


def test_a_question_that_is_of_use_keeps_its_words(engine, world):
    with transaction(engine) as session:
        helped, did_not, waited, told = (
            ask(session, text, days=400) for text in ("half", "half nicht", "wartet", "gesagt")
        )
        for question, helpful in ((helped, True), (did_not, False)):
            questions.give_feedback(
                session,
                revision_id=world.piece().revision_id,
                helpful=helpful,
                question=question,
            )
        for question, told_at in ((waited, None), (told, clock.now())):
            wish = Wish(
                question_id=stored_id(question.id),
                locale="de",
                email="kim@example.org",
                confirmed_at=clock.now(),
                told_at=told_at,
            )
            session.add(wish)
        session.flush()
        erase_old_words(session, days=180)
    with Session(engine) as session:
        texts = {one.text for one in session.exec(select(Question)).all()}
    assert texts == {"half", "wartet", ""}


def test_old_comments_are_erased_and_the_yes_or_no_stays(engine, world):
    with transaction(engine) as session:
        old, young = yes(session, world), yes(session, world)
        for given, days in ((old, 181), (young, 1)):
            given.comment, given.given_at = "Wort", clock.now() - timedelta(days=days)
        session.flush()
        assert erase_old_words(session, days=180).comments == 1
    with Session(engine) as session:
        comments = {one.id: one.comment for one in session.exec(select(Feedback)).all()}
    assert comments == {old.id: "", young.id: "Wort"}
