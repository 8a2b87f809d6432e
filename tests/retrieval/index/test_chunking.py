"""Articles are cut where their authors cut them; nothing is lost, torn or reworded."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.markdown import Links, render
from kb.config import EmbeddingPrecision
from kb.text import Anchors
from retrieval.engines.embedder import SentenceTransformerEmbedder
from retrieval.index.chunking import JOIN, cut
from retrieval.index.plain import plain
from tests.retrieval.bodies import Written, articles

FEWER = settings(max_examples=40)  # an article holds many cases already
STEPS = "\n".join(f"{n}. Schritt {n} mit einigen Worten dazu." for n in range(1, 13))
TABLE = "| Lampe | Sinn |\n|---|---|\n" + "\n".join(
    f"| rot {n} | Störung {n} |" for n in range(30)
)


def words(texts):
    """Count like a model that knows every word."""
    return [len(text.split()) for text in texts]


def letters(texts):
    """Count like a model that knows no word at all: every sign is a token."""
    return [sum(not char.isspace() for char in text) for text in texts]


def each(texts):
    """Count so that no two blocks fit together, and each by itself does."""
    return [10] * len(texts)


def texts(body: str, *, limit: int, count=words) -> list[str]:
    return [piece.text for piece in cut(body, limit=limit, count=count)]


@FEWER
@given(articles(), st.integers(40, 300))
def test_no_block_is_lost(written: Written, limit: int):
    found = " ".join(" ".join(texts(written.body, limit=limit)).split())
    for block in written.blocks:
        for line in block.splitlines():
            assert all(word in found for word in line.split())


@FEWER
@given(articles())
def test_blocks_stand_in_their_order_whole_while_they_fit(written: Written):
    found = "\n\n".join(texts(written.body, limit=10_000))
    at = 0
    for block in written.blocks:
        at = found.index(block, at) + len(block)


@FEWER
@given(articles(), st.integers(10, 300))
def test_what_a_piece_is_made_of_stands_in_the_body_word_for_word(written: Written, limit: int):
    for text in texts(written.body, limit=limit):
        for part in text.split("\n\n"):
            assert part in written.body


@FEWER
@given(articles(), st.integers(10, 300), st.sampled_from([words, letters]))
def test_no_piece_is_longer_than_the_model_reads(written: Written, limit: int, count):
    for text in texts(written.body, limit=limit, count=count):
        assert count([plain(text)])[0] <= limit


@given(st.text(max_size=600), st.integers(10, 60), st.sampled_from([words, letters]))
def test_any_text_can_be_cut(text: str, limit: int, count):
    for piece in cut(text, limit=limit, count=count):
        assert piece.text.strip()
        assert count([plain(piece.text)])[0] <= limit


@FEWER
@given(articles(), st.integers(15, 60))
def test_no_step_is_torn_while_it_fits(written: Written, limit: int):
    found = texts(written.body, limit=limit)
    lists = [block for block in written.blocks if re.match(r"1\. |- ", block)]
    for item in [line for block in lists for line in block.splitlines() if line]:
        if words([plain(item)])[0] <= limit:
            assert any(item in text for text in found)


@FEWER
@given(articles(), st.integers(15, 60))
def test_no_row_of_a_table_is_torn(written: Written, limit: int):
    found = texts(written.body, limit=limit)
    tables = [block for block in written.blocks if block.startswith("|")]
    for row in [row for block in tables for row in block.splitlines()]:
        assert any(row in text.splitlines() for text in found)


def test_a_list_stays_whole_while_it_fits():
    assert texts(f"Vorweg.\n\n{STEPS}", limit=200) == [f"Vorweg.\n\n{STEPS}"]


def test_a_long_list_is_cut_between_its_steps():
    found = texts(STEPS, limit=30)
    assert len(found) > 1
    assert "\n".join(found) == STEPS
    assert all(text.startswith(tuple("123456789")) for text in found)


def test_a_step_keeps_what_is_indented_below_it():
    body = "\n".join(f"{n}. Schritt {n}.\n\n   Sie sehen die Nummer {n}.\n" for n in range(1, 7))
    for text in texts(body, limit=16):
        assert re.findall(r"Schritt (\d)", text) == re.findall(r"Nummer (\d)", text)


def test_a_long_table_is_cut_between_its_rows():
    assert "\n".join(texts(TABLE, limit=40)) == TABLE


def test_a_long_paragraph_is_cut_between_its_sentences():
    body = " ".join(f"Dies ist der {n}. Satz von vielen." for n in range(20))
    found = texts(body, limit=25)
    assert len(found) > 1
    assert all(text.endswith(".") and text.startswith("Dies ist") for text in found)


def test_a_word_longer_than_the_model_reads_is_cut_all_the_same():
    body = "x" * 1_000
    assert "".join(texts(body, limit=50, count=letters)) == body


def test_headings_travel_with_their_text_and_are_no_text_themselves():
    long = "Wort " * 40
    pieces = cut(
        f"# Netz\n\n{long}\n\n## WLAN\n\n{long}\n\n### Kanal\n\n{long}\n\n# Ende\n\n{long}",
        limit=60,
        count=words,
    )
    assert [piece.section for piece in pieces] == [
        "Netz",
        f"Netz{JOIN}WLAN",
        f"Netz{JOIN}WLAN{JOIN}Kanal",
        "Ende",
    ]
    assert not any("#" in piece.text for piece in pieces)


def test_short_sections_share_a_piece():
    body = "## A\n\nKurz.\n\n## B\n\nAuch kurz."
    assert texts(body, limit=100) == ["Kurz.\n\n## B\n\nAuch kurz."]


@pytest.mark.parametrize("body", ["", "   \n\n", "## Nur eine Überschrift", "---"])
def test_a_body_without_words_to_quote_is_cut_without_harm(body: str):
    assert all(piece.text.strip() for piece in cut(body, limit=50, count=words))


@FEWER
@given(articles())
def test_a_section_has_the_address_its_heading_has_on_the_page(written: Written):
    page = render(written.body, Links("de"))
    ids = re.findall(r'<h\d id="([^"]*)"', page.html)
    there = [piece.anchor for piece in cut(written.body, limit=10, count=each) if piece.anchor]
    numbered = Anchors()
    assert ids == [numbered.of(plain(title)) for title in written.headings]
    assert list(dict.fromkeys(there)) == ids


def test_a_heading_in_a_quote_or_a_list_is_no_place_of_its_own_here_or_on_the_page():
    body = "> ## Schritte\n>\n> Text.\n\n- ## Schritte\n\n## Schritte\n\nHier."
    (last,) = [piece for piece in cut(body, limit=10, count=each) if piece.text == "Hier."]
    assert last.anchor == "schritte"
    assert re.findall(r'id="([^"]*)"', render(body, Links("de")).html) == ["schritte"]


def test_what_stands_before_the_first_heading_leads_to_the_top():
    first, *_ = cut("Vorweg.\n\n## Danach\n\nText.", limit=10, count=each)
    assert (first.section, first.anchor) == ("", "")


@pytest.mark.model
def test_the_models_own_tokenizer_agrees_that_every_piece_fits():
    embedder = SentenceTransformerEmbedder("", EmbeddingPrecision.AUTO)
    limit = 100
    german = "Donaudampfschifffahrtsgesellschaftskapitän: Übertragungsgeschwindigkeit prüfen! "
    bodies = [german * 60, f"## A\n\n{STEPS}\n\n{TABLE}", "漢字かな交じり文。" * 200, "?!" * 500]
    for body in bodies:
        pieces = cut(body, limit=limit, count=embedder.count_tokens)
        assert len(pieces) > 1
        assert max(embedder.count_tokens([plain(piece.text) for piece in pieces])) <= limit
