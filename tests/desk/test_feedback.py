"""Feedback: yes or no, then why, kept on the revision."""

import pytest
from sqlmodel import Session, col, select

from kb.articles import actions as articles
from kb.articles.models import Article, Revision
from kb.db import stored_id, transaction
from kb.questions.models import Feedback, FeedbackReason, Question, QuestionOutcome


def _given(engine):
    with Session(engine) as session:
        return session.exec(select(Feedback)).all()


def test_a_no_is_kept_and_then_explained(visitor, engine, world):
    asked = {"revision": world.wifi_revision, "question": "", "helpful": "no"}
    page = visitor.post("/de/feedback", data=asked)
    assert "Woran liegt es?" in page.text
    [given] = _given(engine)
    assert (given.revision_id, given.helpful) == (world.wifi_revision, False)
    why = {"reason": FeedbackReason.WRONG.value}
    page = visitor.post(f"/de/feedback/{given.public_id}", data=why)
    assert "Danke, dass Sie das melden" in page.text
    word = {"comment": "Knopf <b>heißt</b> anders"}
    page = visitor.post(f"/de/feedback/{given.public_id}", data=word)
    assert "Das liest unsere Redaktion" in page.text
    [given] = _given(engine)
    assert given.reason is FeedbackReason.WRONG
    assert given.comment == "Knopf <b>heißt</b> anders"


def _asked(visitor, engine, question="wlan router"):
    visitor.get("/de/search", params={"question": question})
    with Session(engine) as session:
        return session.exec(select(Question).order_by(col(Question.id).desc())).first()


def _not_yet(visitor, engine, world, reason):
    """Say under an answer that it did not help, and why; return the page that follows."""
    question = _asked(visitor, engine)
    sent = {"revision": world.wifi_revision, "question": question.public_id, "helpful": "no"}
    visitor.post("/de/feedback", data=sent)
    given = _given(engine)[-1]
    why = {"reason": reason.value, "question": question.public_id}
    return question, visitor.post(f"/de/feedback/{given.public_id}", data=why)


@pytest.mark.parametrize(
    ("helpful", "outcome"),
    [("yes", QuestionOutcome.SOLVED_ALONE), ("no", QuestionOutcome.NOT_YET)],
)
def test_the_question_keeps_how_it_ended(visitor, engine, world, helpful, outcome):
    question = _asked(visitor, engine)
    sent = {"revision": world.wifi_revision, "question": question.public_id, "helpful": helpful}
    visitor.post("/de/feedback", data=sent)
    with Session(engine) as session:
        assert session.get_one(Question, question.id).outcome is outcome


def test_not_my_case_asks_for_the_difference_and_names_the_next_best(visitor, engine, world):
    question, page = _not_yet(visitor, engine, world, FeedbackReason.NOT_MY_CASE)
    assert 'value="wlan router"' in page.text
    assert f"/de/articles/router-einrichten?question={question.public_id}" in page.text
    assert "/de/articles/wlan-langsam" not in page.text.replace("/de/articles/wlan-langsam/", "")


def test_no_success_leads_on_in_the_article_and_to_a_person(visitor, engine, world):
    question, page = _not_yet(visitor, engine, world, FeedbackReason.DID_NOT_WORK)
    trail = f"question={question.public_id}&amp;article={world.wifi_public_id}"
    link = f"/de/articles/wlan-langsam?{trail}"
    assert f"{link}#router-umstellen" in page.text
    assert f"{link}#wenn-es-nicht-hilft" in page.text
    assert f"/de/contact?{trail}" in page.text


def test_not_understood_leads_to_the_whole_article_and_to_other_words(visitor, engine, world):
    _, page = _not_yet(visitor, engine, world, FeedbackReason.UNCLEAR)
    assert "WLAN ist langsam" in page.text
    assert "fragen Sie mit anderen Worten" in page.text


def test_wrong_leads_to_the_correction_of_the_article(visitor, engine, world):
    _, page = _not_yet(visitor, engine, world, FeedbackReason.WRONG)
    assert "#report" in page.text


def test_who_wants_a_person_is_at_the_contact_page_with_the_trail(visitor, engine, world):
    question, page = _not_yet(visitor, engine, world, FeedbackReason.PERSON)
    assert page.url.path == "/de/contact"
    assert dict(page.url.params) == {
        "question": question.public_id,
        "article": world.wifi_public_id,
    }
    with Session(engine) as session:
        kept = session.get_one(Question, question.id)
        assert kept.outcome is QuestionOutcome.HANDED_OVER


@pytest.mark.parametrize("reason", list(FeedbackReason))
def test_no_reason_is_a_dead_end(visitor, engine, world, reason):
    question, page = _not_yet(visitor, engine, world, reason)
    assert page.status_code == 200
    assert f"/de/contact?question={question.public_id}" in f"{page.url} {page.text}"


def test_what_was_taken_back_is_offered_no_more(visitor, engine, world):
    question, _ = _not_yet(visitor, engine, world, FeedbackReason.DID_NOT_WORK)
    with transaction(engine) as session:
        articles.unpublish(session, session.get_one(Article, world.wifi), locale="de")
    given = _given(engine)[-1]
    page = visitor.get(f"/de/feedback/{given.public_id}?question={question.public_id}")
    assert page.status_code == 200
    assert "wlan-langsam" not in page.text
    assert "router-umstellen" not in page.text


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
