"""What is for some devices only is cut apart; the rest is cut as if there were no such thing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

import kb
from kb.articles.conditions import conditional, marked
from retrieval.index.chunking import cut
from tests.retrieval.bodies import Written, articles

DEMO = sorted((Path(kb.__file__).parent / "demo").glob("*/*/*.md"))
PLAIN = MarkdownIt("commonmark", {"html": False}).enable("table")
TAUGHT = conditional(MarkdownIt("commonmark", {"html": False}).enable("table"))
STEPS = """Vorweg.

## Einrichten
1. Portal öffnen.

{for ios}
2. Auf **A** tippen.
3. Fertig.
{/for}
{for android, Kogge Box 3}
### Am Gerät
2. Auf **B** tippen.
{/for}

4. Warten.

## Danach
Nichts.
"""


def words(texts):
    return [len(text.split()) for text in texts]


def told(body: str, *, limit: int = 100) -> list[tuple[tuple[str, ...], str]]:
    return [(piece.devices, piece.text) for piece in cut(body, limit=limit, count=words)]


@pytest.mark.parametrize("path", DEMO, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_article_without_marks_is_read_as_before_to_the_letter(path):
    body = path.read_text(encoding="utf-8").split("---", 2)[2]
    if not marked(body):
        assert TAUGHT.parse(body) == PLAIN.parse(body)
        assert {piece.devices for piece in cut(body, limit=100, count=words)} == {()}


@settings(max_examples=40)
@given(articles())
def test_any_text_without_marks_is_read_as_before(written: Written):
    assert TAUGHT.parse(written.body) == PLAIN.parse(written.body)


def test_a_piece_is_for_one_device_or_for_all():
    assert told(STEPS) == [
        ((), "Vorweg.\n\n## Einrichten\n\n1. Portal öffnen."),
        (("ios",), "2. Auf **A** tippen.\n3. Fertig."),
        (("android", "Kogge Box 3"), "2. Auf **B** tippen."),
        ((), "4. Warten.\n\n## Danach\n\nNichts."),
    ]


def test_a_heading_for_a_device_ends_with_what_is_for_it():
    sections = [piece.section for piece in cut(STEPS, limit=100, count=words)]
    assert sections == ["", "Einrichten", "Einrichten › Am Gerät", "Einrichten"]


def test_steps_with_a_branch_inside_are_cut_once_for_each_device():
    body = (
        "1. Öffnen.\n\n   {for ios}\n   - Links wischen.\n   {/for}\n"
        "   {for android, windows}\n   - Rechts klicken.\n   {/for}\n2. Warten.\n"
    )
    assert told(body) == [
        (("ios",), "1. Öffnen.\n\n   - Links wischen.\n2. Warten."),
        (("android", "windows"), "1. Öffnen.\n\n   - Rechts klicken.\n2. Warten."),
    ]


def test_what_is_only_added_for_a_device_leaves_the_rest_for_all():
    body = "1. Tippen.{for ios} Zweimal.{/for}\n2. Warten."
    assert told(body) == [
        (("ios",), "1. Tippen. Zweimal.\n2. Warten."),
        ((), "1. Tippen.\n2. Warten."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "```\n{for ios}\nx\n{/for}\n```",
        "`{for ios}x{/for}` und mehr",
        "{for ios}\nnicht geschlossen",
        "{/for}",
        "{for }x{/for}",
        "{for <script>}\nx\n{/for}",
        "> {for ios}\n> im Zitat",
    ],
)
def test_a_mark_in_code_or_out_of_place_is_text(body):
    assert [(devices, text.split()) for devices, text in told(body)] == [((), body.split())]


def test_what_is_cut_for_its_length_stays_with_its_device():
    steps = "\n".join(f"{n}. Schritt {n} mit einigen Worten." for n in range(1, 9))
    found = told(f"{{for ios}}\n{steps}\n{{/for}}", limit=20)
    assert len(found) > 1
    assert {devices for devices, _ in found} == {("ios",)}


def test_many_marks_that_are_never_closed_take_no_time():
    assert len(told("{for ios}\n" * 5_000, limit=1_000)) >= 1
