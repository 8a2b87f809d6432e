"""What a collection's words allow is found quickly, and as if every word were looked at."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.engines.lexical import TantivyIndex
from retrieval.index import lexicon, sieve
from retrieval.index.lexicon import Lexicons, lexicon_of
from retrieval.language import spelling
from retrieval.language.spelling import Speller

LETTERS = st.text("aeinrstuäöüß-1é漢", min_size=1, max_size=12)
WORDS = st.dictionaries(LETTERS, st.integers(1, 9), max_size=40)
COLLECTION = "public-de-0123456789ab-1"
PATIENCE = 10


@given(WORDS, LETTERS, st.data())
def test_the_sieve_lets_every_word_through_that_the_speller_would_choose(
    vocabulary: dict[str, int], stranger: str, data: st.DataObject
):
    near = data.draw(st.sampled_from([*vocabulary, stranger]))
    slip = data.draw(st.integers(0, len(near) - 1))
    for word in (stranger, near[:slip] + near[slip + 1 :], near[:slip] + "t" + near[slip:]):
        mended = lexicon_of(vocabulary, "de").mended(word)
        assert mended == Speller(vocabulary).correct(word)


def test_the_speller_forgives_no_more_than_the_sieve_lets_through():
    word = "a" * (spelling._LONG + 4)  # noqa: SLF001  # what the sieve has to know of it
    distance = sieve.SLIPS + 1
    assert Speller({word[:-distance] + "b" * distance: 1}).correct(word) is None
    assert Speller({word[: -sieve.SLIPS] + "b" * sieve.SLIPS: 1}).correct(word) is not None


@given(WORDS, LETTERS)
def test_words_that_begin_alike_come_in_the_order_of_the_vocabulary(
    vocabulary: dict[str, int], beginning: str
):
    found = lexicon_of(vocabulary, "de").beginning_with(beginning)
    assert found == [word for word in vocabulary if word.startswith(beginning)]


def test_the_forms_of_a_word_are_those_that_count_as_the_same_word():
    known = lexicon_of({"router": 1, "routers": 1, "routern": 1, "kabel": 1}, "de")
    assert set(known.forms("router", "de")) == {"router", "routers", "routern"}
    assert known.forms("stecker", "de") == ()


@pytest.fixture
def store(tmp_path: Path) -> TantivyIndex:
    store = TantivyIndex(tmp_path)
    store.learn(COLLECTION, {"router": 1})
    return store


def test_it_is_made_once_for_as_long_as_no_word_comes(store: TantivyIndex):
    lexicons = Lexicons(store)
    first = lexicons.of(COLLECTION, "de")
    assert lexicons.of(COLLECTION, "de") is first
    store.learn(COLLECTION, {"kabel": 1})
    assert lexicons.of(COLLECTION, "de").knows("kabel", "de")


def test_a_large_one_is_made_anew_beside_the_searches(
    store: TantivyIndex, monkeypatch: pytest.MonkeyPatch
):
    """They go on with the one before, and nobody waits."""
    monkeypatch.setattr(lexicon, "_SMALL", 0)
    lexicons = Lexicons(store)
    first = lexicons.of(COLLECTION, "de")
    go_on = Event()
    monkeypatch.setattr(lexicon, "lexicon_of", _after(go_on, lexicon_of))
    store.learn(COLLECTION, {"kabel": 1})
    assert [lexicons.of(COLLECTION, "de") for _ in range(3)] == [first] * 3
    go_on.set()
    within = monotonic() + PATIENCE
    while lexicons.of(COLLECTION, "de") is first and monotonic() < within:
        sleep(0.01)
    assert lexicons.of(COLLECTION, "de").knows("kabel", "de")


def _after(go_on: Event, make: Callable[..., object]) -> Callable[..., object]:
    def waiting(*args: object) -> object:
        go_on.wait(PATIENCE)
        return make(*args)

    return waiting
