"""Strings that have broken other software are only strings here."""

import pytest
from sqlmodel import Session

from kb.access import ANYONE
from kb.db import transaction
from kb.synonyms.actions import add_group
from kb.text import one_line
from retrieval.assist import suggest
from retrieval.citations import cite
from retrieval.index.chunking import cut
from retrieval.index.lexicon import Lexicons
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences
from retrieval.language.analysis import terms
from retrieval.language.detect import detect
from retrieval.language.words import words
from retrieval.matter import matter, pointed
from retrieval.query import build
from retrieval.search import Wish, search
from tests.retrieval.naughty import OURS, naughty_strings
from tests.retrieval.passages import passage
from tests.retrieval.shelf import AGENT, Shelf, lexicon_of


def _word_count(texts):
    return [len(text.split()) for text in texts]


@pytest.fixture(params=["ours", pytest.param("blns", marks=pytest.mark.data)])
def naughty(request: pytest.FixtureRequest) -> list[str]:
    return OURS if request.param == "ours" else naughty_strings()


@pytest.mark.parametrize("locale", ["de", "en"])
def test_no_string_breaks_the_analysis(naughty: list[str], locale: str):
    lexicon = lexicon_of("Rechnung Adresse Router neu starten", locale)
    for text in naughty:
        found = terms(text, locale, lexicon.splitter)
        assert all(found)
        assert set(found) & set(build(text, locale, lexicon).weights) or not found
        assert detect(text, prior=locale) in {"de", "en"}
        assert all(words(text))


def test_no_string_breaks_cutting_and_quoting(naughty: list[str]):
    for text in naughty:
        plain(text)
        assert all(sentence in text for sentence in sentences(text))
        for piece in cut(text, limit=20, count=_word_count):
            assert cite(text, passage(piece.text)).quote.strip()


def test_no_string_breaks_what_is_made_of_a_mail(naughty: list[str]):
    for text in [*naughty, *(f"{text} " * 60 for text in naughty)]:
        about = matter(text)
        assert about or not text
        assert pointed(about, lambda sentence: float(len(sentence))).strip() or not about.strip()


def test_no_string_breaks_a_search(shelf: Shelf, naughty: list[str]):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker und warten Sie.")
    shelf.publish("Restart the router", "Unplug it and wait.", locale="en")
    shelf.sync()
    for text in naughty:
        reply = shelf.answer(one_line(text, limit=2_000))
        assert reply.found.notices == frozenset()


def test_no_string_breaks_a_suggestion_or_a_search_as_it_came(shelf: Shelf, naughty: list[str]):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker und warten Sie.", phrases=OURS[:9])
    shelf.sync()
    with transaction(shelf.engine) as session:
        add_group(session, locale="de", words=["Router", *OURS[40:60]])
    lexicons = Lexicons(shelf.engines.lexical)
    with Session(shelf.engine) as session:
        for text in naughty[::2]:
            search(session, shelf.engines, lexicons, Wish(text, "de", ANYONE))
    for text in (text[:2_000] for text in naughty[::20]):
        case = shelf.case(f"Frage {text}", f"Frage {text}")
        with Session(shelf.engine) as session:
            suggest(session, shelf.engines, lexicons, case, AGENT)
