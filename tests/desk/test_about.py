"""What a site says about itself is there in every language, and is what it does."""

import re

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import i18n
from desk.app import create_app
from desk.help.about import facts
from desk.theme.reading import Theme
from kb.config import LOCALES
from kb.mail.models import Mail
from kb.questions.models import Question

ALWAYS = ("privacy", "accessibility", "answers")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ALWAYS)
def test_every_page_leads_to_them(reader, locale, name):
    words = i18n.words(locale)
    for path in (f"/{locale}/", f"/{locale}/contact", f"/{locale}/search", f"/{locale}/nope"):
        assert f'href="/{locale}/{name}"' in reader.get(path).text, path
    page = reader.get(f"/{locale}/{name}")
    assert page.status_code == 200
    assert f"<h1>{words(f'about.{name}')}</h1>" in page.text


@pytest.mark.parametrize("name", ["imprint", "terms"])
def test_a_text_the_operator_has_not_given_is_not_there(reader, name):
    assert reader.get(f"/de/{name}").status_code == 404
    assert f"/de/{name}" not in reader.get("/de/").text


def test_the_privacy_page_says_what_the_settings_say(config, engine, retrieval):
    other = config.model_copy(update={"question_days": 33, "session_days": 7, "mail_kept_days": 5})
    with TestClient(create_app(other, engine=engine, retrieval=retrieval)) as client:
        page = client.get("/de/privacy").text
    assert "Nach 33 Tagen löschen wir den Wortlaut" in page
    assert "löschen wir nach 33 Tagen" in page
    assert "höchstens 7 Tage" in page
    assert "5 Tage nach dem Versand" in page


def test_the_answers_page_says_how_sure_we_want_to_be(config, engine, retrieval):
    for precision, said in ((0.8, True), (0.0, False)):
        other = config.model_copy(update={"answer_precision": precision})
        with TestClient(create_app(other, engine=engine, retrieval=retrieval)) as client:
            page = client.get("/de/answers").text
        assert ("80 von 100" in page) is said


def test_what_is_switched_off_is_not_claimed(config):
    without = config.model_copy(update={"affect": False})
    for switched, is_claimed in ((config, True), (without, False)):
        keys = {fact.key for fact in (*facts.privacy(switched), *facts.answers(switched, "de"))}
        assert ({"privacy.affect", "answers.affect"} <= keys) is is_claimed
        assert ("answers.affect" in keys) is is_claimed


def test_every_claim_has_words_and_every_word_is_claimed(config):
    claimed = [*facts.privacy(config), *facts.answers(config, "de")]
    theme = Theme(accessibility_email="x@example.org", accessibility_phone="0800 1")
    claimed += facts.accessibility(theme, "de")
    keys = {f"fact.{fact.key}" for fact in claimed}
    keys |= {f"{key}.text" for key in keys}
    for locale in LOCALES:
        assert {key for key in i18n.words(locale).entries if key.startswith("fact.")} == keys


def test_the_way_to_report_a_barrier_is_the_operators():
    theme = Theme(accessibility_email="x@example.org", accessibility_phone="0800 / 1")
    told = {fact.url for fact in facts.accessibility(theme, "de")}
    assert {"mailto:x@example.org", "tel:08001"} <= told
    assert "/de/contact" in {fact.url for fact in facts.accessibility(Theme(), "de")}


# the claims, tried


def test_no_reader_gets_a_cookie(visitor, world):
    """`fact.privacy.cookies`."""
    sent = {"revision": str(world.wifi_revision), "helpful": "yes"}
    answers = [
        visitor.get("/de/"),
        visitor.get("/de/search?question=wlan"),
        visitor.get("/de/articles/wlan-langsam"),
        visitor.post("/de/feedback", data=sent),
    ]
    assert not any("set-cookie" in answer.headers for answer in answers)
    assert not visitor.cookies


def test_a_question_is_kept_without_anything_about_who_asked(visitor, engine):
    """`fact.privacy.questions`."""
    visitor.get(
        "/de/search?question=wlan+langsam",
        headers={"user-agent": "Kennung-4711", "x-forwarded-for": "203.0.113.77"},
    )
    with Session(engine) as session:
        row = session.exec(select(Question)).one()
    assert row.text == "wlan langsam"
    assert "4711" not in str(row.model_dump())
    assert "203.0.113" not in str(row.model_dump())
    assert not {"person_id", "email", "address", "user_agent"} & row.model_dump().keys()


@pytest.mark.parametrize("signal", [{"dnt": "1"}, {"sec-gpc": "1"}])
def test_who_wants_to_be_left_alone_is(visitor, engine, signal):
    """`fact.privacy.left_alone`."""
    page = visitor.get("/de/search?question=wlan+kanarienvogel", headers=signal).text
    assert "WLAN ist langsam" in page
    with Session(engine) as session:
        row = session.exec(select(Question)).one()
        assert (row.text, row.said, row.wording, row.follows) == ("", None, None, None)
        assert row.hits
        assert row.public_id not in page
    assert "kanarienvogel" not in visitor.get("/de/contact").text


@pytest.mark.parametrize("signal", [{"dnt": "0"}, {"sec-gpc": "0"}, {}])
def test_who_says_nothing_of_the_kind_is_remembered_by_their_words(visitor, engine, signal):
    visitor.get("/de/search?question=wlan", headers=signal)
    with Session(engine) as session:
        assert session.exec(select(Question)).one().text == "wlan"


def test_pages_load_nothing_from_anywhere_else(reader):
    """`fact.privacy.nobody_else`."""
    for path in ("/de/", "/de/articles/wlan-langsam", "/de/search?question=wlan", "/de/privacy"):
        text = reader.get(path).text
        loaded = re.findall(
            r'<(?:script|link rel="stylesheet"|img|iframe)[^>]*(?:src|href)="([^"]+)', text
        )
        assert loaded
        assert all(address.startswith("/") for address in loaded), path


def test_nothing_typed_goes_to_an_unconfirmed_address(visitor, engine):
    """`fact.privacy.mail`, for the contact form."""
    words = "kanariwort"
    sent = {"name": words, "email": "victim@example.org", "message": words, "subject": words}
    visitor.post("/de/contact", data=sent)
    with Session(engine) as session:
        assert not any(words in mail.text + mail.html for mail in session.exec(select(Mail)).all())
