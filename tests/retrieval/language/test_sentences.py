"""Sentences are cut exactly as they stand; abbreviations and dates do not end one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eins. Zwei! Drei?", ["Eins.", "Zwei!", "Drei?"]),
        ("Warten Sie z. B. 5 Min. Dann geht es.", ["Warten Sie z. B. 5 Min. Dann geht es."]),
        ("Am 3. Mai 2024 kommt er. Gut.", ["Am 3. Mai 2024 kommt er.", "Gut."]),
        ("Am 03.05.2024 kommt er. Gut.", ["Am 03.05.2024 kommt er.", "Gut."]),
        ("Dr. Meier ruft an. Gut.", ["Dr. Meier ruft an.", "Gut."]),
        ("Version 2.0 ist da. Neu: 3.1.", ["Version 2.0 ist da.", "Neu: 3.1."]),
        (
            "Das kostet ca. 5 Euro, d. h. wenig. Ja.",
            ["Das kostet ca. 5 Euro, d. h. wenig.", "Ja."],
        ),
        ("Use one, e.g. This. That?", ["Use one, e.g. This.", "That?"]),
        ("Er sagt: „Ja.“ Dann geht er.", ["Er sagt: „Ja.“", "Dann geht er."]),
        ("Erste Zeile\nZweite Zeile", ["Erste Zeile", "Zweite Zeile"]),
        ("Öffnen Sie kogge.box und warten Sie", ["Öffnen Sie kogge.box und warten Sie"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, expected: list[str]):
    assert sentences(text) == expected


@given(st.text(max_size=200))
def test_sentences_are_slices_in_order_and_nothing_but_space_is_lost(text: str):
    at, lost = 0, []
    for sentence in sentences(text):
        found = text.index(sentence, at)
        lost.append(text[at:found])
        at = found + len(sentence)
    assert not "".join([*lost, text[at:]]).strip()
