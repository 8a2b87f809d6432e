"""Corrections: reported on the article, acknowledged at once, answered by an editor, told by mail.

Nobody is written to before they have confirmed their address, and nothing typed is mailed then.
"""

import re
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, col, select

from desk import i18n
from desk.curate.diffing import pieces
from desk.passages import sections, stands_in, words_of
from kb.articles.models import Article
from kb.curation.models import Correction, CorrectionState, Fault
from kb.db import transaction
from kb.links.models import Link
from kb.mail.models import Mail
from kb.mail.policy import masked
from tests.desk.conftest import PASSWORD, WIFI_DE, sign_in

T = i18n.words("de")
HERE = "/de/articles/wlan-langsam"
PASSAGE = "Tippen Sie auf Automatisch."
WORDING = "Tippen Sie auf Manuell."
MARK = "<script>window.__x=1</script><img src=x onerror=alert(1)>{{ 7*7 }}"
HTMX = {"hx-request": "true"}


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def form(world, **changed: str) -> dict[str, str]:
    given = {
        "revision": str(world.wifi_revision),
        "key": "a-key-of-enough-letters",
        "fault": "wrong",
        "section": "Funkkanal wechseln",
        "passage": PASSAGE,
        "wording": WORDING,
        "note": "Automatisch geht nicht.",
    }
    return given | changed


def kept(engine) -> Correction:
    with Session(engine) as session:
        return session.exec(select(Correction)).one()


def mails(engine) -> list[Mail]:
    with Session(engine) as session:
        return list(session.exec(select(Mail).order_by(col(Mail.id))).all())


def report(client, world, **changed: str):
    return client.post(f"{HERE}/report", data=form(world, **changed), follow_redirects=False)


def confirm(client, engine) -> str:
    """Press the button behind the link in the letter."""
    [letter] = mails(engine)
    path = re.search(r"/de/corrections/confirmation/[\w-]+", letter.text)[0]
    assert T("confirmation.confirm") in client.get(path).text
    assert client.post(path, follow_redirects=False).status_code == 303
    return path


def decide(client, engine, **fields: str):
    number = kept(engine).id
    return client.post(
        f"/desk/curation/corrections/{number}/decision", data=fields, follow_redirects=False
    )


def test_every_article_asks_whether_something_is_wrong(visitor):
    page = visitor.get(HERE).text
    assert 'id="report"' in page
    assert T("report.title") in page
    for section in ("Funkkanal wechseln", "Router umstellen"):
        assert f'<option value="{section}"' in page


def test_a_correction_is_kept_and_leads_to_its_private_page(visitor, engine, world):
    sent = report(visitor, world)
    given = kept(engine)
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/de/corrections/{given.public_id}"
    assert (given.fault, given.passage, given.wording) == (Fault.WRONG, PASSAGE, WORDING)
    assert (given.section, given.state) == ("Funkkanal wechseln", CorrectionState.RECEIVED)
    page = visitor.get(sent.headers["location"])
    assert T("correction.state.received.text") in page.text
    assert PASSAGE in page.text
    assert WORDING in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]


def test_the_acknowledgement_takes_the_place_of_the_form(visitor, world):
    page = visitor.post(f"{HERE}/report", data=form(world), headers=HTMX).text
    assert 'id="report"' in page
    assert T("report.thanks") in page
    assert "/de/corrections/" in page
    assert "<html" not in page


