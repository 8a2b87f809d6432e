"""Suggestions: what is offered and why, what goes into a reply, and what became of it."""

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from kb.cases.models import Fate, Suggestion
from kb.errors import EmbedderUnavailable, IndexUnavailable
from retrieval.results import Notice
from tests.desk.assist.conftest import offer

HTMX = {"hx-request": "true"}


def _fates(engine) -> dict[tuple[str, int], tuple[str, str]]:
    with Session(engine) as session:
        rows = session.exec(select(Suggestion)).all()
        return {(row.kind, row.subject_id): (row.fate, row.fate_reason) for row in rows}


def _reference(passage) -> str:
    return f"{passage.kind}.{passage.locale}.{passage.chunk_id}"


def test_suggestions_come_after_the_page_and_as_a_page_without_javascript(anna, desk, retrieval):
    page = anna.get(desk.url).text
    assert f'hx-get="{desk.url}/assist" hx-trigger="load"' in page
    assert f'href="{desk.url}/assist#assist"' in page
    assert retrieval.asked == []
    fragment = anna.get(f"{desk.url}/assist", headers=HTMX).text
    assert fragment.lstrip().startswith('<aside id="assist"')
    whole = anna.get(f"{desk.url}/assist").text
    assert "<html" in whole
    assert "Mein WLAN ist lahm!" in whole
    for shown in (fragment, whole):
        assert "WLAN ist langsam" in shown
        assert "sehr wahrscheinlich (80 %)" in shown
        assert "Gleiche Wörter: Funkkanal, Router." in shown
        assert "Ähnliche Bedeutung." in shown
        assert "Send a new one." in shown
        assert f'href="/desk/cases/{desk.ottos}"' in shown


def test_suggestions_are_asked_for_as_staff(anna, desk, retrieval):
    anna.get(f"{desk.url}/assist", headers=HTMX)
    [(_, viewer)] = retrieval.asked
    assert viewer.is_staff
    assert viewer.person_id == desk.anna


def test_internal_ones_are_marked_and_go_into_a_note_only(anna, desk):
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    offers = page.split('<li class="offer')[1:]
    assert [one.startswith(" offer--internal") for one in offers] == [False, True, True]
    for one in offers[1:]:
        assert "Intern: nicht an Kundinnen und Kunden weitergeben" in one
        assert 'form="note-form"' in one
        assert "reply-form" not in one


def test_what_is_shown_is_recorded_once(anna, desk, engine):
    for _ in range(2):
        anna.get(f"{desk.url}/assist", headers=HTMX)
    assert _fates(engine) == {
        ("article", desk.wifi): ("shown", ""),
        ("article", desk.staff): ("shown", ""),
        ("solution", desk.solution.source_id): ("shown", ""),
    }
    with Session(engine) as session:
        row = session.exec(select(Suggestion)).first()
        assert (row.score, row.reasons) == (0.8, ["words", "meaning"])


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_a_quote_goes_below_what_was_typed_and_nothing_is_lost(anna, desk, engine, headers):
    sent = {
        "body": "Guten Tag,\n\n<b>versuchen</b> Sie das:",
        "key": "my-key",
        "into": "reply",
        "passage": _reference(desk.public),
    }
    answer = anna.post(f"{desk.url}/quotes", data=sent, headers=headers)
    assert answer.status_code == 200
    assert ("<html" in answer.text) is not bool(headers)
    written = answer.text.split('name="body"')[1].split("</textarea>")[0]
    assert "Guten Tag,\n\n&lt;b&gt;versuchen&lt;/b&gt; Sie das:\n\nÖffnen Sie" in written
    assert "kogge.box.\n\n1. Funkkanal wählen.\n2. Warten.\n\n— WLAN ist langsam" in written
    source = "http://127.0.0.1:8000/de/articles/wlan-langsam#funkkanal-wechseln"
    assert f"— WLAN ist langsam › Funkkanal wechseln\n{source}\n" in written
    assert 'value="my-key"' in answer.text
    assert f'value="{_reference(desk.public)}"' in answer.text
    assert _fates(engine)["article", desk.wifi][0] == Fate.INSERTED


def test_internal_text_cannot_get_into_a_reply(anna, desk, engine):
    for passage in (desk.internal, desk.solution):
        sent = {"body": "Hallo", "into": "reply", "passage": _reference(passage)}
        answer = anna.post(f"{desk.url}/quotes", data=sent, headers=HTMX)
        assert answer.status_code == 404
        assert "CANARYINTERNAL" not in answer.text
    forged = {"into": "reply", "passage": f"public.de.{desk.internal.chunk_id}"}
    assert anna.post(f"{desk.url}/quotes", data=forged).status_code == 404
    assert _fates(engine) == {}


def test_internal_text_goes_into_a_note_without_a_link(anna, desk, engine):
    sent = {"body": "Siehe:", "into": "note", "passage": _reference(desk.internal)}
    answer = anna.post(f"{desk.url}/quotes", data=sent, headers=HTMX)
    assert answer.text.lstrip().startswith('<details id="note"')
    assert "Siehe:\n\nGutschrift bis 20 Euro" in answer.text
    assert "http" not in answer.text.split('name="body"')[1].split("</textarea>")[0]
    assert _fates(engine)["article", desk.staff][0] == Fate.INSERTED


@pytest.mark.parametrize(
    "passage", ["", "x", "public.de.r999.1", "public.xx.r1.1", "secret.de.r1.1", "public.de.'--"]
)
def test_a_passage_that_is_not_there_is_not_found(anna, desk, passage):
    sent = {"body": "Hallo", "passage": passage}
    assert anna.post(f"{desk.url}/quotes", data=sent).status_code == 404


