"""Reading: start page, categories, articles, images, and what nobody may see."""

import pytest
from sqlmodel import Session, select

from kb.articles import actions
from kb.articles.models import Article
from kb.db import transaction

CANARIES = ("CANARYDRAFT", "CANARYSTAFF", "CANARYGONE")
PNG = b"\x89PNG\r\n\x1a\n"


def test_the_front_door_leads_to_the_browsers_language(reader):
    german = reader.get("/", follow_redirects=False)
    english = reader.get("/", headers={"accept-language": "fr, en;q=0.8"}, follow_redirects=False)
    assert (german.status_code, german.headers["location"]) == (303, "/de/")
    assert english.headers["location"] == "/en/"


def test_the_start_page_shows_categories_with_counts_of_what_one_may_read(visitor, anna):
    assert "2 Artikel" in visitor.get("/de/").text
    assert "3 Artikel" in anna.get("/de/").text


def test_a_category_lists_its_articles(reader):
    page = reader.get("/de/categories/internet").text
    assert "WLAN ist langsam" in page
    assert "Intern<" not in page
    assert "/en/categories/internet" in page


def test_an_article_shows_steps_contents_notes_and_its_translation(reader):
    page = reader.get("/de/articles/wlan-langsam").text
    assert '<a href="#funkkanal-wechseln">' in page
    assert '<h2 id="funkkanal-wechseln">' in page
    assert 'class="callout callout--note"' in page
    assert "/en/articles/wifi-slow" in page
    assert "Zuletzt geändert am" in page
    assert 'class="table-scroll"' in page


@pytest.mark.parametrize(
    ("path", "switched"),
    [
        ("/de/", "/en/"),
        ("/de/contact?question=abc&article=x%26y", "/en/contact?question=abc&amp;article=x%26y"),
        ("/de/search?question=wlan+ä", "/en/search?question=wlan+%C3%A4"),
    ],
)
def test_the_language_switch_leads_to_the_same_page_and_keeps_what_it_asks(reader, path, switched):
    assert f'href="{switched}"' in reader.get(path).text


def test_links_between_articles_lead_where_the_reader_may_go(visitor, anna):
    for_all = visitor.get("/de/articles/wlan-langsam").text
    for_staff = anna.get("/de/articles/wlan-langsam").text
    assert 'href="/de/articles/router-einrichten#aufbau"' in for_all
    assert "/de/articles/intern" not in for_all
    assert "Geheimes" in for_all
    assert 'href="/de/articles/intern"' in for_staff


def test_similar_articles_are_offered_in_either_language(reader):
    assert "/de/articles/router-einrichten" in reader.get("/en/articles/wifi-slow").text


def test_an_article_is_worth_reading_without_retrieval(visitor, app):
    app.state["site"].slot.retrieval = None
    assert visitor.get("/de/articles/wlan-langsam").status_code == 200


@pytest.mark.parametrize("slug", ["intern", "entwurf", "vorbei", "nie-da"])
def test_not_there_and_not_allowed_are_told_alike(reader, slug):
    missing = reader.get("/de/articles/gar-nicht-da")
    found = reader.get(f"/de/articles/{slug}")
    assert found.status_code == 404
    assert found.text == missing.text


def test_staff_reads_internal_articles_marked_as_such(anna):
    page = anna.get("/de/articles/intern").text
    assert "CANARYSTAFF" in page
    assert "Nur für Mitarbeitende" in page


def test_what_is_unpublished_is_gone_at_the_next_request(visitor, engine):
    assert visitor.get("/de/articles/wlan-langsam").status_code == 200
    with transaction(engine) as session:
        article = session.exec(select(Article).where(Article.source_key == "wifi")).one()
        actions.unpublish(session, article, locale="de")
    assert visitor.get("/de/articles/wlan-langsam").status_code == 404
    assert "wlan-langsam" not in visitor.get("/sitemap.xml").text
    assert "wlan-langsam" not in visitor.get("/de/search?question=wlan").text


@pytest.mark.parametrize(
    "path",
    [
        "/de/",
        "/de/categories/internet",
        "/de/search?question=wlan+router",
        "/de/articles/wlan-langsam",
        "/de/articles/intern",
        "/sitemap.xml",
        "/robots.txt",
        "/de/nothing",
    ],
)
def test_no_canary_reaches_a_visitor(reader, path):
    for headers in ({}, {"hx-request": "true"}):
        text = reader.get(path, headers=headers).text
        assert not [canary for canary in CANARIES if canary in text]


def test_an_image_is_shown_to_readers_of_its_article_only(visitor, anna, engine):
    with transaction(engine) as session:
        staff = session.exec(select(Article).where(Article.source_key == "staff")).one()
        wifi = session.exec(select(Article).where(Article.source_key == "wifi")).one()
        secret = _attach(session, staff, PNG + b"1", "image/png")
        shown = _attach(session, wifi, PNG + b"2", "image/png")
        drawn = _attach(session, wifi, b"<svg onload=alert(1)>", "image/svg+xml")
    assert visitor.get(f"/media/{shown}").content == PNG + b"2"
    assert "sandbox" in visitor.get(f"/media/{shown}").headers["content-security-policy"]
    assert visitor.get(f"/media/{secret}").status_code == 404
    assert anna.get(f"/media/{secret}").status_code == 200
    assert visitor.get(f"/media/{drawn}").status_code == 404


def _attach(session: Session, article: Article, content: bytes, kind: str) -> str:
    media = actions.attach_media(
        session, article, file_name="bild.png", content_type=kind, content=content
    )
    return media.id


def test_the_sitemap_names_public_articles_at_the_public_address(reader):
    text = reader.get("/sitemap.xml").text
    assert "<loc>http://127.0.0.1:8000/de/articles/wlan-langsam</loc>" in text
    assert "/articles/intern" not in text