def test_sent_twice_it_is_one_correction_and_one_letter(visitor, engine, world):
    for _ in range(3):
        sent = report(visitor, world, email="kim@example.org")
        assert sent.headers["location"] == f"/de/corrections/{kept(engine).public_id}"
    assert len(mails(engine)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fault": ""}, "report.error.fault"),
        ({"fault": "sabotage"}, "report.error.fault"),
        ({"note": "", "wording": ""}, "report.error.note"),
        ({"note": "", "wording": PASSAGE}, "report.error.note"),
        ({"note": "x" * 2_001}, "report.error.note"),
        ({"wording": "x" * 4_001}, "report.error.wording"),
        ({"email": "kim@nowhere"}, "contact.error.email"),
        ({"website": "http://spam.example"}, "contact.error.website"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_typed_is_lost(
    visitor, engine, world, changed, said
):
    for headers in ({}, HTMX):
        answer = visitor.post(f"{HERE}/report", data=form(world, **changed), headers=headers)
        assert answer.status_code == 422
        assert T(said) in answer.text
        assert PASSAGE in answer.text
    with Session(engine) as session:
        assert session.exec(select(Correction)).all() == []


def test_without_scripts_the_words_of_a_section_come_into_the_form(visitor, world):
    sent = form(world, passage="", wording="", note="")
    page = visitor.post(f"{HERE}/report/passage", data=sent).text
    assert "Öffnen Sie http://kogge.box. Sie sehen die Übersicht." in page
    assert 'id="wording"' in page
    own = form(world, passage="", wording="Ganz anders.")
    assert "Ganz anders." in visitor.post(f"{HERE}/report/passage", data=own).text


def test_the_form_has_a_page_of_its_own_for_links_from_elsewhere(visitor):
    page = visitor.get(f"{HERE}/report?fault=outdated").text
    assert re.search(r'value="outdated"\s+checked', page)
    assert "<details" in page
    assert " open" in page


@pytest.mark.parametrize("slug", ["entwurf", "intern", "vorbei", "nie-gewesen"])
def test_about_what_a_visitor_may_not_read_nothing_can_be_reported(visitor, world, slug):
    address = f"/de/articles/{slug}/report"
    never = visitor.get("/de/articles/nie/report")
    for answer in (visitor.get(address), visitor.post(address, data=form(world))):
        assert answer.status_code == 404
        assert "CANARY" not in answer.text
    found = visitor.get(address)
    assert found.text.replace(slug, "nie") == never.text


def test_a_revision_never_shown_cannot_be_reported(visitor, world, engine):
    for number in ("0", "999999", "-1", str(2**70), "x"):
        assert report(visitor, world, revision=number).status_code == 404
    with Session(engine) as session:
        assert session.exec(select(Correction)).all() == []


def test_the_private_link_is_the_only_way_in(visitor, engine, world):
    report(visitor, world)
    given = kept(engine)
    for guess in (str(given.id), given.public_id[:-1], "%", "' OR 1=1"):
        assert visitor.get(f"/de/corrections/{guess}").status_code == 404
        assert visitor.post(f"/de/corrections/{guess}/silence").status_code == 404


def test_the_private_page_does_not_name_an_article_taken_back(visitor, engine, world):
    sent = report(visitor, world)
    assert "WLAN ist langsam" in visitor.get(sent.headers["location"]).text
    with transaction(engine) as session:
        session.get_one(Article, world.wifi).is_archived = True
    assert "WLAN ist langsam" not in visitor.get(sent.headers["location"]).text


# by mail


def test_the_first_letter_holds_nothing_that_was_typed(visitor, engine, world):
    canary = "kanaribdfgk"
    report(
        visitor,
        world,
        email="victim@example.org",
        **{name: f"{canary} {name}" for name in ("passage", "wording", "note", "section")},
    )
    [letter] = mails(engine)
    assert letter.recipient == "victim@example.org"
    assert letter.by_anyone
    assert canary not in letter.text + letter.html + letter.subject
    assert kept(engine).email == ""


def test_only_who_confirmed_is_told_and_then_forgotten(visitor, eddi, engine, world, config):
    sent = report(visitor, world, email="kim@example.org")
    assert T("correction.confirm_first") in visitor.get(sent.headers["location"]).text
    path = confirm(visitor, engine)
    assert kept(engine).email == "kim@example.org"
    assert (
        T("correction.by_mail", address=masked("kim@example.org"))
        in visitor.get(sent.headers["location"]).text
    )
    assert visitor.post(path).status_code >= 400
    decide(eddi, engine, outcome="declined", answer="Bei Modell 7 stimmt es so.")
    _, letter = mails(engine)
    assert letter.recipient == "kim@example.org"
    assert "Bei Modell 7 stimmt es so." in letter.text
    assert f"{config.public_url}{sent.headers['location']}" in letter.text
    assert kept(engine).email == ""


def test_an_address_nobody_confirmed_is_never_told(visitor, eddi, engine, world):
    report(visitor, world, email="victim@example.org")
    decide(eddi, engine, outcome="accepted")
    assert len(mails(engine)) == 1
    with Session(engine) as session:
        assert session.exec(select(Link.email)).one() == "victim@example.org"
    confirm(visitor, engine)
    assert len(mails(engine)) == 1
    assert kept(engine).email == ""


def test_looking_at_the_confirmation_changes_nothing(visitor, engine, world):
    report(visitor, world, email="kim@example.org")
    [letter] = mails(engine)
    path = re.search(r"/de/corrections/confirmation/[\w-]+", letter.text)[0]
    for _ in range(3):
        assert visitor.get(path).status_code == 200
        visitor.head(path)
    assert kept(engine).email == ""
    assert visitor.get(path[:-2]).status_code == 404


def test_whoever_changes_their_mind_gets_no_letter(visitor, eddi, engine, world):
    sent = report(visitor, world, email="kim@example.org")
    confirm(visitor, engine)
    visitor.post(f"{sent.headers['location']}/silence")
    decide(eddi, engine, outcome="accepted")
    assert len(mails(engine)) == 1


def test_a_letter_never_leads_where_the_host_header_says(visitor, engine, world, config):
    visitor.post(
        f"{HERE}/report",
        data=form(world, email="kim@example.org"),
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    [letter] = mails(engine)
    assert "evil" not in letter.text + letter.html
    assert f"{config.public_url}/de/corrections/confirmation/" in letter.text


# what editors do


def test_editors_see_the_change_word_by_word(visitor, eddi, world):
    report(visitor, world)
    page = eddi.get("/desk/curation/corrections").text
    assert re.search(r"<del>.*Automatisch</del>", page)
    assert re.search(r"<ins>.*Manuell</ins>", page)
    assert "Automatisch geht nicht." in page
    assert T("curation.not_there") not in page


def test_a_passage_that_is_gone_is_marked(visitor, eddi, world):
    report(visitor, world, passage="Das stand nie hier.", wording="Besser.")
    assert T("curation.not_there") in eddi.get("/desk/curation/corrections").text


@pytest.mark.parametrize("outcome", ["accepted", "declined", "answered"])
def test_every_answer_stands_on_the_private_page(visitor, eddi, engine, world, outcome):
    sent = report(visitor, world)
    assert decide(eddi, engine, outcome=outcome, answer="Danke, Kim!").status_code == 303
    page = visitor.get(sent.headers["location"]).text
    assert T(f"correction.state.{outcome}.text") in page
    assert "Danke, Kim!" in page
    assert T("correction.keep_link") not in page


@pytest.mark.parametrize(
    "fields",
    [{"outcome": "declined"}, {"outcome": "answered"}, {"outcome": "received"}, {"outcome": "?"}],
)
def test_a_no_without_a_word_is_refused(visitor, eddi, engine, world, fields):
    report(visitor, world)
    answer = decide(eddi, engine, **fields)
    assert answer.status_code == 422
    assert T("curation.error.answer") in answer.text
    assert kept(engine).state is CorrectionState.RECEIVED


def test_the_second_of_two_editors_is_told_so(visitor, eddi, engine, world):
    report(visitor, world)
    decide(eddi, engine, outcome="accepted")
    assert decide(eddi, engine, outcome="declined", answer="Nein.").status_code == 409
    assert kept(engine).state is CorrectionState.ACCEPTED


def test_the_history_tells_what_was_accepted_in_the_editors_words_only(
    visitor, eddi, engine, world
):
    report(visitor, world, email="kim@example.org")
    assert T("dialogue.history") not in visitor.get(HERE).text
    decide(eddi, engine, outcome="accepted", answer="Unter uns", summary="Kanalwahl berichtigt")
    page = visitor.get(HERE).text
    assert "Kanalwahl berichtigt" in page
    for personal in ("Automatisch geht nicht.", "Manuell", "kim@", "Unter uns"):
        assert personal not in page
    assert "Kanalwahl" not in visitor.get("/de/articles/router-einrichten").text


def test_what_was_declined_leaves_no_trace_in_the_history(visitor, eddi, engine, world):
    report(visitor, world)
    decide(eddi, engine, outcome="declined", answer="Nein.", summary="Nichts geändert")
    assert "Nichts geändert" not in visitor.get(HERE).text


@pytest.mark.parametrize("who", ["visitor", "anna", "eddi"])
def test_agents_may_look_and_editors_decide(request, engine, world, who):
    report(request.getfixturevalue("visitor"), world)
    client = request.getfixturevalue(who)
    listed = client.get("/desk/curation/corrections", follow_redirects=False)
    one = client.get(f"/desk/curation/corrections/{kept(engine).id}", follow_redirects=False)
    answer = decide(client, engine, outcome="accepted")
    expected = {"visitor": (303, 303, 401), "anna": (200, 200, 404), "eddi": (200, 200, 303)}[who]
    assert (listed.status_code, one.status_code, answer.status_code) == expected
    assert ("Manuell" in one.text) is (who != "visitor")
    assert ("outcome" in listed.text) is (who == "eddi")
    is_decided = kept(engine).state is CorrectionState.ACCEPTED
    assert is_decided is (who == "eddi")


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), str(2**70)])
def test_a_correction_there_is_not(eddi, number):
    assert eddi.get(f"/desk/curation/corrections/{number}").status_code in {400, 404}
    sent = eddi.post(f"/desk/curation/corrections/{number}/decision", data={})
    assert sent.status_code in {400, 404}


