"""Golden questions: set by editors, asked as customers would, and what becomes of them is seen."""

import re
from datetime import timedelta
from threading import Event

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import i18n
from desk.app import create_app
from kb import clock
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.models import Article
from kb.db import transaction
from kb.evaluations.causes import Cause
from kb.gaps.models import Evidence, Gap, GapItem, Why
from kb.golden import queries
from kb.golden.models import GoldenArticle, GoldenQuestion, GoldenTurn, Verdict
from kb.outbox import OutboxNote
from kb.questions import actions as asked
from kb.questions.models import NoAnswerReason, Question
from retrieval import golden
from tests.desk.conftest import PASSWORD, WordCounting, sign_in

T = i18n.words("de")
HERE = "/desk/curation/evaluations"
WORDS = "Welchen Funkkanal soll mein WLAN haben?"


@pytest.fixture
def wifi(world) -> int:
    """The number of the article about Wi-Fi."""
    return world.wifi


def add(client: TestClient, **fields: str) -> str:
    """Add a question, and return where its page is."""
    sent = client.post(f"{HERE}/questions", data={"of": "de"} | fields, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def the_question(engine) -> GoldenQuestion:
    with Session(engine) as session:
        return session.exec(select(GoldenQuestion)).one()


def asks(engine, retrieval: WordCounting) -> int:
    return golden.ask_due(engine, retrieval)


def changed(engine, *, ago: timedelta) -> None:
    """Let the last change of an article be so long ago, and every question asked at once then."""
    with transaction(engine) as session:
        for one in session.exec(select(GoldenQuestion)):
            one.asked_at = clock.now() - ago
        for note in session.exec(select(OutboxNote)):
            note.noted_at = clock.now() - ago


def test_an_editor_sets_a_question_and_sees_that_it_is_answered(eddi, engine, retrieval, wifi):
    form = eddi.get(f"{HERE}/questions/new", params={"words": WORDS, "of": "de"}).text
    assert f'name="article-{wifi}"' in form
    page = add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    assert T("golden.verdict.none") in eddi.get(page).text
    assert asks(engine, retrieval) == 1
    shown = eddi.get(page).text
    assert T("golden.verdict.right") in shown
    assert T("golden.this_one") in shown
    listed = eddi.get(HERE).text
    assert "100 %" in listed.replace("\xa0", " ")
    assert WORDS in listed
    assert asks(engine, retrieval) == 0, "nothing has changed"


def test_it_says_why_it_is_not_and_is_work_for_today(eddi, engine, retrieval, wifi):
    page = add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    retrieval.confidence = 0.2
    asks(engine, retrieval)
    assert the_question(engine).verdict is Verdict.FOUND
    assert T("golden.cause.abstained") in eddi.get(page).text
    with transaction(engine) as session:
        articles.unpublish(session, session.get_one(Article, wifi), locale="de")
    changed(engine, ago=timedelta(seconds=9))
    assert asks(engine, retrieval) == 1
    assert (the_question(engine).verdict, the_question(engine).cause) == (
        Verdict.WRONG,
        Cause.NOT_INDEXED,
    )
    assert T("golden.advice.not_indexed") in eddi.get(page).text
    assert WORDS in eddi.get("/desk/curation/today").text
    with Session(engine) as session:
        assert [one.verdict for one in session.exec(select(GoldenTurn))] == ["found", "wrong"]
        assert queries.by_week(session)[-1][1].wrong == 1


def test_a_change_is_waited_for_until_the_index_has_followed(eddi, engine, retrieval, wifi):
    add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    asks(engine, retrieval)
    changed(engine, ago=timedelta(seconds=2))
    retrieval.calls.clear()
    asks(engine, retrieval)
    assert retrieval.calls == []
    changed(engine, ago=timedelta(seconds=9))
    asks(engine, retrieval)
    asks(engine, retrieval)
    assert retrieval.calls == ["search", "answer"]


def test_where_nothing_answers_an_answer_is_the_mistake(eddi, engine, retrieval):
    add(eddi, words=WORDS, expect="nothing")
    asks(engine, retrieval)
    found = the_question(engine)
    assert (found.verdict, found.cause) == (Verdict.WRONG, Cause.ANSWERED)
    retrieval.confidence = 0.2
    eddi.post(f"{HERE}/questions/{found.id}/asking")
    assert the_question(engine).verdict is Verdict.RIGHT


def test_an_article_that_stands_below_others_is_told_from_one_that_was_not_sure(
    eddi, engine, retrieval, wifi
):
    add(eddi, words="router einrichten", **{f"article-{wifi}": "on"})
    retrieval.confidence = 0.2
    asks(engine, retrieval)
    found = the_question(engine)
    assert (found.verdict, found.cause) == (Verdict.FOUND, Cause.RANKED_LOW)


def test_another_article_that_is_quoted_is_named_as_the_cause(eddi, engine, retrieval, wifi):
    with Session(engine) as session:
        other = session.exec(select(Article.id).where(Article.id != wifi)).first()
    add(eddi, words=WORDS, **{f"article-{other}": "on"})
    asks(engine, retrieval)
    assert the_question(engine).cause is Cause.WRONG_PASSAGE


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"words": WORDS}, "golden.error.articles"), ({"expect": "nothing"}, "golden.error.words")],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(eddi, fields, error):
    sent = eddi.post(f"{HERE}/questions", data={"of": "en"} | fields)
    assert sent.status_code == 422
    assert T(error) in sent.text
    assert fields.get("words", "") in sent.text
    assert '<option value="en" selected>' in sent.text


