"""Follow-up questions: understood by the one before, shown as a dialogue, carried in links."""

import re

from sqlmodel import Session, select

from kb.articles import actions as articles
from kb.articles.models import Article
from kb.db import transaction
from kb.questions.models import Question


def _questions(engine):
    with Session(engine) as session:
        return session.exec(select(Question).order_by(Question.id)).all()


def _ask(client, text, after=""):
    return client.get("/de/search", params={"question": text, "after": after}).text


def test_a_follow_up_is_understood_and_both_wordings_are_kept(visitor, engine):
    page = _ask(visitor, "Wie richte ich WLAN ein?")
    assert "Haben Sie dazu noch eine Frage?" in page
    [first] = _questions(engine)
    assert f'name="after" value="{first.public_id}"' in page
    page = _ask(visitor, "und beim iPhone?", first.public_id)
    second = _questions(engine)[-1]
    assert (second.text, second.said) == (
        "Wie richte ich WLAN beim iPhone ein?",
        "und beim iPhone?",
    )
    assert second.follows == first.public_id
    assert "Verstanden als: Wie richte ich WLAN beim iPhone ein?" in page
    assert "Wie richte ich WLAN ein?" in page
    assert "Neue Frage stellen" in page
    assert 'href="/de/search"' in page


def test_a_dialogue_shows_the_last_questions_only(visitor, engine):
    after = ""
    for number in range(1, 7):
        page = _ask(visitor, f"WLAN Frage Nummer {number}", after)
        after = _questions(engine)[-1].public_id
    shown = page.split("turns__list")[1].split("</ol>")[0]
    said = re.findall(r"turn__said\">WLAN Frage Nummer (\d)", shown)
    assert said == ["3", "4", "5", "6"]


def test_a_new_question_knows_nothing_of_the_ones_before(visitor, engine):
    _ask(visitor, "Wie richte ich WLAN ein?")
    page = _ask(visitor, "und beim router?")
    assert _questions(engine)[-1].text == "und beim router?"
    assert "turns__list" not in page


def test_an_unknown_question_before_is_no_question_before(visitor, engine):
    _ask(visitor, "und beim router?", "x" * 500)
    assert _questions(engine)[-1].follows is None


def test_what_staff_asked_is_not_followed_up_by_a_visitor(visitor, anna, engine):
    anna.get("/de/search?question=CANARYSTAFF wlan")
    [asked] = _questions(engine)
    page = _ask(visitor, "und beim iPhone wlan?", asked.public_id)
    assert "CANARYSTAFF" not in page
    assert _questions(engine)[-1].follows is None


def test_an_article_taken_back_is_not_named_in_the_dialogue(visitor, engine, world):
    _ask(visitor, "Funkkanal WLAN")
    first = _questions(engine)[-1].public_id
    assert "turn__answer" in _ask(visitor, "und der Router?", first)
    with transaction(engine) as session:
        articles.archive(session, session.get_one(Article, world.wifi))
    page = _ask(visitor, "und der Router?", first)
    assert "turn__answer" not in page
    assert "WLAN ist langsam" not in page
