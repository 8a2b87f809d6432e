"""Search: a quoted answer, an honest no, suggestions, and what is kept."""

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
    assert "Passt sehr wahrscheinlich" in page
    assert f"/de/articles/wlan-langsam?question={kept.public_id}#funkkanal-wechseln" in page
    assert "<strong>WLAN &gt; Funkkanal</strong>" in page
    assert kept.text == "Funkkanal WLAN"
    assert kept.citations[0]["revision"] == world.wifi_revision
    assert kept.hits[0] == world.wifi_revision


def test_words_still_being_typed_only_find(visitor, engine, retrieval):
    found = visitor.get("/de/search?question=wlan", headers=HTMX)
    assert "<html" not in found.text
    assert found.text.lstrip().startswith('<div id="results"')
    assert "WLAN ist langsam" in found.text
    assert retrieval.calls == ["search"]
    assert _questions(engine) == []
    assert "HX-Request" in found.headers["vary"]


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
