"""Folders and file names say the language; so do words, when there are enough of them."""

import pytest

from ingestion import language
from ingestion.records import Unreadable


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("de/wlan/slow.md", ("wlan/slow", "de")),
        ("docs/en-US/a.md", ("docs/a", "en")),
        ("wlan/slow.de.md", ("wlan/slow", "de")),
        ("wlan/slow.de-at.md", ("wlan/slow", "de")),
        ("deutsch/slow.md", ("deutsch/slow", None)),
        ("v1.2/release.2.md", ("v1.2/release.2", None)),
        ("de.md", ("de", None)),
    ],
)
def test_a_path_without_its_language_is_what_pairs_translations(path, expected):
    assert language.split_path(path) == expected


def test_a_language_we_do_not_have_is_refused():
    assert language.of_code("de_DE") == "de"
    assert language.of_code("") is None
    with pytest.raises(Unreadable, match="fr"):
        language.of_code("fr")


def test_few_words_trust_what_is_known_and_many_speak_for_themselves():
    german = "Der Router steht im Flur und leuchtet die ganze Nacht lang grün."
    assert language.of_text("WLAN", otherwise="en") == "en"
    assert language.of_text(german, otherwise="en") == "de"
    assert language.of_text("The router stands in the hall all night.", otherwise=None) == "en"
