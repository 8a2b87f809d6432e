"""What readers send sings for nobody but its writer and the staff; nor do hidden articles."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from kb.curation import actions
from kb.curation.actions import Report, Verdict
from kb.curation.models import Correction, CorrectionState, Fault, Tip
from kb.db import transaction
from kb.questions import actions as questions
from kb.questions.models import Feedback
from tests.desk.aviary import Aviary, aviary, browsing, responses, viewer_of
from tests.world import canary

HERE = "/de/corrections"


@pytest.fixture(scope="module")
def birds(sqlite_store, tmp_path_factory) -> Iterator[Aviary]:
    with aviary(sqlite_store, tmp_path_factory.mktemp("dialogue")) as built:
        yield built


@pytest.fixture(scope="module")
def words(birds) -> dict[str, str]:
    """A correction that was answered, one that waits, and a tip; each text has its canary."""
    names = ("passage", "wording", "note", "section", "answer", "waiting", "tip")
    sung = {name: canary() for name in names}
    revision_id, edda = birds.world.piece().revision_id, birds.world.edda.viewer
    with transaction(birds.engine) as session:
        report = Report(
            Fault.WRONG,
            section=sung["section"],
            passage=sung["passage"],
            wording=sung["wording"],
            note=sung["note"],
        )
        done = actions.receive(
            session, revision_id=revision_id, locale="de", report=report, key="1"
        )
        verdict = Verdict(CorrectionState.ACCEPTED, answer=sung["answer"], summary="Berichtigt.")
        actions.decide(session, done, verdict, by=edda)
        waiting = Report(Fault.OTHER, note=sung["waiting"])
        actions.receive(session, revision_id=revision_id, locale="de", report=waiting, key="2")
        given = questions.give_feedback(session, revision_id=revision_id, helpful=True)
        actions.give_tip(session, given, sung["tip"])
    return sung


def test_what_readers_sent_is_on_no_page_for_others(birds, words):
    with browsing(birds, "anyone") as client:
        heard = {
            asked
            for asked, said in responses(birds, client)
            if any(word in said for word in words.values())
        }
        assert heard == set()
        page = client.get(f"/de/articles/{birds.world.piece().slug}").text
        assert "Berichtigt." in page


def test_each_private_page_is_for_one_correction(birds, words):
    with Session(birds.engine) as session:
        done, waiting = session.exec(select(Correction).order_by(Correction.key)).all()
        feedback = session.get_one(Feedback, session.exec(select(Tip.feedback_id)).one())
    with browsing(birds, "anyone") as client:
        own = client.get(f"{HERE}/{done.public_id}").text
        others = client.get(f"{HERE}/{waiting.public_id}").text
        tip = client.get(f"/de/feedback/{feedback.public_id}/tip").text
    for name in ("passage", "wording", "note", "answer"):
        assert words[name] in own
        assert words[name] not in others
    assert words["waiting"] in others
    assert words["waiting"] not in own
    assert words["tip"] not in own + others + tip


def test_staff_reads_them_at_the_desk(birds, words):
    with browsing(birds, "ada") as client:
        listed = client.get("/desk/curation/corrections").text
        listed += client.get("/desk/curation/corrections?which=accepted").text
        listed += client.get("/desk/curation/tips").text
    assert all(word in listed for word in words.values())


@pytest.mark.parametrize("who", ["anyone", "ada"])
def test_hidden_articles_can_neither_be_reported_nor_seen_so(birds, who):
    hidden = birds.world.canaries_hidden_from(viewer_of(birds, who))
    shown = {piece.slug for piece in birds.world.pieces if piece.is_for(viewer_of(birds, who))}
    with browsing(birds, who) as client:
        for piece in birds.world.pieces:
            path = f"/{piece.locale}/articles/{piece.slug}/report"
            sent = {"revision": str(piece.revision_id), "section": ""}
            for answer in (client.get(path), client.post(f"{path}/passage", data=sent)):
                assert (answer.status_code == 200) is (piece.slug in shown), path
                said = answer.text.replace(piece.slug, "")
                assert not any(word in said for word in hidden), path
