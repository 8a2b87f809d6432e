"""Accepting a correction changes the article in one step; nothing anybody wrote is lost."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import i18n
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.articles.models import Article, Revision, Translation
from kb.curation.models import Correction, CorrectionState
from kb.db import transaction
from tests.desk.conftest import PASSWORD, WIFI_DE, sign_in
from tests.desk.test_corrections import MARK, decide, kept, report

T = i18n.words("de")
HERE = "/de/articles/wlan-langsam"


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def shown(engine) -> tuple[Translation, Revision]:
    with Session(engine) as session:
        translation = session.exec(
            select(Translation).where(Translation.slug == "wlan-langsam")
        ).one()
        return translation, session.get_one(Revision, translation.published_id)


def accept(eddi, engine, edited: str, **more: str):
    version = str(shown(engine)[0].version)
    sent = {"outcome": "accepted", "version": version, "edited": edited} | more
    return decide(eddi, engine, **sent)


def test_the_change_is_shown_in_the_lines_of_the_article(visitor, eddi, engine, world):
    report(visitor, world)
    page = eddi.get(f"/desk/curation/corrections/{kept(engine).id}").text
    assert T("findings.edit_shown") in page
    assert "3. Tippen Sie auf **Manuell**." in page
    assert T("findings.accept") in page


def test_accepting_publishes_the_edit_and_answers_the_reader(visitor, eddi, engine, world):
    report(visitor, world)
    sent = accept(eddi, engine, "3. Tippen Sie auf **Manuell**.", summary="Knopf berichtigt")
    assert sent.status_code == 303
    _, revision = shown(engine)
    assert "3. Tippen Sie auf **Manuell**." in revision.body
    assert "Automatisch" not in revision.body
    assert revision.change_note == f"{T('findings.credit')}: Knopf berichtigt"
    assert "Manuell" in visitor.get(HERE).text
    answered = visitor.get(f"/de/corrections/{kept(engine).public_id}").text
    assert T("correction.state.accepted") in answered


def test_an_edit_made_of_an_older_text_is_refused(visitor, eddi, engine, world):
    report(visitor, world)
    sent = accept(eddi, engine, "3. Tippen Sie auf **Manuell**.", version="0")
    assert sent.status_code == 409
    assert "**Automatisch**" in shown(engine)[1].body
    assert kept(engine).state is CorrectionState.RECEIVED


def test_what_waits_to_be_published_is_kept_and_gets_the_edit(visitor, eddi, engine, world):
    report(visitor, world)
    with transaction(engine) as session:
        article = session.get_one(Article, world.wifi)
        pending = Draft("Neuer Titel", WIFI_DE + "\nCANARYPENDING")
        articles.revise(session, article, locale="de", draft=pending)
    accept(eddi, engine, "3. Tippen Sie auf **Manuell**.")
    translation, revision = shown(engine)
    assert "CANARYPENDING" not in visitor.get(HERE).text
    with Session(engine) as session:
        newest = session.exec(
            select(Revision).where(
                Revision.translation_id == translation.id, Revision.number == translation.version
            )
        ).one()
    assert newest.number > revision.number
    assert "CANARYPENDING" in newest.body
    assert "**Manuell**" in newest.body


def test_nothing_left_is_said_and_nothing_is_decided(visitor, eddi, engine, world):
    report(visitor, world)
    sent = accept(eddi, engine, "  ")
    assert sent.status_code == 422
    assert T("findings.error.edited") in sent.text
    assert kept(engine).state is CorrectionState.RECEIVED


def test_an_agent_changes_no_article(visitor, anna, engine, world):
    report(visitor, world)
    sent = accept(anna, engine, "3. Tippen Sie auf **Manuell**.")
    assert sent.status_code == 404
    assert "**Automatisch**" in shown(engine)[1].body


def test_script_in_a_wording_stays_text_everywhere(visitor, eddi, engine, world):
    report(visitor, world, wording=MARK)
    page = eddi.get(f"/desk/curation/corrections/{kept(engine).id}").text
    assert "<script>window" not in page
    accept(eddi, engine, f"3. {MARK}")
    assert "<script>window" not in visitor.get(HERE).text


def test_without_a_passage_the_editor_is_led_to_the_article(visitor, eddi, engine, world):
    report(visitor, world, passage="", wording="", note="Es fehlt etwas.")
    page = eddi.get(f"/desk/curation/corrections/{kept(engine).id}").text
    assert T("findings.edit_open") in page
    assert decide(eddi, engine, outcome="accepted").status_code == 303
    with Session(engine) as session:
        assert session.exec(select(Correction)).one().state is CorrectionState.ACCEPTED
