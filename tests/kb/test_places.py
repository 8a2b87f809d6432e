"""Where a reader's words stand in the Markdown, and what their proposal makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kb.curation.places import How, locate, proposed, source

BODY = """Vorab: Tippen Sie nichts an.

## Funkkanal wechseln
1. Öffnen Sie `http://kogge.box`. Sie sehen die Übersicht.
2. Wählen Sie **WLAN > Funkkanal** und [mehr](article:0123456789abcdef).
3. Tippen Sie auf **Automatisch**.

## Zurück
1. Tippen Sie auf **Automatisch**.
"""


@pytest.mark.parametrize(
    ("passage", "wording", "line", "how"),
    [
        (
            "Tippen Sie auf Automatisch.",
            "Tippen Sie auf Manuell.",
            "3. Tippen Sie auf **Manuell**.",
            How.MOVED,
        ),
        (
            "Sie sehen die Übersicht.",
            "Sie sehen die Startseite.",
            "1. Öffnen Sie `http://kogge.box`. Sie sehen die Startseite.",
            How.EXACT,
        ),
        (
            "Wählen Sie WLAN > Funkkanal und mehr.",
            "Wählen Sie WLAN > Funkkanal und noch mehr.",
            "2. Wählen Sie **WLAN > Funkkanal** und noch [mehr](article:0123456789abcdef).",
            How.MOVED,
        ),
        (
            "Öffnen Sie http://kogge.box. Sie sehen eine Übersicht.",
            "Öffnen Sie http://kogge.box. Sie sehen die Startseite.",
            "1. Öffnen Sie `http://kogge.box`. Sie sehen die Startseite.",
            How.CHANGED,
        ),
    ],
)
def test_a_proposal_changes_its_words_and_leaves_the_markup(passage, wording, line, how):
    place = locate(BODY, passage)
    assert place is not None
    assert place.how is how
    assert proposed(BODY, place, wording) == line


def test_of_two_places_the_one_below_the_heading_is_meant():
    place = locate(BODY, "Tippen Sie auf Automatisch.", section="Zurück")
    assert place is not None
    assert source(BODY, place) == "1. Tippen Sie auf **Automatisch**."
    assert place.start > BODY.index("## Zurück")


def test_words_that_stand_nowhere_are_found_nowhere():
    assert locate(BODY, "Rufen Sie bitte die Feuerwehr in Ihrer Stadt an.") is None
    assert locate(BODY, "") is None
    assert locate("", "Tippen") is None


@given(some.text(max_size=80), some.text(max_size=80))
def test_no_text_breaks_it_and_nothing_outside_the_lines_changes(passage, wording):
    place = locate(BODY, passage)
    if place is not None:
        assert source(BODY, place) in BODY
        assert isinstance(proposed(BODY, place, wording), str)
