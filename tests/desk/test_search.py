"""Search: a quoted answer, an honest no, suggestions, and what is kept."""

import html
import re

from sqlmodel import Session, select

from kb.errors import IndexUnavailable
from kb.questions.models import NoAnswerReason, Question
from retrieval.results import Notice

HTMX = {"hx-request": "true"}


def _questions(engine):
    with Session(engine) as session:
        return session.exec(select(Question)).all()


def test_a_full_question_is_quoted_with_its_source_and_kept(visitor, engine, world):
    page = visitor.get("/de/search?question=Funkkanal+WLAN").text
    [kept] = _questions(engine)
    assert "Wörtlich aus unserem Artikel" in page
    assert "Sehr sicher" in page
    assert "passen etwa 9" in page
    assert 'data-made-by="machine"' in page
    assert "Automatisch herausgesucht und wörtlich zitiert" in page
    assert "(heute)" in page
    assert f"/de/articles/wlan-langsam?question={kept.public_id}#funkkanal-wechseln" in page
    assert "<strong>WLAN &gt; Funkkanal</strong>" in page
    assert kept.text == "Funkkanal WLAN"
    assert kept.citations[0]["revision"] == world.wifi_revision
    assert kept.hits[0] == world.wifi_revision


def test_words_still_being_typed_only_find(visitor, engine, retrieval):
    found = visitor.get("/de/suggestions?question=wlan")
    assert "<html" not in found.text
    assert found.text.lstrip().startswith('<div id="options"')
    assert "WLAN ist langsam" in found.text
    assert 'data-url="/de/articles/wlan-langsam#funkkanal-wechseln"' in found.text
    assert retrieval.calls == ["words"]
    assert _questions(engine) == []


def test_with_javascript_words_come_at_once_and_then_the_answer(visitor, engine, retrieval):
    page = visitor.get("/de/search?question=wlan&early=1").text
    assert retrieval.calls == ["words"]
    assert _questions(engine) == []
    assert "WLAN ist langsam" in page
    assert "Wörtlich aus" not in page
    address = html.unescape(re.search(r'hx-get="([^"]+)"', page)[1])
    answer = visitor.get(address, headers=HTMX)
    [kept] = _questions(engine)
    assert answer.text.lstrip().startswith('<div id="results"')
    assert "Wörtlich aus unserem Artikel" in answer.text
    assert "HX-Request" in answer.headers["vary"]
    # the page already leads to a person with the question that was kept later
    assert f"/de/contact?question={kept.public_id}" in page
    assert "Wörtlich aus unserem Artikel" in visitor.get(address).text
    assert len(_questions(engine)) == 1


def test_a_question_is_never_kept_under_the_id_of_another(visitor, engine):
    visitor.get("/de/search?question=wlan")
    [kept] = _questions(engine)
    page = visitor.get(f"/de/search?question=router&key={kept.public_id}").text
    assert "Wörtlich aus" in page
    assert f"contact?question={kept.public_id}" not in page
    assert [one.text for one in _questions(engine)] == ["wlan"]
    visitor.get("/de/search?question=router&key=1")
    assert {len(one.public_id) for one in _questions(engine)} == {22}


def test_a_misspelt_word_is_offered_as_it_may_be_meant(visitor, retrieval):
    retrieval.corrected = {"wlaan": "wlan"}
    page = visitor.get("/de/search?question=Mein Wlaan lahmt, router?").text
    assert "Meinten Sie:" in page
    assert "Wir haben nach beidem gesucht" in page
    assert (
        'href="/de/search?question=Mein+Wlan+lahmt%2C+router%3F">Mein Wlan lahmt, router?<' in page
    )
    options = visitor.get("/de/suggestions?question=wlaan router").text
    assert 'data-question="wlan router"' in options


def test_no_answer_is_honest_and_leads_to_a_person_with_the_question(visitor, engine, retrieval):
    retrieval.confidence = 0.2
    page = visitor.get("/de/search?question=wlan").text
    [kept] = _questions(engine)
    assert "Darauf haben wir keine sichere Antwort" in page
    assert "Das könnte helfen" in page
    assert "Wörtlich aus" not in page
    assert f"/de/contact?question={kept.public_id}" in page
    assert kept.reason is NoAnswerReason.NOT_SURE
    assert kept.answer is None


def test_nothing_found_is_said_plainly(visitor, engine):
    page = visitor.get("/en/search?question=xylophone").text
    assert "Our articles do not cover this" in page
    assert _questions(engine)[0].reason is NoAnswerReason.NOTHING_FOUND


def test_a_hit_in_the_other_language_is_marked_as_such(visitor):
    page = visitor.get("/de/search?question=umzug.").text
    assert 'lang="en"' in page
    assert "auf Englisch" in page


def test_what_does_not_work_is_named(visitor, retrieval):
    retrieval.notices = frozenset({Notice.WITHOUT_MEANING})
    assert "vergleicht gerade nur Wörter" in visitor.get("/de/search?question=wlan").text


def test_search_without_retrieval_is_a_page_with_a_notice(visitor, app, engine):
    app.state["site"].slot.retrieval = None
    for headers in ({}, HTMX):
        found = visitor.get("/de/search?question=wlan", headers=headers)
        assert found.status_code == 200
        assert "Die Suche ist gerade nicht bereit" in found.text
    assert _questions(engine) == []


def test_a_failing_index_is_a_notice_and_no_error(visitor, retrieval):
    retrieval.problem = IndexUnavailable()
    found = visitor.get("/de/search?question=wlan")
    assert found.status_code == 200
    assert "Die Suche ist gerade nicht bereit" in found.text


def test_an_empty_question_is_asked_for_again_and_not_kept(visitor, engine):
    for text in ("", "   ", "???"):
        assert visitor.get("/de/search", params={"question": text}).status_code == 200
    assert _questions(engine) == []


def test_what_staff_asks_is_kept_apart(anna, engine):
    anna.get("/de/search?question=wlan")
    assert _questions(engine)[0].audience == "staff"
