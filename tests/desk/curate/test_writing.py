"""Writing an article: kept while typing, saved as a revision, published, for editors only."""

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import i18n
from kb.articles.models import Article, Significance, State
from kb.writing.models import WorkingCopy
from tests.desk.conftest import PASSWORD, sign_in
from tests.desk.curate.conftest import ARTICLES, FRAGMENT, Tab

T = i18n.words("de")


def test_the_list_tells_state_language_and_what_changed(eddi, tab):
    tab.send("revisions", body="Noch nicht veröffentlicht.")
    page = eddi.get(ARTICLES).text
    assert "WLAN ist langsam" in page
    assert "Entwurf" in page
    assert T("writing.changed") in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("words=CANARYDRAFT", "Entwurf", "Intern<"),
        ("state=draft", ">Entwurf<", "WLAN ist langsam"),
        ("state=archived", "Vorbei", "WLAN ist langsam"),
        ("audience=staff", ">Intern<", "WLAN ist langsam"),
        ("tongue=en", "Moving house", ">Intern<"),
        ("category=internet", "WLAN ist langsam", "nichts-davon"),
        ("words=gibtesnicht", T("writing.empty.filtered"), "WLAN ist langsam"),
    ],
)
def test_the_list_is_searched_and_filtered(eddi, query, there, not_there):
    page = eddi.get(f"{ARTICLES}?{query}", headers=FRAGMENT).text
    assert there in page
    assert not_there not in page


def test_the_editor_shows_text_preview_and_hints(tab):
    page = tab.open()
    assert 'name="body"' in page
    assert "Meist liegt es am Funkkanal." in page
    assert '<ol class="steps">' in page
    assert T("writing.publish") in page


def test_what_is_typed_is_kept_and_looked_at(tab, shelf):
    answer = tab.keep(body="## Los\n\n1. Öffnen Sie `x`. Sie sehen **y**.\n2. Kabel bzw. Box.")
    assert "<strong>y</strong>" in answer.text
    assert T("writing.hint.jargon", word="bzw.") in answer.text
    assert T("writing.kept", time="").split(":")[0] in answer.text
    assert "bzw." in tab.open()
    assert shelf.latest()[0].version == 1


def test_nothing_is_kept_as_long_as_nothing_was_typed(tab, engine, shelf):
    revision = shelf.latest()[1]
    tab.keep(title=revision.title, summary=revision.summary, body=revision.body)
    with Session(engine) as session:
        assert session.exec(select(WorkingCopy)).all() == []


def test_two_tabs_keep_both_texts_and_say_so(eddi, tab):
    other = Tab(eddi, tab.url)
    tab.keep(body="Aus dem ersten.")
    other.open()
    tab.keep(body="Aus dem ersten, weiter.")
    answer = other.keep(title="T", summary="", body="Aus dem zweiten.")
    assert T("writing.other", time="").split("(")[0] in answer.text
    page = other.open()
    assert "Aus dem zweiten." in page
    merged = other.send("merges", other=_other(page), body="Aus dem zweiten.")
    assert "weiter" in merged.text


def _other(page: str) -> str:
    return page.split('name="other" value="')[1].split('"', maxsplit=1)[0]


def test_saving_makes_a_revision_with_note_and_weight(tab, shelf, eddi):
    sent = tab.send("revisions", body="Besser.", note="Klarer gesagt", significance="major")
    assert sent.headers["location"].endswith("?said=saved")
    translation, revision = shelf.latest()
    assert (revision.body, revision.change_note) == ("Besser.", "Klarer gesagt")
    assert revision.significance is Significance.MAJOR
    assert translation.published_id != revision.id
    assert "Besser." not in eddi.get("/de/articles/wlan-langsam").text
    assert T("writing.kept.nothing") in tab.open()


def test_the_same_text_again_is_no_revision(tab, shelf):
    revision = shelf.latest()[1]
    sent = tab.send(
        "revisions", title=revision.title, summary=revision.summary, body=revision.body
    )
    assert sent.headers["location"].endswith("?said=unchanged")
    assert shelf.latest()[0].version == 1


