"""For whom it is too much, a person comes first; agents see why; the customer never does."""

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk.app import create_app
from kb.affect import Mood
from kb.config import Config
from kb.questions.models import Question
from retrieval.affect.estimate import estimate
from tests.desk.conftest import WordCounting

NEED = "Mein WLAN geht nicht, mein Vater ist gestürzt und der Hausnotruf ist tot, ich habe Angst"
CALM = "Wie stelle ich das WLAN um?"
ATTACK = "<script>alert(1)</script> ich habe Angst, bitte helfen Sie mir, ich bin verzweifelt"


class Listening(WordCounting):
    """Words alone, as without a model."""

    def affect(self, text):
        return estimate(text)


class Deaf(WordCounting):
    def affect(self, text):
        raise RuntimeError(text)


class SwitchedOff(WordCounting):
    def affect(self, text):
        del text


@pytest.fixture
def asked(engine, tmp_path):
    def ask(retrieval, text, **settings):
        config = Config(home=tmp_path, service_phone="0800 5550199", **settings)
        with TestClient(create_app(config, engine=engine, retrieval=retrieval)) as client:
            return client.get("/de/search", params={"question": text}).text

    return ask


def test_a_person_comes_before_the_answer_and_the_telephone_first_when_it_is_urgent(asked):
    page = asked(Listening(), NEED)
    box = page.index('id="person-first"')
    assert box < page.index('id="not-covered"' if 'id="not-covered"' in page else 'id="answer"')
    ways = page[box : page.index("</section>", box)]
    assert ways.index("tel:08005550199") < ways.index("/de/contact")
    assert "112" in ways
    for word in ("in Not", "distressed", "Stimmung"):
        assert word not in page


def test_who_is_calm_sees_no_such_line(asked):
    assert "person-first" not in asked(Listening(), CALM)


@pytest.mark.parametrize("retrieval", [Deaf, SwitchedOff])
def test_failure_and_switched_off_are_calm_and_keep_nothing(asked, engine, retrieval):
    page = asked(retrieval(), NEED)
    assert "person-first" not in page
    assert 'id="results"' in page
    with Session(engine) as session:
        assert session.exec(select(Question.mood)).all() == [None]


def test_markup_in_the_words_stays_words(asked, engine):
    page = asked(Listening(), ATTACK)
    assert "person-first" in page
    assert "<script>alert" not in page
    with Session(engine) as session:
        kept = session.exec(select(Question)).one()
    assert kept.mood is Mood.DISTRESSED
    assert "script" not in str(kept.affect_reasons)
