"""Markdown becomes HTML that cannot hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.markdown import Links, excerpt, render, render_message
from kb.articles.pictures import Size
from kb.text import Anchors

ID = "0123456789abcdef"
WHERE = Links("de", {ID: {"en": "wifi", "de": "wlan"}, "f" * 16: {"en": "only"}})


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (f"[a](article:{ID}#x)", '<p><a href="/de/articles/wlan#x">a</a></p>'),
        (f"[a](article:{'f' * 16})", '<p><a href="/en/articles/only">a</a></p>'),
        (f"[a](article:{'0' * 16})", "<p>a</p>"),
        ("[a](//evil.example)", "<p>a</p>"),
        ("[a](mailto:a@b.example)", "<p>a</p>"),
        ("[a](/desk/cases)", "<p>a</p>"),
        ("[a](#b)", '<p><a href="#b">a</a></p>'),
        ("![x](https://evil.example/?d=1)", "<p>x</p>"),
        ("![x][1]\n\n[1]: https://evil.example/p.png", "<p>x</p>"),
        ("![x](data:image/png;base64,AA)", "<p>x</p>"),
        (
            f"![x](/media/{ID}{ID})",
            f'<p><img src="/media/{ID}{ID}" alt="x" loading="lazy"></p>',
        ),
        ("[**a** b](//evil.example)", "<p><strong>a</strong> b</p>"),
    ],
)
def test_links_and_images_lead_where_they_may(markdown, html):
    assert str(render(markdown, WHERE).html).strip() == html


def test_the_room_for_an_image_is_kept_where_its_size_is_known():
    where = Links("de", sizes={ID + ID: Size(640, 360)})
    assert 'width="640" height="360"' in render(f"![x](/media/{ID}{ID})", where).html


def test_links_to_other_sites_tell_them_nothing():
    html = str(render("[a](https://example.com/x)", WHERE).html)
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Siehe https://e.example/x.", "https://e.example/x"),
        ("(https://e.example/a_b_c#d), dann", "https://e.example/a_b_c#d"),
        ("„http://kogge.box“", "http://kogge.box"),
        ("[hier](https://e.example/y)", "https://e.example/y"),
    ],
)
def test_an_address_in_a_message_can_be_tapped_and_ends_before_the_sentence_does(typed, address):
    html = render_message(typed, WHERE)
    assert html.count("<a ") == html.count(f'href="{address}"') == 1


@pytest.mark.parametrize(
    "typed", ["http://", "https://localhost/x", "javascript:alert(1)", "`https://e.example`"]
)
def test_what_is_no_address_in_a_message_is_text(typed):
    assert "<a " not in render_message(typed, WHERE)


def test_lines_of_a_message_end_where_they_were_ended():
    assert render_message("Moin,\nbitte\n1. aus\n2. an", WHERE).split("\n")[:3] == [
        "<p>Moin,<br>",
        "bitte</p>",
        "<ol>",
    ]
    assert "<br" not in render("Moin,\nbitte", WHERE).html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "<a hx-get='/x' hx-trigger=load>",
        "<svg><animate onbegin=alert(1)>",
        "[a](data:text/html,<script>1</script>)",
        "![a](x){onclick=1}",
        "<style>@import 'x'</style>",
        '[a](https://e.example/"onclick=x)',
    ],
)
def test_markup_in_text_stays_text(markdown):
    html = str(render(markdown, WHERE).html).lower()
    for word in ("<script", "<img", "<svg", "<style", "<a hx", 'href="javascript', 'href="data'):
        assert word not in html


def test_headings_carry_the_anchors_the_index_gives_them():
    page = render("## Über **uns**\n## Schritte\n### Schritte\n", WHERE)
    anchors = Anchors()
    assert [heading.anchor for heading in page.headings] == [
        anchors.of("Über uns"),
        anchors.of("Schritte"),
        anchors.of("Schritte"),
    ]
    assert '<h3 id="schritte-2">' in page.html


def test_headings_in_a_quote_go_down_and_carry_no_anchor():
    assert str(render("## Eins\n### Zwei", WHERE, top=4).html).split() == (
        "<h4>Eins</h4> <h5>Zwei</h5>".split()
    )


def test_notes_become_callouts():
    for word, kind in (("Hinweis", "note"), ("Warning", "warning")):
        html = render(f"> **{word}:** Vorsicht", WHERE).html
        assert f'class="callout callout--{kind}"' in html
    assert "callout" not in render("> **Zitat:** nur so", WHERE).html


def test_an_excerpt_ends_at_a_word():
    assert excerpt("**Wort** " * 100, limit=17) == "Wort Wort Wort …"
    assert excerpt("kurz") == "kurz"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("- eins\n- zwei\n", "eins · zwei"),
        ("Prüfen:\n\n* eins.\n* [zwei](article:x)", "Prüfen: eins. zwei"),
        ("| Lampe | Farbe |\n|---|--:|\n| WLAN | grün |\n| DSL | rot |", "WLAN: grün · DSL: rot"),
        (
            "Ein Satz,\nder weitergeht.\n1. Tun.\n2. Sehen.",
            "Ein Satz, der weitergeht. 1. Tun. 2. Sehen.",
        ),
        ("| allein |", "allein"),
        ("a | b", "a b"),
    ],
)
def test_an_excerpt_keeps_points_and_rows_apart(markdown, words):
    assert excerpt(markdown) == words


@given(st.text(max_size=400))
def test_any_text_renders_and_hides_no_handler(text):
    html = str(render(text, WHERE).html).lower()
    assert "<script" not in html
    assert "<iframe" not in html