def test_publishing_puts_it_on_show(tab, shelf, visitor):
    tab.keep(body="Ganz neu.")
    assert tab.send("publication").headers["location"].endswith("?said=published")
    assert "Ganz neu." in visitor.get("/de/articles/wlan-langsam").text
    assert T("writing.look") in tab.open("?said=published")
    assert shelf.latest()[0].state is State.PUBLISHED


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"title": " "}, "title"),
        ({"body": "  "}, "body"),
        ({"body": "![](/media/" + "a" * 32 + ")"}, "alt"),
    ],
)
def test_what_is_not_ready_is_not_published_and_not_lost(tab, shelf, typed, error):
    answer = tab.send("publication", **{"body": "Wichtig."} | typed)
    assert answer.status_code == 422
    assert T(f"writing.error.{error}") in answer.text
    assert shelf.latest()[0].version == 1
    assert typed.get("body", "Wichtig.").strip() in tab.open()


def test_tags_and_search_phrases_outlive_an_edit(tab, shelf, engine):
    with Session(engine) as session:
        revision = session.merge(shelf.latest()[1])
        revision.tags, revision.phrases = ["Funk"], ["netz lahm"]
        session.commit()
    tab.send("revisions", body="Anders.")
    revision = shelf.latest()[1]
    assert (revision.tags, revision.phrases) == (["Funk"], ["netz lahm"])


def test_a_second_editor_does_not_overwrite_the_first(app, tab, shelf):
    base = shelf.latest()[1].body
    mine = base.replace("Meist liegt es", "Oft liegt es")
    theirs = base.replace("5 GHz ist schneller.", "5 GHz ist viel schneller.")
    tab.keep(body=mine)
    with TestClient(app) as client:
        sign_in(client, "eddi", PASSWORD)
        other = Tab(client, tab.url)
        other.open()
        other.send("revisions", title="WLAN ist langsam", summary="", body=theirs, note="Fakten")
    answer = tab.send("revisions")
    assert answer.status_code == 409
    assert T("writing.merge.fits") in answer.text
    assert "Fakten" in answer.text
    assert shelf.latest()[0].version == 2
    merged = tab.send("merges", decided="yes")
    assert merged.headers["location"].endswith("?said=merged")
    page = tab.open()
    assert "Oft liegt es" in page
    assert "viel schneller" in page
    tab.send("revisions", body=theirs.replace("Meist liegt es", "Oft liegt es"))
    assert shelf.latest()[0].version == 3


@pytest.mark.parametrize(("choice", "stays"), [("mine", "Meins."), ("theirs", "Ihres.")])
def test_in_a_conflict_a_person_chooses(eddi, tab, choice, stays):
    tab.keep(body="Meins.")
    other = Tab(eddi, tab.url)
    other.open()
    other.fields |= {"copy": "0", "saves": "0", "tab": "another-tab"}
    other.send("revisions", title="WLAN ist langsam", summary="", body="Ihres.")
    answer = tab.send("publication")
    assert answer.status_code == 409
    assert 'name="choice-body-0"' in answer.text
    tab.send("merges", decided="yes", **{"choice-body-0": choice})
    page = tab.open()
    assert f">\n{stays}" in page or f"{stays}</textarea>" in page


def test_who_writes_is_told_that_somebody_saved(eddi, tab):
    tab.keep(body="Meins.")
    other = Tab(eddi, tab.url)
    other.open()
    other.fields["tab"] = "another-tab"
    other.send("revisions", title="WLAN ist langsam", summary="", body="Ihres.", copy="0")
    answer = tab.keep(body="Meins, weiter.")
    assert T("writing.news", name="Eddi", time="").split("(")[0] in answer.text


def test_a_hint_is_accepted_or_let_go_without_a_script_too(tab):
    page = tab.keep(body="Kabel bzw. Box. Der DSLAM ist voll.").text
    accept = page.split("data-replacement")[0].rsplit('value="', 1)[1].split('"')[0]
    answer = tab.send("suggestions", hint=accept)
    assert "Kabel oder Box." in answer.text
    key = page.split(T("writing.hint.unexplained", word="DSLAM"))[1]
    key = key.split('name="hint"')[1].split('value="')[1].split('"')[0]
    assert T("writing.hint.unexplained", word="DSLAM") not in tab.send("dismissals", hint=key).text


