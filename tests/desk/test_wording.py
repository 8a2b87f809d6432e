"""An answer in a model's words is shown above its quotes once it holds; the quotes never wait."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from kb import clock
from kb.articles import actions as articles
from kb.articles.models import Article, Revision, Translation
from kb.db import transaction
from kb.generation.models import GeneratedAnswer, GenerationState
from kb.questions.models import Question
from kb.retention.actions import erase_old_words
from retrieval.engines.llm import LanguageModel, Patience, _prepare
from tests.model_server import LIES, Model, serving

HTMX = {"hx-request": "true"}
ASKED = "/de/search?question=Funkkanal+WLAN"


@pytest.fixture(scope="module")
def server() -> Iterator[Model]:
    _prepare()
    with serving() as model:
        yield model


@pytest.fixture
def model(server: Model, retrieval) -> Model:
    server.manner, server.calls = "faithful", 0
    retrieval.model = asked(server, Patience(30.0, 60.0))
    return server


def asked(server: Model, patience: Patience) -> LanguageModel:
    return LanguageModel(server.url, "kleine-eule", "", at_once=2, patience=patience)


def wording_url(visitor) -> str:
    """Ask, and return where the answer is worded."""
    page = visitor.get(ASKED).text
    return page.split('hx-post="')[1].split('"')[0]


def is_nothing(answer) -> bool:
    return answer.status_code == 200 and answer.text.strip() == '<div id="wording" hidden></div>'


def made(engine) -> list[GeneratedAnswer]:
    with Session(engine) as session:
        return list(session.exec(select(GeneratedAnswer)).all())


def test_without_a_model_nothing_is_offered_and_nothing_is_asked(visitor, engine):
    page = visitor.get(ASKED).text
    assert 'class="worded' not in page
    with Session(engine) as session:
        [kept] = session.exec(select(Question)).all()
    assert is_nothing(visitor.post(f"/de/questions/{kept.public_id}/wording"))
    assert made(engine) == []


def test_the_quote_is_there_before_the_model_is_asked(visitor, model):
    page = visitor.get(ASKED).text
    assert "Wörtlich aus unserem Artikel" in page
    assert 'hx-trigger="load"' in page
    assert "Nicht zusammenfassen" in page
    assert model.calls == 0


@pytest.mark.usefixtures("model")
def test_what_holds_is_shown_with_links_to_its_sources_and_named_for_what_it_is(visitor):
    shown = visitor.post(wording_url(visitor), headers=HTMX).text
    assert "data-generated" in shown
    assert "Zusammengefasst von einer KI" in shown
    assert "Meist liegt es am Funkkanal." in shown
    assert "/de/articles/wlan-langsam?question=" in shown


@pytest.mark.usefixtures("model")
def test_the_snapshot_says_how_it_came_about(visitor, engine, world):
    visitor.post(wording_url(visitor))
    [kept] = made(engine)
    assert kept.state is GenerationState.SHOWN
    assert (kept.model, kept.prompt) == ("kleine-eule", "answer.1")
    assert len(kept.prompt_digest) == 16
    assert kept.sources[0]["revision"] == world.wifi_revision
    assert kept.tokens_in > 0
    assert kept.milliseconds > 0


def test_a_question_is_worded_once_however_often_it_is_asked_for(visitor, model):
    url = wording_url(visitor)
    first, second = visitor.post(url).text, visitor.post(url).text
    assert first == second
    assert model.calls == 1


def test_lies_are_kept_for_staff_and_shown_to_nobody(visitor, engine, model):
    model.manner = "liar"
    shown = visitor.post(wording_url(visitor)).text
    assert not any(lie in shown for lie in LIES)
    [kept] = made(engine)
    assert any(part["text"] in LIES and part["flaw"] for part in kept.parts)


@pytest.mark.parametrize("manner", ["garbage", "silent", "broken", "endless"])
def test_a_model_that_fails_leaves_the_quote_alone(visitor, engine, retrieval, model, manner):
    model.manner = manner
    retrieval.model = asked(model, Patience(1.0, 3.0))
    assert is_nothing(visitor.post(wording_url(visitor)))
    [kept] = made(engine)
    assert kept.state in {GenerationState.NOTHING_SAID, GenerationState.NOT_UNDERSTOOD}


@pytest.mark.usefixtures("model")
def test_once_an_article_is_gone_nothing_that_rests_on_it_is_shown(visitor, engine, world):
    url = wording_url(visitor)
    assert "Funkkanal" in visitor.post(url).text
    with transaction(engine) as session:
        revision = session.get_one(Revision, world.wifi_revision)
        translation = session.get_one(Translation, revision.translation_id)
        articles.archive(session, session.get_one(Article, translation.article_id))
    assert is_nothing(visitor.post(url))


def test_when_the_tokens_of_the_day_are_spent_the_model_is_left_alone(visitor, engine, model):
    with transaction(engine) as session:
        asked = Question(text="x", locale="de", audience="public")
        session.add(asked)
        session.flush()
        session.add(
            GeneratedAnswer(
                question_id=asked.id, state=GenerationState.SHOWN, tokens_in=10_000_000
            )
        )
    assert is_nothing(visitor.post(wording_url(visitor)))
    assert model.calls == 0


@pytest.mark.usefixtures("model")
def test_an_unknown_question_is_not_found(visitor):
    assert visitor.post("/de/questions/nope/wording").status_code == 404
    assert visitor.post("/xx/questions/nope/wording").status_code == 404


@pytest.mark.usefixtures("model")
def test_what_staff_asked_is_not_worded_for_customers(visitor, anna, engine):
    anna.get(ASKED)
    with Session(engine) as session:
        [kept] = session.exec(select(Question)).all()
    assert visitor.post(f"/de/questions/{kept.public_id}/wording").status_code == 404


@pytest.mark.usefixtures("model")
def test_what_was_made_goes_with_the_words_of_the_question(visitor, engine):
    visitor.post(wording_url(visitor))
    with transaction(engine) as session:
        asked = session.exec(select(Question)).one()
        asked.asked_at = clock.now() - timedelta(days=400)
        session.add(asked)
    with transaction(engine) as session:
        erase_old_words(session, days=90)
    [kept] = made(engine)
    assert kept.parts == []


def test_staff_sees_what_was_left_out_and_why(visitor, anna, model):
    model.manner = "liar"
    visitor.post(wording_url(visitor))
    page = anna.get("/desk/curation/answers").text
    assert "Funkkanal WLAN" in page
    assert "<del>" in page
    assert "Nennt eine Quelle, die es nicht gibt." in page
    assert "answer.1" in page
    assert "Funkkanal WLAN" not in anna.get("/desk/curation/answers?which=declined").text


def test_nobody_else_sees_that_list(visitor):
    found = visitor.get("/desk/curation/answers")
    assert "sign-in" in str(found.url)