def test_a_quote_sent_as_it_stood_is_sent_and_a_changed_one_edited(anna, desk, engine):
    quoted = {"body": "", "into": "reply", "passage": _reference(desk.public)}
    page = anna.post(f"{desk.url}/quotes", data=quoted, headers=HTMX).text
    text = page.split('name="body"')[1].split(">\n", 1)[1].split("</textarea>")[0]
    text = text.replace("\n", "\r\n")
    sent = {"key": "1", "quoted": _reference(desk.public)}
    changed = text.replace("2. Warten.", "2. Fünf Minuten warten.")
    anna.post(f"{desk.url}/messages", data=sent | {"body": changed})
    assert _fates(engine)["article", desk.wifi][0] == Fate.EDITED
    anna.post(f"{desk.url}/messages", data=sent | {"body": f"Hallo\n\n{text}", "key": "2"})
    assert _fates(engine)["article", desk.wifi][0] == Fate.SENT


def test_a_quote_that_was_deleted_again_was_only_inserted(anna, desk, engine):
    quoted = {"body": "", "into": "reply", "passage": _reference(desk.public)}
    anna.post(f"{desk.url}/quotes", data=quoted, headers=HTMX)
    sent = {"body": "Doch anders.", "key": "1", "quoted": _reference(desk.public)}
    anna.post(f"{desk.url}/messages", data=sent)
    assert _fates(engine)["article", desk.wifi][0] == Fate.INSERTED


def test_what_is_dismissed_is_not_shown_again_for_this_case(anna, desk, engine):
    anna.get(f"{desk.url}/assist", headers=HTMX)
    sent = {"kind": "article", "subject": desk.wifi, "reason": "already tried"}
    answer = anna.post(f"{desk.url}/dismissals", data=sent, headers=HTMX)
    for page in (answer.text, anna.get(f"{desk.url}/assist", headers=HTMX).text):
        assert page.count('<li class="offer') == 2
        assert "Gleiche Wörter" in page
        assert _reference(desk.public) not in page
    assert _fates(engine)["article", desk.wifi] == ("dismissed", "already tried")
    other = anna.get(f"/desk/cases/{desk.ottos}/assist", headers=HTMX).text
    assert _reference(desk.public) in other


def test_a_dismissal_needs_a_suggestion(anna, desk, engine):
    for sent in ({"kind": "article", "subject": "999"}, {"kind": "solution", "subject": "999"}):
        assert anna.post(f"{desk.url}/dismissals", data=sent).status_code == 404
    for sent in ({}, {"kind": "x", "subject": "1"}, {"kind": "article", "subject": "x"}):
        assert anna.post(f"{desk.url}/dismissals", data=sent).status_code == 422
    assert _fates(engine) == {}


def test_agents_can_search_by_hand_in_the_same_place(anna, desk, engine, retrieval):
    page = anna.get(f"{desk.url}/assist?words=Gutschrift", headers=HTMX).text
    assert retrieval.asked[0][0] == "Gutschrift"
    assert retrieval.asked[0][1].is_staff
    assert page.count('<li class="offer') == 1
    assert 'value="Gutschrift"' in page
    assert "Zurück zu den Vorschlägen" in page
    assert _fates(engine) == {}


def test_what_was_found_by_hand_and_used_is_recorded(anna, desk, engine):
    anna.get(f"{desk.url}/assist?words=Funkkanal", headers=HTMX)
    sent = {"into": "reply", "passage": _reference(desk.public)}
    anna.post(f"{desk.url}/quotes", data=sent, headers=HTMX)
    with Session(engine) as session:
        row = session.exec(select(Suggestion)).one()
        assert (row.fate, row.reasons) == (Fate.INSERTED, ["by hand"])


def test_nothing_fitting_is_said_plainly(anna, desk, retrieval):
    retrieval.suggestions = []
    assert "Nichts passt sicher genug" in anna.get(f"{desk.url}/assist", headers=HTMX).text
    found = anna.get(f"{desk.url}/assist?words=<b>zebra</b>", headers=HTMX).text
    assert "Dazu steht hier nichts" in found
    assert "<b>zebra" not in found


@pytest.mark.parametrize("problem", [IndexUnavailable(), EmbedderUnavailable()])
@pytest.mark.parametrize("words", ["", "?words=x"])
def test_when_search_is_down_the_case_can_still_be_worked_on(
    anna, desk, retrieval, problem, words
):
    retrieval.problem = problem
    answer = anna.get(f"{desk.url}/assist{words}")
    assert answer.status_code == 200
    assert "Die Suche ist gerade nicht erreichbar." in answer.text
    assert 'id="reply-form"' in answer.text


def test_what_did_not_work_while_searching_is_named(anna, desk, retrieval):
    retrieval.notices = frozenset(Notice)
    page = anna.get(f"{desk.url}/assist?words=Funkkanal", headers=HTMX).text
    assert "Verglichen wurden nur Wörter" in page
    assert "Verglichen wurde nur die Bedeutung" in page


def test_while_search_is_starting_the_desk_says_so(unready, desk):
    page = unready.get(f"{desk.url}/assist").text
    assert "Die Suche startet gerade." in page
    assert 'id="reply-form"' in page


def test_a_hit_in_the_other_language_is_called_that(anna, desk, retrieval):
    retrieval.suggestions = [offer(desk.solution)]
    assert "Auf Englisch." in anna.get(f"{desk.url}/assist", headers=HTMX).text


def test_suggestions_that_are_shown_again_are_not_written_again(anna, desk, engine):
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    pages = []
    for _ in range(2):
        asked.clear()
        pages.append(anna.get(f"{desk.url}/assist", headers=HTMX).text)
        written = [one for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert 'class="offer' in pages[0]
    assert pages[1] == pages[0]
    assert written == []