def test_a_changed_question_is_asked_anew_and_a_retired_one_no_more(eddi, engine, retrieval, wifi):
    page = add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    asks(engine, retrieval)
    assert f'name="article-{wifi}" checked' in eddi.get(f"{page}/edit").text
    eddi.post(page, data={"of": "de", "words": WORDS, "expect": "nothing"})
    with Session(engine) as session:
        assert session.exec(select(GoldenArticle)).all() == []
    assert asks(engine, retrieval) == 1
    eddi.post(f"{page}/retirement")
    assert eddi.get(page).status_code == 404
    assert WORDS not in eddi.get(HERE).text


def test_with_four_eyes_it_counts_once_somebody_else_confirms_it(config, engine, retrieval, wifi):
    careful = config.model_copy(update={"four_eyes": True})
    with TestClient(create_app(careful, engine=engine, retrieval=retrieval)) as client:
        sign_in(client, "eddi", PASSWORD)
        client.headers["accept-language"] = "de"
        page = add(client, words=WORDS, **{f"article-{wifi}": "on"})
        asks(engine, retrieval)
        assert T("golden.unconfirmed_hint") in client.get(page).text
        with transaction(engine) as session:
            session.exec(select(GoldenQuestion)).one().made_by = None
        assert T("golden.unconfirmed_hint") not in client.get(page).text


def test_a_question_is_taken_from_a_gap_without_anybodys_data(eddi, engine, wifi):
    with transaction(engine) as session:
        gap = Gap(centroid=b"\0" * 4, fingerprint="x", words={}, article_id=wifi)
        session.add(gap)
        session.flush()
        one = asked.record(
            session,
            Question(
                text=f"{WORDS} Rufen Sie 0171 2345678 an",
                locale="de",
                audience=Audience.PUBLIC,
                reason=NoAnswerReason.NOT_SURE,
            ),
        )
        session.add(
            GapItem(
                gap_id=gap.id,
                kind=Evidence.QUESTION,
                ref_id=one.id,
                locale="de",
                why=Why.UNANSWERED,
                vector=b"\0" * 4,
                happened_at=clock.now(),
            )
        )
        address = gap.public_id
    assert f"questions/new?gap={address}" in eddi.get(f"/desk/curation/gaps/{address}").text
    form = eddi.get(f"{HERE}/questions/new", params={"gap": address}).text
    assert WORDS in form
    assert "2345678" not in form
    assert f'name="article-{wifi}" checked' in form
    page = add(eddi, words=WORDS, gap=address, **{f"article-{wifi}": "on"})
    assert f'href="/desk/curation/gaps/{address}"' in eddi.get(page).text
    with transaction(engine) as session:
        session.delete(session.exec(select(GapItem)).one())
        session.flush()
        session.delete(session.exec(select(Gap)).one())
    assert "/desk/curation/gaps/" not in eddi.get(page).text.split("<main", 1)[1]


def test_the_article_tells_which_questions_check_it(eddi, engine, retrieval, wifi):
    page = add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    asks(engine, retrieval)
    with Session(engine) as session:
        public_id = session.get_one(Article, wifi).public_id
    health = eddi.get(f"/desk/curation/articles/{public_id}/health").text
    assert re.search(rf'href="{page}"[^>]*>{re.escape(WORDS)}', health)


def test_agents_look_and_set_nothing_and_nobody_else_sees_any(anna, visitor, eddi, engine, wifi):
    page = add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    assert WORDS in anna.get(HERE).text
    assert "/asking" not in anna.get(page).text
    for path in (f"{HERE}/questions/new", f"{page}/edit"):
        assert anna.get(path).status_code == 404
        assert WORDS not in visitor.get(path).text
    for path in (f"{HERE}/questions", page, *(f"{page}/{do}" for do in _DEEDS)):
        assert anna.post(path, data={"words": "x", "expect": "nothing"}).status_code == 404
    assert the_question(engine).words == WORDS
    assert WORDS not in visitor.get(page).text


_DEEDS = ("asking", "confirmation", "retirement")


def test_what_fails_is_asked_the_next_time_and_the_thread_goes_on(eddi, engine, retrieval, wifi):
    add(eddi, words=WORDS, **{f"article-{wifi}": "on"})
    stop = Event()
    turns = iter([None, Failing(), retrieval])

    def answers():
        turn = next(turns, None)
        if the_question(engine).asked_at is not None:
            stop.set()
        return turn

    golden.ask_until(stop, engine, answers, pause=0)
    assert the_question(engine).verdict is Verdict.RIGHT


class Failing:
    def answer(self, *_):
        raise OSError
