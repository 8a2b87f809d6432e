"""Letters: the same in text and HTML, in the catalogue's words, fetching nothing."""

import re

import pytest

from desk import i18n, letters
from kb.config import LOCALES

NAMES = sorted(
    {
        key.split(".")[1]
        for key in i18n.words("de").entries
        if re.fullmatch(r"letter\.\w+\.subject", key)
    }
)


def written(name: str, locale: str = "de", **more: str):
    words = i18n.words(locale)
    texts = "".join(
        text for key, text in words.entries.items() if key.startswith(f"letter.{name}.")
    )
    blanks = set(re.findall(r"\{(\w+)\}", texts)) - {"brand"}
    values = dict.fromkeys(blanks, "VALUE") | more
    has_action = f"letter.{name}.action" in words.entries
    link = "https://help.example.org/de/x?a=1&b=2" if has_action else ""
    return letters.write(words, name, brand="Kogge & Co", link=link, **values)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_says_the_same_in_both_forms_and_fetches_nothing(name, locale):
    letter = written(name, locale)
    assert letter.locale == locale
    assert "\n" not in letter.subject
    for paragraph in i18n.words(locale)(f"letter.{name}.body", **_blanks(name, locale)).split(
        "\n\n"
    ):
        assert paragraph in letter.text
    assert f'lang="{locale}"' in letter.html
    assert "Kogge &amp; Co" in letter.html
    assert not re.search(r"<img|<link|<script|<style|src=|url\(|@import", letter.html)
    answer_there = i18n.words(locale)("letter.answer_there")
    assert answer_there in letter.text
    assert answer_there in letter.html


def _blanks(name: str, locale: str) -> dict[str, str]:
    text = i18n.words(locale).entries[f"letter.{name}.body"]
    return dict.fromkeys(re.findall(r"\{(\w+)\}", text), "VALUE") | {"brand": "Kogge & Co"}


def test_text_is_no_markup_and_markup_no_text():
    letter = written("case_answered")
    assert "&amp;" not in letter.text
    assert "<" not in letter.text
    assert "https://help.example.org/de/x?a=1&b=2" in letter.text
    assert 'href="https://help.example.org/de/x?a=1&amp;b=2"' in letter.html


def test_a_value_is_written_as_it_is_and_never_becomes_markup():
    letter = letters.write(
        i18n.words("de"), "sign_in", brand="<b>x</b>", link="https://x.example/", minutes="15"
    )
    assert "<b>x</b>" not in letter.html
    assert "<b>x</b>" in letter.text


def test_a_letter_that_can_be_ended_says_where():
    stop = "https://help.example.org/de/mail/stops/t"
    letter = written("case_answered", stop_url=stop)
    assert letter.stop_url == stop
    assert stop in letter.text
    assert stop in letter.html


def test_the_plain_form_has_no_gaps():
    for name in NAMES:
        assert "\n\n\n" not in written(name).text
        assert not written(name).text.startswith("\n")
