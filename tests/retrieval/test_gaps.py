"""Gaps: what asks the same comes together, stays together, and goes when its words go."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb import clock
from kb.access import Audience, Role, Viewer
from kb.articles import actions as articles
from kb.cases import actions as cases
from kb.cases import flags
from kb.db import migrate, open_engine, stored_id, transaction
from kb.errors import InvalidInput, NotAllowed
from kb.gaps import actions, queries
from kb.gaps.actions import Refusal
from kb.gaps.models import Evidence, Gap, GapItem, GapState, NotOurs, Why
from kb.people.models import Person
from kb.questions import actions as questions
from kb.questions.models import FeedbackReason, NoAnswerReason, Question
from kb.retention.actions import erase_old_words
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.gaps import grouping
from retrieval.gaps.gathering import gather
from retrieval.gaps.naming import names
from retrieval.index.stack import Engines

SENT = "Vertrag auf Sohn übertragen"
ALIKE = "Vertrag auf Tochter übertragen"
OTHER = "Sondernummern sperren lassen"


@pytest.fixture
def engine() -> Engine:
    opened = open_engine("sqlite://")
    migrate(opened)
    return opened


@pytest.fixture
def engines(tmp_path) -> Engines:
    return Engines(HashingEmbedder(), MemoryVectors(), TantivyIndex(tmp_path))


def ask(session, text, *, locale="de", days=0, **more) -> Question:
    given = {"audience": Audience.PUBLIC, "reason": NoAnswerReason.NOT_SURE} | more
    asked_at = clock.now() - timedelta(days=days)
    return questions.record(
        session, Question(text=text, locale=locale, asked_at=asked_at, **given)
    )


def plainly(text: str) -> str:
    return text.replace("Sabine", "[name]")


def gather_now(engine, engines):
    with transaction(engine) as session:
        return gather(session, engines, plainly)


def gaps_of(engine) -> dict[str, int]:
    """Return the gap each question is in, by its text."""
    with Session(engine) as session:
        rows = session.exec(
            select(Question.text, GapItem.gap_id)
            .join(GapItem, GapItem.ref_id == Question.id)
            .where(GapItem.kind == Evidence.QUESTION)
        ).all()
        return dict(rows)


def test_what_asks_the_same_is_one_gap_and_what_does_not_is_another(engine, engines):
    with transaction(engine) as session:
        for text in (SENT, ALIKE, OTHER):
            ask(session, text)
    done = gather_now(engine, engines)
    found = gaps_of(engine)
    assert (done.joined, done.opened) == (3, 2)
    assert found[SENT] == found[ALIKE] != found[OTHER]


def test_answered_questions_and_those_of_the_staff_are_no_gap(engine, engines):
    with transaction(engine) as session:
        ask(session, SENT, reason=None, answer="So geht es.")
        ask(session, ALIKE, audience=Audience.STAFF)
    assert gather_now(engine, engines).joined == 0


def test_an_answer_that_did_not_help_speaks_for_a_gap_but_a_wish_for_a_person_does_not(
    engine, engines, published
):
    with transaction(engine) as session:
        for text, reason in ((SENT, FeedbackReason.DID_NOT_WORK), (OTHER, FeedbackReason.PERSON)):
            asked = ask(session, text, reason=None, answer="So.")
            given = questions.give_feedback(
                session, revision_id=published, helpful=False, question=asked
            )
            questions.give_reason(session, given, reason)
    gather_now(engine, engines)
    assert set(gaps_of(engine)) == {SENT}
    with Session(engine) as session:
        assert session.exec(select(GapItem.why)).one() is Why.UNHELPFUL


def said_of(session, revision, *, helpful) -> None:
    asked = ask(session, SENT, reason=None, answer="So.")
    questions.give_feedback(session, revision_id=revision, helpful=helpful, question=asked)


def test_an_answer_that_helps_most_is_no_gap_though_it_does_not_help_all(
    engine, engines, published
):
    with transaction(engine) as session:
        said_of(session, published, helpful=False)
    gather_now(engine, engines)
    assert set(gaps_of(engine)) == {SENT}
    with transaction(engine) as session:
        said_of(session, published, helpful=True)
    gather_now(engine, engines)
    assert set(gaps_of(engine)) == {SENT}, "as many as not"
    with transaction(engine) as session:
        said_of(session, published, helpful=True)
        said_of(session, published, helpful=True)
        said_of(session, published, helpful=False)
    assert gather_now(engine, engines).forgotten == 1
    assert gaps_of(engine) == {}


@pytest.fixture
def published(engine) -> int:
    with transaction(engine) as session:
        article = articles.create_article(session, source_key="a", audience=Audience.PUBLIC)
        draft = articles.Draft("Vertrag", "Text")
        revision = articles.revise(session, article, locale="de", draft=draft)
        articles.publish(session, article, revision)
        return stored_id(revision.id)


def test_a_case_for_which_no_article_fits_speaks_for_a_gap(engine, engines):
    with transaction(engine) as session:
        kim = Person(name="Kim", role=Role.CUSTOMER)
        session.add(kim)
        session.flush()
        case = cases.open_case(session, customer=kim, subject="x", body="Hallo", locale="de")
        flags.lacking(session, case=case, words=SENT, by_id=None)
        ask(session, ALIKE)
    gather_now(engine, engines)
    with Session(engine) as session:
        gap = session.exec(select(Gap)).one()
        assert {item.kind for item in queries.items(session, gap.id)} == set(Evidence)


def test_a_gap_keeps_its_id_and_its_members_when_more_arrives(engine, engines):
    with transaction(engine) as session:
        for text in (SENT, ALIKE, "Vertrag auf Frau übertragen"):
            ask(session, text)
    gather_now(engine, engines)
    before = gaps_of(engine)
    with transaction(engine) as session:
        ask(session, "Vertrag auf Mann übertragen")
        ask(session, OTHER)
    gather_now(engine, engines)
    after = gaps_of(engine)
    assert {text: after[text] for text in before} == before
    assert after["Vertrag auf Mann übertragen"] == before[SENT]


def test_a_second_look_changes_nothing(engine, engines):
    with transaction(engine) as session:
        ask(session, SENT)
    gather_now(engine, engines)
    before = gaps_of(engine)
    assert gather_now(engine, engines).joined == 0
    assert gaps_of(engine) == before


def test_peoples_data_is_neither_embedded_nor_named(engine, engines):
    seen = []

    class Listening(HashingEmbedder):
        def embed(self, texts):
            seen.extend(texts)
            return super().embed(texts)

    with transaction(engine) as session:
        ask(session, "Vertrag auf Sabine übertragen")
    gather_now(engine, Engines(Listening(), engines.vectors, engines.lexical))
    assert seen == ["Vertrag auf [name] übertragen"]
    with Session(engine) as session:
        words = session.exec(select(Gap)).one().words
    assert "übertragen" in words["de"]
    assert "sabine" not in str(words).casefold()
    assert "name" not in words["de"]


def test_when_the_words_are_erased_the_item_and_its_empty_gap_go(engine, engines):
    with transaction(engine) as session:
        ask(session, SENT, days=100)
        ask(session, OTHER)
    gather_now(engine, engines)
    with transaction(engine) as session:
        erase_old_words(session, days=90)
    assert gather_now(engine, engines).forgotten == 1
    assert set(gaps_of(engine)) == {OTHER}
    with Session(engine) as session:
        assert len(session.exec(select(Gap)).all()) == 1


def test_what_is_not_ours_stays_away_until_clearly_more_speaks_for_it(engine, engines, editor):
    with transaction(engine) as session:
        ask(session, SENT)
        ask(session, ALIKE)
    gather_now(engine, engines)
    with transaction(engine) as session:
        gap = session.exec(select(Gap)).one()
        actions.refuse(session, gap, Refusal(NotOurs.ONE_OFF), by=editor)
    for number, state in ((1, GapState.NOT_OURS), (2, GapState.OPEN)):
        with transaction(engine) as session:
            for count in range(number):
                ask(session, f"Vertrag auf Frau {count} übertragen")
        gather_now(engine, engines)
        with Session(engine) as session:
            assert session.exec(select(Gap)).one().state is state


@pytest.fixture
def editor(engine):
    with transaction(engine) as session:
        edda = Person(name="Edda", role=Role.EDITOR, login="edda")
        session.add(edda)
        session.flush()
        return edda.viewer


def test_when_another_model_takes_over_gaps_keep_their_members_and_get_its_vectors(
    engine, engines
):
    class Other(HashingEmbedder):
        digest = "another"

        def embed(self, texts):
            return -super().embed(texts)

    with transaction(engine) as session:
        ask(session, SENT)
    gather_now(engine, engines)
    before = gaps_of(engine)
    other = Engines(Other(), engines.vectors, engines.lexical)
    with transaction(engine) as session:
        ask(session, ALIKE)
    gather_now(engine, other)
    assert gaps_of(engine)[SENT] == before[SENT] == gaps_of(engine)[ALIKE]
    with Session(engine) as session:
        assert session.exec(select(Gap.fingerprint)).one() == other.fingerprint


def test_old_names_go_on_with_the_new_group_most_of_them_went_to():
    assert grouping.keeping_names([1, 1, 2, 2, 2], [0, 0, 0, 1, 1]) == {0: 1, 1: 2}


def test_many_rows_are_thinned_out_and_each_still_gets_a_group(monkeypatch):
    monkeypatch.setattr(grouping, "_AT_ONCE", 20)
    near, far = np.eye(64, dtype=np.float32)[[0, 1]]
    noise = np.eye(64, dtype=np.float32)[2:] * 0.1
    rows = np.vstack([near + noise, far + noise]).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found = grouping.fitted(rows)
    assert len(set(found[:62])) == len(set(found[62:])) == 1
    assert found[0] != found[-1]


def test_names_are_what_several_say_and_others_do_not():
    told = names(
        {
            1: [("de", "Vertrag an Sohn übertragen"), ("de", "Vertrag übertragen"), ("en", "hi")],
            2: [("de", "Rechnung zahlen"), ("de", "Rechnung an Sohn")],
        }
    )
    assert set(told[1]["de"]) == {"Vertrag", "übertragen"}
    assert told[2]["de"] == ["Rechnung"]


def test_gaps_sorted_by_hand_stay_as_they_were_sorted(engine, engines):
    editor = Viewer(Role.EDITOR)
    with transaction(engine) as session:
        for text in (SENT, ALIKE, OTHER):
            ask(session, text)
    gather_now(engine, engines)
    with transaction(engine) as session:
        here = session.get_one(Gap, gaps_of(engine)[SENT])
        items = session.exec(select(GapItem).where(GapItem.gap_id == here.id)).all()
        with pytest.raises(InvalidInput):
            actions.split(session, here, {item.id for item in items}, by=editor)
        with pytest.raises(NotAllowed):
            actions.split(session, here, {items[1].id}, by=Viewer(Role.AGENT))
        actions.split(session, here, {items[1].id}, by=editor)
    gather_now(engine, engines)
    found = gaps_of(engine)
    assert found[SENT] != found[ALIKE]
    with transaction(engine) as session:
        assert all(session.exec(select(Gap.words)).all())
        near = queries.alike(session, session.get_one(Gap, found[SENT]), limit=2)
        assert [one.id for one in near] == [found[ALIKE], found[OTHER]]
        ask(session, f"{SENT} bitte")
        actions.merge(session, near[1], session.get_one(Gap, found[SENT]), by=editor)
    gather_now(engine, engines)
    found = gaps_of(engine)
    assert found[OTHER] == found[SENT] != found[ALIKE]
    assert found[f"{SENT} bitte"] in {found[SENT], found[ALIKE]}
    with transaction(engine) as session:
        kept = session.get_one(Gap, found[SENT])
        with pytest.raises(InvalidInput):
            actions.merge(session, kept, kept, by=editor)
