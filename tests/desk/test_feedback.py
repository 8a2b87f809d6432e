"""Feedback: yes or no, then why, kept on the revision."""

from sqlmodel import Session, select

from kb.articles import actions as articles
from kb.articles.models import Article, Revision
from kb.db import stored_id, transaction
from kb.questions.models import Feedback, FeedbackReason, Question


def _given(engine):
    with Session(engine) as session:
        return session.exec(select(Feedback)).all()


def test_a_no_is_kept_and_then_explained(visitor, engine, world):
    asked = {"revision": world.wifi_revision, "question": "", "helpful": "no"}
    page = visitor.post("/de/feedback", data=asked)
    assert "Was war das Problem?" in page.text
    [given] = _given(engine)
    assert (given.revision_id, given.helpful) == (world.wifi_revision, False)
    why = {"reason": FeedbackReason.WRONG.value, "comment": "Knopf <b>heißt</b> anders"}
    page = visitor.post(f"/de/feedback/{given.public_id}", data=why)
    assert "Ihre Rückmeldung ist bei unserer Redaktion" in page.text
    [given] = _given(engine)
    assert given.reason is FeedbackReason.WRONG
    assert given.comment == "Knopf <b>heißt</b> anders"


def test_htmx_gets_the_fragment_after_the_redirect(visitor, world):
    asked = {"revision": world.wifi_revision, "helpful": "yes"}
    found = visitor.post("/de/feedback", data=asked, headers={"hx-request": "true"})
    assert found.text.lstrip().startswith('<div id="feedback"')
    assert "Das freut uns" in found.text


def test_feedback_under_an_answer_knows_the_question(visitor, engine, world):
    visitor.get("/de/search?question=wlan")
    with Session(engine) as session:
        question = session.exec(select(Question)).one()
    asked = {
        "revision": world.wifi_revision,
        "question": question.public_id,
        "helpful": "no",
    }
    page = visitor.post("/de/feedback", data=asked)
    assert _given(engine)[0].question_id == question.id
    assert f"/de/contact?question={question.public_id}" in page.text


def _revise(session: Session, article_id: int, *, publish: bool) -> int:
    article = session.get_one(Article, article_id)
    draft = articles.Draft("WLAN ist langsam", "Ganz anders.")
    revision = articles.revise(session, article, locale="de", draft=draft)
    if publish:
        articles.publish(session, article, revision)
    return stored_id(revision.id)


def test_feedback_given_while_somebody_published_is_kept_on_what_was_read(visitor, engine, world):
    with transaction(engine) as session:
        _revise(session, world.wifi, publish=True)
    sent = visitor.post("/de/feedback", data={"revision": world.wifi_revision, "helpful": "yes"})
    assert "Das freut uns" in sent.text
    assert [given.revision_id for given in _given(engine)] == [world.wifi_revision]


def test_what_is_not_on_show_yet_or_no_more_takes_no_feedback(visitor, engine, world):
    with transaction(engine) as session:
        coming = _revise(session, world.wifi, publish=False)
    sent = {"revision": coming, "helpful": "yes"}
    assert visitor.post("/de/feedback", data=sent).status_code == 404
    with transaction(engine) as session:
        article = session.get_one(Article, world.wifi)
        articles.publish(session, article, session.get_one(Revision, coming))
        articles.unpublish(session, article, locale="de")
    for revision in (coming, world.wifi_revision):
        sent = {"revision": revision, "helpful": "yes"}
        assert visitor.post("/de/feedback", data=sent).status_code == 404
    assert _given(engine) == []


def test_feedback_needs_a_revision_one_can_read_and_a_yes_or_no(visitor, engine):
    for revision in ("99999", "abc", "-1", "9" * 40, "²", ""):
        asked = {"revision": revision, "helpful": "no"}
        assert visitor.post("/de/feedback", data=asked).status_code == 404
    assert visitor.post("/de/feedback", data={"revision": "1"}).status_code == 422
    assert visitor.get("/de/feedback/unknown").status_code == 404
    assert visitor.post("/de/feedback/unknown", data={}).status_code == 404
    assert _given(engine) == []