def test_a_new_article_begins_for_staff_and_shows_what_there_is(eddi, engine):
    form = eddi.get(
        f"{ARTICLES}/new?title=WLAN+langsam&locale=de&body=Aus+dem+Fall&from_case=7"
    ).text
    assert "WLAN ist langsam" in form
    assert T("writing.similar.improve") in form
    assert "Aus dem Fall" in form
    sent = eddi.post(
        ARTICLES,
        data={"title": "Neu", "locale": "de", "category": "internet", "from_case": "7"},
        follow_redirects=False,
    )
    assert sent.status_code == 303
    with Session(engine) as session:
        article = session.exec(select(Article).order_by(Article.id.desc())).first()
        assert article.audience == "staff"
        assert article.owner_id is not None
    assert article.public_id in sent.headers["location"]
    assert eddi.post(ARTICLES, data={"title": " "}).status_code == 422


def test_links_are_offered_from_what_is_on_show(eddi, world):
    found = eddi.get(f"{ARTICLES}/links?words=WLAN").text
    assert f"article:{world.wifi_public_id}" in found
    assert "Entwurf" not in eddi.get(f"{ARTICLES}/links?words=").text


def test_a_link_customers_cannot_follow_is_named(tab, world):
    body = f"[Intern](article:{world.staff_public_id}) und [Gut](/de/articles/router-einrichten)"
    answer = tab.keep(body=body).text
    assert T("writing.hint.link_broken", word="Intern") in answer
    assert T("writing.hint.link_broken", word="Gut") not in answer


@pytest.mark.parametrize(
    "path", ["", "/new", "/links?words=a", "/new/similar?title=wlan", "/{article}/de"]
)
def test_nobody_but_editors_sees_that_there_is_anything(visitor, anna, world, path):
    url = ARTICLES + path.format(article=world.wifi_public_id)
    assert anna.get(url).status_code == 404
    away = visitor.get(url, follow_redirects=False)
    assert away.status_code == 303
    assert "/desk/sign-in" in away.headers["location"]


@pytest.mark.parametrize(
    "what",
    [
        "working-copy",
        "revisions",
        "publication",
        "merges",
        "discards",
        "dismissals",
        "suggestions",
    ],
)
def test_nobody_but_editors_writes(visitor, anna, world, shelf, what):
    url = f"{ARTICLES}/{world.wifi_public_id}/de/{what}"
    sent = {"title": "X", "body": "Y", "base": "1"}
    assert anna.post(url, data=sent).status_code == 404
    assert visitor.post(url, data=sent).status_code == 401
    assert anna.post(f"{ARTICLES}/pasted", data={"html": "<p>a"}).status_code == 404
    assert anna.post(ARTICLES, data={"title": "X"}).status_code == 404
    assert shelf.latest()[0].version == 1


def test_another_site_cannot_write(tab, shelf):
    headers = {"sec-fetch-site": "cross-site"}
    assert tab.send("publication", headers=headers).status_code == 403
    assert shelf.latest()[0].version == 1


def test_what_is_being_written_leaks_to_nobody(tab, visitor, anna):
    tab.keep(title="CANARYTITLE", summary="CANARYSUM", body="CANARYBODY wlan")
    for client in (visitor, anna):
        for path in (
            "/de/",
            "/de/articles/wlan-langsam",
            "/de/search?question=wlan",
            "/sitemap.xml",
        ):
            assert "CANARY" not in client.get(path).text.replace("CANARYSTAFF", "")


@pytest.mark.parametrize("path", ["nope/de", "{article}/xx", "{article}/de/nope"])
def test_what_is_not_there_is_not_found(eddi, world, path):
    assert eddi.get(f"{ARTICLES}/{path.format(article=world.wifi_public_id)}").status_code == 404
