"""What goes from an article into a message reads like typed, and means the same when sent."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.assist.readable import readable
from desk.markdown import Links, render, render_message

WHERE = Links("de")


@pytest.mark.parametrize(
    ("article", "typed"),
    [
        ("Öffnen Sie **WLAN**\nund `Kanal`.", "Öffnen Sie WLAN und Kanal."),
        ("## Kanal\nAuto.", "Kanal\n\nAuto."),
        ("1. Eins.\n2. Zwei.", "1. Eins.\n2. Zwei."),
        ("3. Drei.\n4. Vier.", "3. Drei.\n4. Vier."),
        ("1. Eins:\n   * a\n   * b\n\n2. Zwei.", "1. Eins:\n   - a\n   - b\n2. Zwei."),
        ("1. Eins.\n\n   Sie sehen es.", "1. Eins.\n\n   Sie sehen es."),
        ("> **Hinweis:** 5 GHz.\n> Schneller.", "Hinweis: 5 GHz. Schneller."),
        ("| Lampe | Farbe |\n|---|--:|\n| WLAN | **grün** |", "- WLAN: grün"),
        ("```\nping a\n\nping b\n```", "ping a\n\nping b"),
        ("Vor ![Bild](/media/x) nach.", "Vor nach."),
        ("[Artikel](article:0123456789abcdef)", "Artikel"),
        ("[kogge.box](http://kogge.box)", "kogge.box"),
        ("[Portal](https://p.example/x)", "Portal (https://p.example/x)"),
        ("Eins  \nZwei", "Eins\nZwei"),
        ("", ""),
    ],
)
def test_marks_go_and_steps_points_and_words_stay(article: str, typed: str):
    assert readable(article) == typed


@pytest.mark.parametrize("code", ["*21*030123#", "##002#", "_x_", "**a**", r"\\server\x"])
def test_a_code_reaches_the_customer_as_it_is(code: str):
    sent = render_message(readable(f"Wählen Sie `{code}`."), WHERE)
    assert re.sub("<[^>]+>", "", sent).strip() == f"Wählen Sie {code}."


@pytest.mark.parametrize("text", [r"Wählen Sie \*21\*.", "2 * 3 * 4", "a_b_c und _x"])
def test_what_is_no_mark_in_the_article_is_none_in_the_message(text: str):
    assert _words(render_message(readable(text), WHERE)) == _words(render(text, WHERE).html)


WORDS = st.text(st.sampled_from("ab ÄÖ.,!?()[]*_`~#>-+1"), min_size=1, max_size=12)


@given(st.lists(WORDS, max_size=4))
def test_no_letter_is_lost_on_the_way(words: list[str]):
    article = "\n".join(f"1. {word}" for word in words)
    said = _words(render(article, WHERE).html)
    assert _letters(_words(render_message(readable(article), WHERE))) == _letters(said)


def _words(markup: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", markup)).split())


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())
