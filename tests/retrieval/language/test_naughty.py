"""Strings that have broken other software are only strings here."""

import pytest

from kb.text import one_line
from retrieval.citations import cite
from retrieval.index.chunking import cut
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences
from retrieval.language.analysis import terms
from retrieval.language.detect import detect
from retrieval.language.words import words
from retrieval.query import build
from tests.retrieval.naughty import naughty_strings
from tests.retrieval.passages import passage
from tests.retrieval.shelf import Shelf, lexicon_of


def _word_count(texts):
    return [len(text.split()) for text in texts]


@pytest.mark.data
@pytest.mark.parametrize("locale", ["de", "en"])
def test_no_string_breaks_the_analysis(locale: str):
    lexicon = lexicon_of("Rechnung Adresse Router neu starten", locale)
    for text in naughty_strings():
        found = terms(text, locale, lexicon.splitter)
        assert all(found)
        assert set(found) & set(build(text, locale, lexicon).weights) or not found
        assert detect(text, prior=locale) in {"de", "en"}
        assert all(word in "".join(words(text)) for word in words(text))


@pytest.mark.data
def test_no_string_breaks_cutting_and_quoting():
    for text in naughty_strings():
        plain(text)
        assert all(sentence in text for sentence in sentences(text))
        for piece in cut(text, limit=20, count=_word_count):
            assert cite(text, passage(piece.text)).quote.strip()


@pytest.mark.data
def test_no_string_breaks_a_search(shelf: Shelf):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker und warten Sie.")
    shelf.publish("Restart the router", "Unplug it and wait.", locale="en")
    shelf.sync()
    for text in naughty_strings():
        reply = shelf.answer(one_line(text, limit=2_000))
        assert reply.found.notices == frozenset()
