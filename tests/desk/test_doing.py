"""An article made for doing: devices, steps with addresses, terms, what is verified or older."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select, update

from desk import markdown
from desk.dressing import Dressing, Wearer, asked_for
from kb import clock
from kb.articles import actions
from kb.articles.actions import Draft
from kb.articles.models import Article, Revision, Translation
from kb.db import transaction
from kb.glossary import actions as glossary
from kb.glossary.queries import Explained

ESIM = """Der APN bleibt leer.

## Holen
1. Anmelden.
2. Code zeigen. Der `APN` steht da.

{for ios}
## iPhone
1. Auf **A** tippen.
2. Fertig.
{/for}
{for android, Kogge Box 3}
1. Auf **B** tippen.
2. Fertig.
{/for}

## Danach
Der [APN](#holen) und der APN. {for ios}Nur hier.{/for}
"""
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64)"


@pytest.fixture
def esim(engine) -> str:
    """An article with parts for an iPhone and for others; returns its address."""
    with transaction(engine) as session:
        _written(session, "esim", "de", "eSIM einrichten", ESIM)
        glossary.explain(session, locale="de", term="APN", meaning="Der <b>Zugang</b> zum Netz.")
    return "/de/articles/esim-einrichten"


def _written(session: Session, key: str, locale: str, title: str, body: str) -> Article:
    found = session.exec(select(Article).where(Article.source_key == key)).first()
    article = found or actions.create_article(session, source_key=key, audience="public")
    revision = actions.revise(session, article, locale=locale, draft=Draft(title, body))
    actions.publish(session, article, revision)
    return article


def blocks(page: str) -> dict[str, bool]:
    """Return the blocks for devices, and whether each is out of sight."""
    found = re.findall(r'<div class="for" data-for="([^"]*)"([^>]*)>', page)
    return {keys: "hidden" in rest for keys, rest in found}


def test_every_part_is_shown_to_whom_nothing_is_known_of(visitor, esim):
    page = visitor.get(esim, headers={"user-agent": LAPTOP}).text
    assert blocks(page) == {"ios": False, "android kogge-box-3": False}
    assert '<p class="for__label">Android · Kogge Box 3</p>' in page
    assert re.search(r'data-device="all"\s+aria-current="true"', page)


def test_an_address_chooses_the_device_without_scripts(visitor, esim):
    page = visitor.get(f"{esim}?device=kogge-box-3").text
    assert blocks(page) == {"ios": True, "android kogge-box-3": False}
    assert re.search(r'data-device="kogge-box-3"\s+aria-current="true"', page)
    assert f'href="{esim}?device=ios"' in page
    assert f'href="{esim}?device=all"' in page


def test_a_browser_on_a_device_is_shown_what_is_for_it_and_can_ask_for_all(visitor, esim):
    headers = {"user-agent": IPHONE}
    shown = visitor.get(esim, headers=headers)
    assert blocks(shown.text) == {"ios": False, "android kogge-box-3": True}
    assert "set-cookie" not in shown.headers
    page = visitor.get(f"{esim}?device=all", headers=headers).text
    assert not any(blocks(page).values())


def test_a_heading_for_another_device_is_out_of_the_contents_too(visitor, esim):
    page = visitor.get(f"{esim}?device=android").text
    assert re.search(r'<li data-for="ios"\s+hidden>\s*<a href="#iphone">', page)


def test_the_question_that_led_here_stays_with_the_choice(visitor, esim):
    page = visitor.get(f"{esim}?question=abc").text
    assert f'href="{esim}?question=abc&amp;device=ios"' in page


def test_every_step_has_an_address_of_its_own(visitor, esim):
    page = visitor.get(esim).text
    assert re.findall(r'<li id="([\w-]+)"', page) == [
        "schritt-1",
        "schritt-2",
        "iphone-schritt-1",
        "iphone-schritt-2",
        "holen-schritt-1",
        "holen-schritt-2",
    ]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_step_never_takes_the_address_of_a_heading():
    dressing = Dressing(Wearer("de"))
    markdown.render("## Schritt 1\n1. a\n2. b\n", markdown.Links("de"), dress=dressing)
    assert [step.anchor for step in dressing.steps[0]] == [
        "schritt-1-schritt-1",
        "schritt-1-schritt-2",
    ]


def test_steps_in_english_have_english_addresses():
    dressing = Dressing(Wearer("en"))
    markdown.render("3. a\n4. b\n", markdown.Links("en"), dress=dressing)
    assert [step.anchor for step in dressing.steps[0]] == ["step-3", "step-4"]


def test_a_term_is_explained_once_and_never_in_code_or_links(visitor, esim):
    page = visitor.get(esim).text
    assert page.count('class="term"') == 1
    assert 'Der <button type="button" class="term" popovertarget="term-1">APN</button>' in page
    assert "Der &lt;b&gt;Zugang&lt;/b&gt; zum Netz." in page


def test_a_term_in_a_heading_stays_a_heading():
    dressing = Dressing(Wearer("de"), [Explained("APN", "x"), Explained("SIM", "y", ("Karte",))])
    html = markdown.render(
        "## APN\neSIM, SIM-Karte, Karte.\n\n| APN |\n|---|\n| x |",
        markdown.Links("de"),
        dress=dressing,
    ).html
    assert html.count("<button") == 1
    assert 'popovertarget="term-1">Karte</button>' in html


def test_an_article_says_when_and_by_whom_it_was_checked(visitor, engine, esim):
    with transaction(engine) as session:
        found = session.exec(
            select(Translation).where(Translation.slug == "esim-einrichten")
        ).one()
        day = datetime(2026, 10, 12, 12, tzinfo=UTC)
        actions.verify(session, found, by="Team <Mobilfunk>", at=day)
    page = visitor.get(esim).text
    assert "Geprüft am 12. Oktober 2026 von Team &lt;Mobilfunk&gt;" in page


def test_a_translation_says_when_the_original_is_newer(visitor, engine, world):
    link = "/de/articles/wlan-langsam"
    assert "Read the German original" not in visitor.get("/en/articles/wifi-slow").text
    with transaction(engine) as session:
        of_english = select(Translation.id).where(Translation.slug == "wifi-slow")
        session.exec(
            update(Revision)
            .where(col(Revision.translation_id).in_(of_english))
            .values(created_at=clock.now() - timedelta(days=3))
        )
    page = visitor.get("/en/articles/wifi-slow").text
    assert "Read the German original" in page
    assert f'href="{link}" hreflang="de"' in page
    with transaction(engine) as session:
        actions.unpublish(session, session.get_one(Article, world.wifi), locale="de")
    page = visitor.get("/en/articles/wifi-slow").text
    assert "German original" not in page
    assert link not in page


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", '" onclick="x', "ios</p><script>", "a&b", "'><svg/onload=1>"],
)
def test_names_of_devices_cannot_become_markup(name):
    dressing = Dressing(Wearer("de", asked_for(name)))
    body = f"{{for {name}}}\n1. a\n2. b\n{{/for}}\n\nx {{for {name}}}y{{/for}} z"
    html = str(markdown.render(body, markdown.Links("de"), dress=dressing).html).lower()
    assert "<script" not in html
    assert "<svg" not in html
    assert not re.search(r"<[^>]*\sonclick", html)


@pytest.mark.parametrize("device", ["%00", "<script>", "ios ios", "x" * 500, "../..", "ä"])
def test_any_device_may_be_asked_for(visitor, esim, device):
    page = visitor.get(esim, params={"device": device})
    assert page.status_code == 200
    assert not any(blocks(page.text).values())
    assert "<script>" not in page.text
