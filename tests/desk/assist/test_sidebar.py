"""The sidebar: the situation, drafts, pins, flags, the customer; and what must never get out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from desk.app import create_app
from kb.access import Role
from kb.affect import Mood
from kb.cases import actions as cases
from kb.cases import queries, uses
from kb.cases.marks import ArticleFlag, ArticleLack, CustomerNote, Fault, SuggestionUse
from kb.cases.models import Case, CaseState, Fate, Message, Outcome, Suggestion, TrailKind
from kb.db import transaction
from kb.mail import actions as mail
from kb.people.models import Person
from tests.desk.assist.conftest import offer
from tests.desk.conftest import PASSWORD, sign_in

HTMX = {"hx-request": "true"}


def reference(passage) -> str:
    return f"{passage.kind}.{passage.locale}.{passage.chunk_id}"


def typed(page: str) -> str:
    """Return what stands in the reply."""
    box = page.split('id="reply-body"')[1]
    return box.split(">\n", 1)[1].split("</textarea>")[0].replace("&amp;", "&")


def draft(anna, desk, passage, **sent):
    sent |= {"passage": reference(passage)}
    return anna.post(f"{desk.url}/reply-drafts", data=sent, headers=HTMX)


def rows(engine, kind):
    with Session(engine, expire_on_commit=False) as session:
        return list(session.exec(select(kind)).all())


def change(engine, case_id, **values):
    with transaction(engine) as session:
        case = session.get_one(Case, case_id)
        for name, value in values.items():
            setattr(case, name, value)


@pytest.fixture
def eddi(app):
    from litestar.testing import TestClient  # noqa: PLC0415

    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


# who may see it


@pytest.mark.parametrize(
    "path", ["/assist/{case}", "/desk/helped", "/desk/cases/{case}/situation"]
)
def test_without_a_sign_in_there_is_no_sidebar(visitor, desk, path):
    found = visitor.get(path.format(case=desk.karlas), follow_redirects=False)
    assert found.status_code == 303
    assert "/desk/sign-in" in found.headers["location"]


@pytest.mark.parametrize(
    "path", ["reply-drafts", "pins", "flags", "lacks", "customer/notes", "dismissals/removal"]
)
def test_nobody_else_leaves_anything_beside_a_case(visitor, desk, engine, path):
    sent = {"passage": reference(desk.public), "words": "x", "body": "x", "fault": "wrong"}
    found = visitor.post(f"{desk.url}/{path}", data=sent, follow_redirects=False)
    assert found.status_code in {303, 401, 403}
    for kind in (Suggestion, ArticleFlag, ArticleLack, CustomerNote):
        assert rows(engine, kind) == []


def test_a_case_that_is_not_there_has_no_sidebar(anna):
    assert anna.get("/assist/999").status_code == 404
    assert anna.get(f"/assist/{2**70}").status_code == 404


# the page of its own


def test_the_sidebar_is_a_page_of_its_own_and_part_of_the_case(anna, desk):
    alone, whole = anna.get(f"/assist/{desk.karlas}").text, anna.get(f"{desk.url}/assist").text
    for page in (alone, whole):
        for part in ('id="situation"', 'id="assist"', 'id="customer"', "Antwort entwerfen"):
            assert part in page
    assert 'id="reply-form"' not in alone
    assert 'form="reply-form"' not in alone
    fragment = anna.get(f"/assist/{desk.karlas}", headers=HTMX).text
    assert fragment.lstrip().startswith('<aside id="assist"')
    assert f'hx-get="/assist/{desk.karlas}"' in fragment
    assert "CANARYINTERNAL" in alone


def test_what_is_pressed_on_the_page_of_its_own_stays_there(anna, desk):
    anna.get(f"/assist/{desk.karlas}")
    sent = {"kind": "article", "subject": desk.wifi, "reason": "other matter", "place": "alone"}
    found = anna.post(f"{desk.url}/dismissals", data=sent, follow_redirects=False)
    assert found.headers["location"] == f"/assist/{desk.karlas}#assist"


# the situation


def test_the_situation_tells_wish_tries_and_what_is_open(anna, desk, engine):
    with transaction(engine) as session:
        case = session.get_one(Case, desk.karlas)
        customer = session.get_one(Person, case.customer_id).viewer
        words = "Ich habe den Router schon neu gestartet. Muss ich den Kanal wechseln? <b>"
        cases.say(session, case, author=customer, body=words)
        session.add_all(
            queries.Trail(case_id=desk.karlas, kind=kind, text=text)
            for kind, text in ((TrailKind.TICKED, "WLAN: 2 von 5"), (TrailKind.DEVICE, "Android"))
        )
    page = anna.get(f"{desk.url}/situation", headers=HTMX).text
    assert "Mein WLAN ist lahm!" in page
    assert "Ich habe den Router schon neu gestartet." in page
    assert "Muss ich den Kanal wechseln?" in page
    assert "wlan lahm &lt;script&gt;" in page
    assert "WLAN: 2 von 5" in page
    assert "<b>" not in page
    assert "Android" not in page
    assert "Android" in anna.get(desk.url).text.split('id="customer"')[1]
    assert anna.get(f"{desk.url}/situation", follow_redirects=False).status_code == 303


# drafts


def test_a_draft_greets_understands_quotes_with_its_source_and_closes(anna, desk, engine):
    change(engine, desk.karlas, subject="Langsames WLAN")
    with transaction(engine) as session:
        session.get_one(Person, session.get_one(Case, desk.karlas).customer_id).name = "Karla K."
    text = typed(draft(anna, desk, desk.public).text)
    for part in (
        "Guten Tag Karla K.,",
        "Ihre Nachricht zu „Langsames WLAN“.",
        "So geht es Schritt für Schritt:\n\nÖffnen Sie kogge.box.\n\n1. Funkkanal wählen.",
        "— WLAN ist langsam › Funkkanal wechseln\nhttp://127.0.0.1:8000/de/articles/wlan-langsam",
        "Freundliche Grüße\nAnna\nKoggenet",
    ):
        assert part in text
    assert not {"{", "}", "<", "[["} & set(text)


def test_a_name_or_subject_that_is_none_is_left_out(anna, desk):
    text = typed(draft(anna, desk, desk.public).text)
    assert text.startswith("Guten Tag,\n\nvielen Dank für Ihre Nachricht.\n\n")


@pytest.mark.parametrize(
    ("mood", "said"), [(Mood.FRUSTRATED, "Ärger haben"), (Mood.DISTRESSED, "wie sehr Sie das")]
)
def test_a_draft_goes_by_how_the_customer_fares(anna, desk, engine, mood, said):
    change(engine, desk.karlas, mood=mood)
    assert said in typed(draft(anna, desk, desk.public).text)


def test_a_draft_speaks_the_customers_language_and_names_another(anna, desk):
    sent = {"passage": reference(desk.public)}
    page = anna.post(f"/desk/cases/{desk.ottos}/reply-drafts", data=sent, headers=HTMX).text
    assert typed(page).startswith("Hello Otto Ohm,")
    assert "in this language only: German" in typed(page)


def test_the_house_may_say_du(config, engine, retrieval, desk):
    from litestar.testing import TestClient  # noqa: PLC0415

    casual = config.model_copy(update={"form_of_address": "du"})
    with TestClient(create_app(casual, engine=engine, retrieval=retrieval)) as client:
        sign_in(client, "anna", PASSWORD)
        text = typed(draft(client, desk, desk.public).text)
    assert text.startswith("Hallo,\n\ndanke für deine Nachricht.")
    assert "Viele Grüße" in text
    assert not {"Ihre", "Ihnen"} & set(text.split("Öffnen")[0].split())


def test_what_was_typed_stays_above_a_draft_and_comes_without_htmx_too(anna, desk):
    sent = {"body": "Moin <b>!", "key": "k", "passage": reference(desk.public)}
    page = anna.post(f"{desk.url}/reply-drafts", data=sent).text
    assert "<html" in page
    assert typed(page).startswith("Moin &lt;b&gt;!\n\nGuten Tag,")
    assert '<li class="offer' in page


def test_no_draft_is_made_of_what_only_the_staff_may_read(anna, desk, engine):
    for passage in (desk.internal, desk.solution):
        forged = replace(passage, kind=desk.public.kind)
        for one in (passage, forged):
            answer = draft(anna, desk, one)
            assert answer.status_code == 404
            assert "CANARYINTERNAL" not in answer.text
    assert rows(engine, SuggestionUse) == []
    change(engine, desk.karlas, state=CaseState.CLOSED)
    assert draft(anna, desk, desk.public).status_code == 403


def test_no_canary_of_notes_and_other_cases_is_in_a_draft(anna, desk):
    anna.post(f"{desk.url}/notes", data={"body": "CANARYNOTE", "key": "n"})
    anna.post(f"{desk.url}/customer/notes", data={"body": "CANARYABOUT"})
    assert "CANARY" not in typed(draft(anna, desk, desk.public).text)


@pytest.mark.parametrize(
    ("change_it", "fate"),
    [
        (lambda text: text, Fate.SENT),
        (lambda text: text.replace("2. Warten.", "2. Fünf Minuten warten."), Fate.EDITED),
        (lambda _: "Rufen Sie uns bitte an.", Fate.INSERTED),
    ],
    ids=["as it was", "edited", "thrown away"],
)
def test_fate_and_edit_distance_are_recorded_when_it_is_sent(anna, desk, engine, change_it, fate):
    text = typed(draft(anna, desk, desk.public).text).strip()
    assert rows(engine, Suggestion)[0].fate is Fate.INSERTED
    body = change_it(text).replace("\n", "\r\n")
    anna.post(f"{desk.url}/messages", data={"body": body, "key": "1"})
    [use], [suggestion] = rows(engine, SuggestionUse), rows(engine, Suggestion)
    assert suggestion.fate is fate
    assert (use.text, use.is_draft, use.by_id) == ("", True, desk.anna)
    assert use.edits == 0 if fate is Fate.SENT else use.edits > 10
    assert use.length == pytest.approx(len(text), abs=2)


def test_what_is_taken_back_has_not_been_sent_and_is_measured_when_it_is(
    config, engine, retrieval, desk
):
    from litestar.testing import TestClient  # noqa: PLC0415

    patient = config.model_copy(update={"undo_seconds": 600})
    with TestClient(create_app(patient, engine=engine, retrieval=retrieval)) as client:
        sign_in(client, "anna", PASSWORD)
        text = typed(draft(client, desk, desk.public).text).strip().replace("\n", "\r\n")
        client.post(f"{desk.url}/messages", data={"body": text, "key": "1"})
        [use], [suggestion] = rows(engine, SuggestionUse), rows(engine, Suggestion)
        assert (suggestion.fate, use.edits, bool(use.text)) == (Fate.SENT, 0, True)
        number = max(one.id for one in rows(engine, Message))
        client.post(f"{desk.url}/messages/{number}/withdrawal")
        [use], [suggestion] = rows(engine, SuggestionUse), rows(engine, Suggestion)
        assert (suggestion.fate, use.edits, use.sent_at) == (Fate.INSERTED, None, None)
        changed = text.replace("2. Warten.", "2. Fünf Minuten warten.")
        client.post(f"{desk.url}/messages", data={"body": changed, "key": "2"})
    with transaction(engine) as session:
        [use] = session.exec(select(SuggestionUse)).all()
        assert (use.edits or 0) > 10
        uses.forget_sent(session)
        assert use.text, "it can still be taken back"
        use.sent_at -= timedelta(seconds=601)
        session.flush()
        uses.forget_sent(session)
        session.refresh(use)
        assert use.text == ""
    assert rows(engine, Suggestion)[0].fate is Fate.EDITED


# what is offered


def test_what_fits_is_decided_by_the_threshold_that_was_learnt(anna, desk, retrieval):
    likely, maybe = offer(desk.public, 0.3), replace(offer(desk.solution, 0.45), fits=False)
    retrieval.suggestions = [likely, maybe]
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    shown, folded, *_ = page.split('<details class="assist__more">')
    assert desk.public.title in shown
    assert "Send a new one." not in shown
    assert "Send a new one." in folded
    retrieval.suggestions = [maybe]
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    shown, folded, *_ = page.split('<details class="assist__more">')
    assert 'class="empty__title"' in shown
    assert "Send a new one." in folded


def test_a_pinned_one_is_first_and_stays_when_nothing_is_found(anna, desk, retrieval):
    anna.get(f"{desk.url}/assist", headers=HTMX)
    sent = {"kind": "solution", "subject": desk.solution.source_id}
    page = anna.post(f"{desk.url}/pins", data=sent, headers=HTMX).text
    assert page.index("Send a new one.") < page.index("WLAN ist langsam")
    retrieval.suggestions = []
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    assert page.count('<li class="offer') == 1
    assert "Send a new one." in page
    page = anna.post(f"{desk.url}/pins", data=sent | {"pinned": "no"}, headers=HTMX).text
    assert page.count('<li class="offer') == 0


def test_only_what_there_is_can_be_pinned(anna, desk, engine):
    for kind in ("article", "solution"):
        sent = {"kind": kind, "subject": "999"}
        assert anna.post(f"{desk.url}/pins", data=sent).status_code == 404
    assert rows(engine, Suggestion) == []


def test_what_is_left_out_is_named_with_its_reason_and_can_come_back(anna, desk):
    anna.get(f"{desk.url}/assist", headers=HTMX)
    sent = {"kind": "article", "subject": desk.wifi, "reason": "already tried"}
    page = anna.post(f"{desk.url}/dismissals", data=sent, headers=HTMX).text
    left_out = page.split('class="left-out"')[1]
    assert "WLAN ist langsam" in left_out
    assert "Schon versucht." in left_out
    page = anna.post(f"{desk.url}/dismissals/removal", data=sent, headers=HTMX).text
    assert 'class="left-out"' not in page
    assert page.count('<li class="offer') == 3


def test_what_the_customer_has_done_already_is_left_out(anna, desk, engine):
    with transaction(engine) as session:
        step = {"case_id": desk.karlas, "article_id": desk.wifi}
        session.add(queries.Trail(kind=TrailKind.TICKED, text="WLAN: 3 von 3", **step))
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    assert "Alle Schritte waren schon abgehakt." in page
    assert page.count('<li class="offer') == 2


def test_an_offer_says_what_it_has_in_common_with_the_case(anna, desk, engine, retrieval):
    change(engine, desk.karlas, subject="Fehler 651 an der Kogge Box 3")
    passage = replace(desk.public, text="Bei Fehler 651 die Kogge Box 3 neu starten.")
    retrieval.suggestions = [offer(passage, 0.65)]
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    for said in (
        "wahrscheinlich (65 %)",
        "Gleiche Fehlernummer: 651.",
        "Gleiches Gerät oder Produkt: Kogge Box 3.",
        "Wurde vor der Nachricht schon gelesen.",
    ):
        assert said in page
    [row] = rows(engine, Suggestion)
    assert row.reasons == ["words", "meaning", "product", "code"]


def test_staffs_texts_say_why_they_go_into_no_reply_and_what_to_do_instead(anna, desk):
    page = anna.get(f"{desk.url}/assist", headers=HTMX).text
    assert page.count("Warum nicht in die Antwort?") == 2
    assert "Nehmen Sie den Lösungsweg, nicht den Text" in page


# knowledge in the case


def test_flags_and_missing_articles_go_to_the_editors_with_the_case(anna, desk, engine):
    revision = desk.public.source_id
    sent = {"revision": revision, "fault": "unclear", "note": " Schritt 2? "}
    page = anna.post(f"{desk.url}/flags", data=sent, headers=HTMX).text
    assert "Als unklar gemeldet." in page
    [flag] = rows(engine, ArticleFlag)
    assert (flag.case_id, flag.revision_id, flag.fault) == (desk.karlas, revision, Fault.UNCLEAR)
    assert (flag.note, flag.by_id) == ("Schritt 2?", desk.anna)
    page = anna.post(f"{desk.url}/lacks", data={"words": "waschmaschine"}, headers=HTMX).text
    assert "waschmaschine" in page.split("Gemeldet, dass ein Artikel fehlt")[1]
    assert [one.words for one in rows(engine, ArticleLack)] == ["waschmaschine"]
    anna.post(f"{desk.url}/lacks/removal", headers=HTMX)
    assert rows(engine, ArticleLack) == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"revision": "999", "fault": "wrong"}, 404),
        ({"revision": "x", "fault": "wrong"}, 404),
        ({"revision": "", "fault": "wrong"}, 404),
    ],
)
def test_only_what_can_be_read_can_be_flagged(anna, desk, engine, sent, status):
    assert anna.post(f"{desk.url}/flags", data=sent).status_code == status
    mild = {"revision": desk.public.source_id, "fault": "ugly"}
    assert anna.post(f"{desk.url}/flags", data=mild).status_code == 422
    assert rows(engine, ArticleFlag) == []


def test_an_article_dismissed_for_what_it_says_is_flagged(anna, desk, engine):
    anna.get(f"{desk.url}/assist", headers=HTMX)
    for reason in ("other matter", "outdated"):
        sent = {"kind": "article", "subject": desk.wifi, "reason": reason}
        anna.post(f"{desk.url}/dismissals", data=sent, headers=HTMX)
    assert [one.fault for one in rows(engine, ArticleFlag)] == [Fault.OUTDATED]


def test_only_editors_are_led_to_the_editor(anna, eddi, desk):
    assert "from_case" not in anna.get(f"{desk.url}/assist", headers=HTMX).text
    page = eddi.get(f"{desk.url}/assist", headers=HTMX).text
    assert f"?from_case={desk.karlas}" in page


# the customer


def test_earlier_cases_are_shown_only_of_a_confirmed_address(anna, desk, engine):
    with transaction(engine) as session:
        case = session.get_one(Case, desk.karlas)
        karla = session.get_one(Person, case.customer_id)
        other = cases.open_case(
            session, customer=karla, subject="CANARYEARLIER", body="x", locale="de"
        )
        cases.solve(session, other, outcome=Outcome.SOLVED_ALONE, helped_by=None, by=None)
    page = anna.get(desk.url).text
    assert "CANARYEARLIER" not in page
    assert "Die Adresse ist nicht bestätigt." in page
    with transaction(engine) as session:
        mail.confirm(session, "karla@example.com")
    page = anna.get(desk.url).text
    assert "CANARYEARLIER" in page
    assert "1 von 1 früheren Anliegen" in page


def test_notes_about_a_customer_are_never_public_and_can_be_erased(anna, visitor, desk, engine):
    said = {"body": "CANARYABOUT <b>"}
    page = anna.post(f"{desk.url}/customer/notes", data=said, headers=HTMX).text
    assert "CANARYABOUT &lt;b&gt;" in page
    assert "CANARY" not in visitor.get(f"/de/cases/{desk.karlas_link}").text
    assert "CANARYABOUT" not in anna.get(f"/desk/cases/{desk.ottos}").text
    [note] = rows(engine, CustomerNote)
    other = f"/desk/cases/{desk.ottos}/customer/notes/{note.id}"
    anna.delete(other, headers=HTMX)
    assert len(rows(engine, CustomerNote)) == 1
    anna.post(f"{desk.url}/customer/notes/{note.id}/removal")
    assert rows(engine, CustomerNote) == []


def test_a_note_that_cannot_be_kept_is_not_lost(anna, desk):
    long = "x" * 1_001
    for headers in (HTMX, {}):
        page = anna.post(f"{desk.url}/customer/notes", data={"body": long}, headers=headers)
        assert page.status_code == 422
        assert long in page.text


# what helped


def test_everybody_sees_the_teams_figures_and_nobody_anothers(anna, eddi, desk):
    assert "Noch nichts zu sehen" in anna.get("/desk/helped").text
    anna.get(f"{desk.url}/assist", headers=HTMX)
    text = typed(draft(anna, desk, desk.public).text)
    anna.post(f"{desk.url}/messages", data={"body": text, "key": "1"})
    for client in (anna, eddi):
        page = client.get("/desk/helped").text
        assert "WLAN ist langsam" in page
        assert "Vom Eingefügten wurden vor dem Senden 0 % geändert (1 Antwort)." in page
    assert "WLAN ist langsam" in anna.get("/desk/helped?of=me").text
    assert "WLAN ist langsam" not in eddi.get("/desk/helped?of=me").text
    assert "Anna" not in eddi.get("/desk/helped").text.split("<main")[1]


def test_what_was_sent_is_on_the_customers_page_and_nothing_else(anna, visitor, desk, engine):
    text = typed(draft(anna, desk, desk.public).text)
    anna.post(f"{desk.url}/messages", data={"body": text, "key": "1"})
    with Session(engine) as session:
        said = session.exec(
            select(Message)
            .where(Message.case_id == desk.karlas)
            .where(col(Message.author_role) == Role.AGENT)
        ).one()
    assert "Freundliche Grüße" in said.body
    assert "CANARY" not in visitor.get(f"/de/cases/{desk.karlas_link}").text
