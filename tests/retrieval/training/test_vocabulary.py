"""German pieces are added; English is cut as before."""

from functools import cache

import pytest
from tokenizers import Tokenizer

from retrieval.engines.embedder import ENGLISH, bundled
from retrieval.training.vocabulary import Widened, widen
from tests.retrieval.training.sentences import PAIRS

GERMAN = [german for german, _ in PAIRS]
TEXTS = [english for _, english in PAIRS]
TEACHER = bundled(ENGLISH)


def cut(tokenizer: Tokenizer, text: str) -> list[str]:
    return tokenizer.encode(text, add_special_tokens=False).tokens


@cache
def plain() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(TEACHER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@pytest.fixture(scope="module")
def widened() -> Widened:
    return widen(TEACHER, GERMAN, TEXTS, pieces=200)


def test_german_takes_fewer_pieces_than_before(widened):
    before = sum(len(cut(plain(), text)) for text in GERMAN)
    assert sum(len(cut(widened.tokenizer, text)) for text in GERMAN) < 0.8 * before


def test_english_is_cut_as_before(widened):
    changed = [text for text in TEXTS if cut(widened.tokenizer, text) != cut(plain(), text)]
    assert len(changed) <= len(TEXTS) * 0.05


def test_ids_of_kept_pieces_stay_and_new_ones_have_their_own(widened):
    before, after = plain().get_vocab(), widened.tokenizer.get_vocab()
    assert all(before[piece] == at for piece, at in after.items() if piece in before)
    assert len(set(after.values())) == len(after)
    assert not set(widened.new) & set(before)
    assert {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"} <= set(after)


def test_no_more_pieces_than_wanted():
    assert len(widen(TEACHER, GERMAN, TEXTS, pieces=20).new) <= 20
