"""German pieces are added; English is cut as before."""

from tokenizers import Tokenizer

from retrieval.engines.embedder import ENGLISH, bundled
from retrieval.training.vocabulary import widen
from tests.retrieval.training.sentences import PAIRS

GERMAN = [german for german, _ in PAIRS]
TEXTS = [english for _, english in PAIRS]
TEACHER = bundled(ENGLISH)


def cut(tokenizer: Tokenizer, text: str) -> list[str]:
    return tokenizer.encode(text, add_special_tokens=False).tokens


def plain() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(TEACHER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def test_german_takes_fewer_pieces_than_before():
    widened = widen(TEACHER, GERMAN, TEXTS, pieces=200).tokenizer
    before = sum(len(cut(plain(), text)) for text in GERMAN)
    assert sum(len(cut(widened, text)) for text in GERMAN) < 0.8 * before


def test_english_is_cut_as_before():
    widened = widen(TEACHER, GERMAN, TEXTS, pieces=200).tokenizer
    changed = [text for text in TEXTS if cut(widened, text) != cut(plain(), text)]
    assert len(changed) <= len(TEXTS) * 0.05


def test_ids_of_kept_pieces_stay_and_new_ones_have_their_own():
    found = widen(TEACHER, GERMAN, TEXTS, pieces=200)
    before, after = plain().get_vocab(), found.tokenizer.get_vocab()
    assert all(before[piece] == at for piece, at in after.items() if piece in before)
    assert len(set(after.values())) == len(after)
    assert not set(found.new) & set(before)
    assert {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"} <= set(after)


def test_no_more_pieces_than_wanted():
    assert len(widen(TEACHER, GERMAN, TEXTS, pieces=20).new) <= 20