@pytest.mark.parametrize(
    "path",
    [
        f"{HERE}/report",
        f"{HERE}/report/passage",
        "/de/corrections/x/silence",
        "/de/corrections/confirmation/x",
        "/de/feedback/x/tip",
        "/desk/curation/corrections/1/decision",
        "/desk/curation/tips/1/publication",
        "/desk/curation/tips/1/refusal",
    ],
)
def test_what_another_site_caused_is_refused(eddi, path):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert eddi.post(path, data={"outcome": "accepted"}, headers=headers).status_code == 403
    assert eddi.get(path).status_code in {200, 404}


def test_what_readers_typed_is_shown_and_never_run(visitor, eddi, engine, world):
    texts = {name: f"{MARK} {name}" for name in ("passage", "wording", "note", "section")}
    sent = report(visitor, world, **texts)
    refused = visitor.post(f"{HERE}/report", data=form(world, **texts) | {"fault": ""})
    pages = [refused.text, visitor.get(sent.headers["location"]).text]
    pages += [eddi.get("/desk/curation/corrections").text]
    decide(eddi, engine, outcome="accepted", answer=MARK, summary=MARK)
    pages += [visitor.get(sent.headers["location"]).text, visitor.get(HERE).text]
    pages += [eddi.get("/desk/curation/corrections?which=accepted").text]
    for page in pages:
        assert "<script>window" not in page
        assert "<img src=x" not in page
        assert "49" not in re.sub(r"\d{3,}|[\w-]{16,}", "", page)
        assert "&lt;script&gt;" in page


# passages


def test_sections_are_found_with_their_words():
    found = sections(WIFI_DE)
    assert [each.title for each in found] == [
        "Funkkanal wechseln",
        "Router umstellen",
        "Wenn es nicht hilft",
    ]
    assert "Tippen Sie auf Automatisch." in found[0].words
    assert words_of(WIFI_DE, "").startswith("Meist liegt es am Funkkanal.")
    assert len(words_of("x " * 5_000, "")) <= 2_000


def test_a_selection_is_found_in_its_article_however_its_lines_break():
    picked = (
        "Öffnen Sie http://kogge.box. Sie sehen die Übersicht.\n\nWählen Sie WLAN > Funkkanal."
    )
    assert stands_in(WIFI_DE, picked)
    assert not stands_in(WIFI_DE, picked.replace("WLAN", "LAN"))
    assert not stands_in(WIFI_DE, "")


def test_a_comparison_loses_no_word():
    before, after = "Drücken Sie die rote Taste.", "Bitte drücken Sie lange die Taste."
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.fate != "added") == before
    assert "".join(piece.text for piece in found if piece.fate != "removed") == after
