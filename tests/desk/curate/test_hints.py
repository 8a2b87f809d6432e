"""Hints: what they notice, what they leave alone, and where they point."""

import pytest

from desk.curate.hints.blocks import layout
from desk.curate.hints.kinds import Kind
from desk.curate.hints.looking import Around, look
from desk.curate.hints.readability import FEWEST, Level, measured, syllables
from desk.curate.hints.wording import Vocabulary

GOOD = """Meist liegt es am Funkkanal.

## Funkkanal wechseln

1. Öffnen Sie die Box. Sie sehen die Übersicht.
2. Tippen Sie auf **WLAN**. Ein Menü erscheint.
"""


def kinds(body: str, locale: str = "de", *, title: str = "WLAN", around: Around | None = None):
    return [each.kind for each in look(title, body, locale, around or Around()).hints]


def test_a_good_text_gets_no_hint():
    assert kinds(GOOD) == []


@pytest.mark.parametrize(
    ("locale", "body", "expected"),
    [
        ("de", "Klick auf dein Profil.", Kind.ADDRESS_DU),
        ("de", "Der Vertrag wird von uns gekündigt.", Kind.PASSIVE),
        ("en", "The contract was cancelled by us.", Kind.PASSIVE),
        ("de", "Nehmen Sie Kabel bzw. Adapter.", Kind.JARGON),
        ("en", "Utilize the cable.", Kind.JARGON),
        ("de", "Der DSLAM ist voll.", Kind.UNEXPLAINED),
        ("de", "Ein " + "langer " * 30 + "Satz.", Kind.SENTENCE_LONG),
        ("de", "# Oben\n\nText.", Kind.HEADING_LEVEL),
        ("de", "## A\n\n#### B\n\nText.", Kind.HEADING_LEVEL),
        ("de", "Wort. " * 200, Kind.HEADING_MISSING),
        ("de", "1. Lesen Sie das Blatt.\n2. Legen Sie es weg.", Kind.SEE_MISSING),
        (
            "de",
            "1. Öffnen Sie Apps. Tippen Sie auf WLAN. Wählen Sie Kanal.\n2. Sie sehen Namen.",
            Kind.STEP_DOUBLE,
        ),
        ("de", f"1. Lesen Sie {'viel ' * 60}.\n2. Sie sehen Namen.", Kind.STEP_LONG),
        ("de", "| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |", Kind.TABLE_WIDE),
        ("de", "![](/media/" + "a" * 32 + ")", Kind.ALT_MISSING),
    ],
)
def test_what_makes_a_text_hard_is_noticed(locale, body, expected):
    assert expected in kinds(body, locale)


@pytest.mark.parametrize(
    ("locale", "body", "not_said"),
    [
        ("de", "Wir werden morgen gehen.", Kind.PASSIVE),
        ("de", "Die Rechnung wird angezeigt.", Kind.PASSIVE),
        ("en", "You are connected.", Kind.PASSIVE),
        ("de", "Das kostet 10 EUR.", Kind.ADDRESS_DU),
        ("de", "Tippen Sie auf `du bzw. dein`.", Kind.ADDRESS_DU),
        ("de", "Siehe [hier](https://example.org/du-bzw-dein).", Kind.JARGON),
        ("en", "You du it.", Kind.ADDRESS_DU),
        ("de", "Die SMS kommt an.", Kind.UNEXPLAINED),
    ],
)
def test_what_only_looks_like_it_is_left_alone(locale, body, not_said):
    assert not_said not in kinds(body, locale)


def test_a_how_to_without_steps_is_noticed_once_it_has_grown():
    text = "Das geht ganz einfach und ist schnell getan. " * 8
    assert Kind.STEPS_MISSING in kinds(text, title="WLAN-Passwort ändern")
    assert Kind.STEPS_MISSING not in kinds(text, title="Unsere Tarife")
    assert Kind.STEPS_MISSING not in kinds("Kurz.", title="WLAN-Passwort ändern")


def test_words_of_the_house_are_told_and_explained_ones_are_not():
    body = "Mit der Schleuse und dem DSLAM."
    known = Vocabulary(frozenset({"DSLAM"}), frozenset({"Schleuse"}))
    found = look("Titel", body, "de", Around(known=known)).hints
    assert [(each.kind, each.quote) for each in found] == [(Kind.INTERNAL, "Schleuse")]


def test_a_small_image_is_noticed_by_its_pixels():
    key = "b" * 32
    body = f"![Lampe](/media/{key})"
    assert kinds(body, around=Around(widths={key: 200})) == [Kind.IMAGE_SMALL]
    assert kinds(body, around=Around(widths={key: 900})) == []


def test_a_hint_points_at_its_place_in_the_source():
    body = "## Über **uns** 😀\n\n- Punkt\n\n1. Gerät bzw. Kabel.\n2. Sie sehen [X](/de/a).\n"
    (found,) = (each for each in look("T", body, "de").hints if each.kind is Kind.JARGON)
    assert body[found.start : found.end] == found.quote == "bzw."
    assert found.replacement == "oder"


def test_every_block_stands_where_it_says():
    body = GOOD + "\n> **Hinweis:** Ruhe.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- eins\n  - zwei\n"
    for block in layout(body).blocks:
        words = block.words.split()
        assert words
        assert words[0] in body[block.start : block.end]
        assert len(block.words) == block.end - block.start


def test_a_hint_has_the_same_name_wherever_its_words_stand():
    one = look("T", "Kabel bzw. Box.", "de").hints[0]
    other = look("T", "Ganz anderer Satz davor. Kabel bzw. Box.", "de").hints[0]
    assert one.key == other.key


def test_short_texts_are_not_measured():
    assert measured(["Ein Satz."], "de") is None
    assert measured(["wort " * FEWEST], "de") is not None


@pytest.mark.parametrize("locale", ["de", "en"])
def test_longer_words_and_sentences_are_harder(locale):
    easy = measured(["Der Hund ist da."] * 10, locale)
    hard = measured(
        ["Interkontinentale Kommunikationsinfrastrukturbereitstellung dauert."] * 12, locale
    )
    assert easy.ease > hard.ease
    assert easy.lix < hard.lix
    assert hard.level is Level.VERY_HARD


@pytest.mark.parametrize(
    ("word", "locale", "count"),
    [
        ("Haus", "de", 1),
        ("Router", "de", 2),
        ("Übersicht", "de", 3),
        ("house", "en", 1),
        ("table", "en", 2),
    ],
)
def test_syllables_are_counted_by_vowels(word, locale, count):
    assert syllables(word, locale) == count
