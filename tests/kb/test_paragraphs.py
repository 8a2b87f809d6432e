"""Articles paragraph by paragraph: what changed since, and what translates what."""

from kb.articles.models import Significance
from kb.articles.paragraphs import Written, changed, pairs, split

CODE = "Vorher.\n\n```\na\n\nb\n```\n\nNachher."


def test_joined_again_paragraphs_are_the_text():
    assert split(CODE) == ["Vorher.", "```\na\n\nb\n```", "Nachher."]
    assert "\n\n".join(split(CODE)) == CODE


def test_marked_is_what_changed_since_and_not_where_typos_were_mended():
    base = "Eins.\n\nZwei.\n\nDrei."
    later = [
        Written("Eins!\n\nZwei.\n\nDrei.", Significance.TYPO),
        Written("Eins!\n\nZwei ist neu.\n\nDrei.", Significance.MINOR),
        Written("Eins!\n\nZwei ist neu.\n\nDrei.\n\nVier.", Significance.MAJOR),
        Written("Eins!\n\nZwei ist neu!\n\nDrei.\n\nVier.", Significance.TYPO),
    ]
    marks = [None, Significance.MINOR, None, Significance.MAJOR]
    assert changed(base, later) == marks
    assert changed(base, []) == [None, None, None]


def test_paragraphs_are_paired_section_by_section_though_one_is_missing():
    german = split("Vorweg.\n\n## Eins\n\nA.\n\nB.\n\n> Hinweis\n\n## Zwei\n\n1. X")
    english = split("First.\n\n## One\n\nA.\n\n> Note\n\n## Two\n\n1. X")
    found = [
        (
            german[pair.original] if pair.original is not None else None,
            english[pair.translation] if pair.translation is not None else None,
        )
        for pair in pairs(german, english)
    ]
    assert ("Vorweg.", "First.") in found
    assert ("> Hinweis", "> Note") in found
    assert ("1. X", "1. X") in found
    assert ("B.", None) in found
    assert [right for _, right in found if right] == english


def test_an_empty_translation_leaves_every_paragraph_to_be_written():
    german = split("Eins.\n\n## Zwei\n\nDrei.")
    assert [(pair.original, pair.translation) for pair in pairs(german, [])] == [
        (0, None),
        (1, None),
        (2, None),
    ]
