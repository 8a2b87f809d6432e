"""Finding without asking: shelves of the start page, former addresses, sitemap, heads of pages."""

import json
import re
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select, update

from kb import clock
from kb.access import Audience
from kb.articles import actions
from kb.articles.models import Article, Revision, Translation
from kb.db import stored_id, transaction
from kb.questions.models import Feedback, Question

OLD, NEW = "/de/articles/wlan-langsam", "/de/articles/schnelles-wlan"


def renamed(engine, old: str, new: str) -> None:
    with transaction(engine) as session:
        found = session.exec(select(Translation).where(Translation.slug == old)).one()
        actions.rename(session, found, new)


def shelf(page: str, kind: str) -> list[str]:
    """Return the titles on a shelf."""
    found = re.search(rf'id="shelf-{kind}".*?</ul>', page, re.DOTALL)
    return re.findall(r'class="shelf__book"[^>]*>([^<]+)<', found.group()) if found else []


def asked_often(session: Session, revision_id: int, *, times: int, audience=Audience.PUBLIC):
    for _ in range(times):
        session.add(
            Question(
                text="SECRETQUESTION",
                locale="de",
                audience=audience,
                answer="x",
                citations=[{"article": 1, "revision": revision_id}],
            )
        )


def test_an_address_that_was_left_leads_to_the_one_now_with_all_it_asks(visitor, engine):
    renamed(engine, "wlan-langsam", "schnelles-wlan")
    moved = visitor.get(f"{OLD}?question=a%20b&device=ios", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (
        301,
        f"{NEW}?question=a%20b&device=ios",
    )
    assert visitor.get(NEW).status_code == 200


def test_an_address_left_twice_leads_there_at_once_and_can_be_taken_back(visitor, engine):
    renamed(engine, "wlan-langsam", "zwei")
    renamed(engine, "zwei", "drei")
    location = visitor.get(OLD, follow_redirects=False).headers["location"]
    assert location == "/de/articles/drei"
    renamed(engine, "drei", "wlan-langsam")
    assert visitor.get(OLD, follow_redirects=False).status_code == 200
    assert visitor.get("/de/articles/drei", follow_redirects=False).status_code == 301


@pytest.mark.parametrize("change", ["unpublish", "archive", "narrow"])
def test_an_address_left_tells_nothing_of_what_is_not_for_the_viewer(visitor, engine, change):
    renamed(engine, "wlan-langsam", "schnelles-wlan")
    with transaction(engine) as session:
        article = session.exec(select(Article).where(Article.source_key == "wifi")).one()
        match change:
            case "unpublish":
                actions.unpublish(session, article, locale="de")
            case "archive":
                actions.archive(session, article)
            case "narrow":
                actions.set_audience(session, article, Audience.STAFF)
    left, never = visitor.get(OLD), visitor.get("/de/articles/nie-da")
    assert (left.status_code, left.text) == (404, never.text)


def test_staff_is_led_on_to_what_is_for_staff(anna, visitor, engine):
    renamed(engine, "intern", "nur-intern")
    assert anna.get("/de/articles/intern", follow_redirects=False).status_code == 301
    assert visitor.get("/de/articles/intern", follow_redirects=False).status_code == 404


def test_nobody_takes_over_an_address_somebody_left(engine):
    renamed(engine, "wlan-langsam", "schnelles-wlan")
    with transaction(engine) as session:
        other = actions.create_article(session, source_key="other")
        draft = actions.Draft("WLAN", "x", slug="wlan-langsam")
        revision = actions.revise(session, other, locale="de", draft=draft)
        slug = session.get_one(Translation, revision.translation_id).slug
    assert slug == "wlan-langsam-2"


def test_what_helps_many_stands_on_a_shelf_and_what_helps_few_does_not(visitor, engine, world):
    with transaction(engine) as session:
        asked_often(session, world.wifi_revision, times=4)
    assert shelf(visitor.get("/de/").text, "popular") == []
    with transaction(engine) as session:
        asked_often(session, world.wifi_revision, times=1)
    page = visitor.get("/de/").text
    assert shelf(page, "popular") == ["WLAN ist langsam"]
    assert "WLAN ist langsam" not in shelf(page, "new")
    assert "SECRETQUESTION" not in page


def test_a_no_speaks_against_an_article(visitor, engine, world):
    with transaction(engine) as session:
        asked_often(session, world.wifi_revision, times=5)
        session.add(Feedback(revision_id=world.wifi_revision, helpful=False))
    assert shelf(visitor.get("/de/").text, "popular") == []


def test_questions_of_staff_make_nothing_popular(visitor, engine, world):
    with transaction(engine) as session:
        asked_often(session, world.wifi_revision, times=9, audience=Audience.STAFF)
    assert shelf(visitor.get("/de/").text, "popular") == []


def test_what_is_popular_is_shown_to_whom_it_is_for(visitor, anna, engine):
    with transaction(engine) as session:
        staff = session.exec(select(Article).where(Article.source_key == "staff")).one()
        of_staff = select(Translation.published_id).where(Translation.article_id == staff.id)
        asked_often(session, stored_id(session.exec(of_staff).one()), times=6)
    assert "Intern" not in visitor.get("/de/").text.replace("Internet", "")
    assert shelf(anna.get("/de/").text, "popular") == ["Intern"]


def test_new_and_revised_articles_stand_on_shelves_of_their_own(visitor, engine):
    long_ago = clock.now() - timedelta(days=200)
    with transaction(engine) as session:
        session.exec(update(Article).values(created_at=long_ago))
        session.exec(update(Revision).values(created_at=long_ago))
    assert 'class="shelf"' not in visitor.get("/de/").text
    with transaction(engine) as session:
        article = session.exec(select(Article).where(Article.source_key == "router")).one()
        draft = actions.Draft("Router neu einrichten", "x")
        revision = actions.revise(session, article, locale="de", draft=draft)
        actions.publish(session, article, revision)
        session.exec(
            update(Article).where(col(Article.source_key) == "wifi").values(created_at=clock.now())
        )
    page = visitor.get("/de/").text
    assert shelf(page, "new") == ["WLAN ist langsam"]
    assert shelf(page, "changed") == ["Router neu einrichten"]


def test_the_sitemap_names_every_page_with_its_other_languages(reader):
    text = reader.get("/sitemap.xml").text
    other = 'hreflang="en" href="http://127.0.0.1:8000/en/articles/wifi-slow"'
    row = re.search(r"<url><loc>[^<]*/de/articles/wlan-langsam</loc>.*?</url>", text)
    assert row
    assert other in row.group()
    for page in ("/de/", "/en/", "/de/categories/internet"):
        assert f"<loc>http://127.0.0.1:8000{page}</loc>" in text


def test_the_sitemap_tells_staff_no_more_than_anybody(anna, reader):
    assert anna.get("/sitemap.xml").text == reader.get("/sitemap.xml").text


def data(page: str) -> list[dict]:
    """Return the structured data of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found.group(1))["@graph"] if found else []


def test_an_article_says_where_it_is_and_what_it_is(reader):
    page = reader.get("/de/articles/wlan-langsam?question=abc&device=ios").text
    root = "http://127.0.0.1:8000"
    assert f'<link rel="canonical" href="{root}{OLD}">' in page
    assert f'hreflang="en" href="{root}/en/articles/wifi-slow"' in page
    assert f'<meta property="og:url" content="{root}{OLD}">' in page
    crumbs, how_to = data(page)
    assert [crumb["name"] for crumb in crumbs["itemListElement"]] == [
        "Internet",
        "WLAN ist langsam",
    ]
    assert how_to["@type"] == "HowTo"
    assert how_to["step"][1]["url"] == f"{root}{OLD}#schritt-2"
    assert how_to["step"][1]["text"] == "Wählen Sie WLAN > Funkkanal."


def test_a_title_that_asks_is_a_question_with_its_answer(visitor, engine):
    with transaction(engine) as session:
        article = actions.create_article(session, source_key="q", audience=Audience.PUBLIC)
        draft = actions.Draft("Was ist </script><b>?", "1. a\n2. </script>", summary="Ein & <b>.")
        revision = actions.revise(session, article, locale="de", draft=draft)
        actions.publish(session, article, revision)
    page = visitor.get("/de/articles/was-ist-script-b").text
    asked = next(thing for thing in data(page) if thing["@type"] == "FAQPage")["mainEntity"][0]
    assert asked["name"] == "Was ist </script><b>?"
    assert asked["acceptedAnswer"]["text"] == "Ein & <b>."
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "<" not in block


def test_what_is_for_staff_says_nothing_of_itself(anna):
    page = anna.get("/de/articles/intern").text
    assert "og:" not in page
    assert "ld+json" not in page
    assert 'rel="canonical"' not in page
