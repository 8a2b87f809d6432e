"""Give an English word-piece vocabulary the German pieces it lacks.

An English vocabulary cuts German into many short, meaningless pieces. New pieces take the places
of ones no German or English text uses (other scripts, unused slots), the rest follows at the end.
Pieces that would cut common English words differently are left out, so that English stays English.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

_LATIN = re.compile(r"(##)?[\x00-\x7f\u00a1-\u024f\u2010-\u203a€°™]+")
_UNUSED = re.compile(r"\[unused\d+\]")
_MOST_ENGLISH = 0.1
"""A new piece may turn up in English at most this often, as a share of its use in German."""
_CANDIDATES = 1.6
"""Pieces learnt for each that is wanted: many are known already, some are too English."""
_BATCH = 20_000


@dataclass(frozen=True)
class Widened:
    """The new tokenizer, and which ids hold pieces that the teacher does not have."""

    tokenizer: Tokenizer
    new: dict[str, int]

    @property
    def size(self) -> int:
        return int(self.tokenizer.get_vocab_size())


def widen(folder: Path, german: Sequence[str], english: Sequence[str], *, pieces: int) -> Widened:
    """Return the tokenizer of a model folder with German pieces added.

    Args:
        folder: the teacher's files, with a word-piece `tokenizer.json`.
        german: sentences to learn pieces from.
        english: sentences that must be cut as before, or nearly so.
        pieces: how many new pieces at most.
    """
    stored = json.loads((folder / "tokenizer.json").read_text())
    stored["truncation"] = stored["padding"] = None
    known: dict[str, int] = stored["model"]["vocab"]
    learnt = _learn(german, round(pieces * _CANDIDATES) + len(known) // 4)
    wanted = [piece for piece in learnt if piece not in known]
    trial = _tokenizer(stored, known, wanted)
    of_german, of_english = _uses(trial, german), _uses(trial, english)
    german_share, english_share = 1 / max(len(german), 1), 1 / max(len(english), 1)
    kept = [
        piece
        for piece in wanted
        if of_german[piece] * german_share * _MOST_ENGLISH > of_english[piece] * english_share
    ]
    kept = sorted(kept, key=lambda piece: -of_german[piece])[:pieces]
    widened = _tokenizer(stored, known, kept)
    return Widened(widened, {piece: widened.get_vocab()[piece] for piece in kept})


def _tokenizer(
    stored: dict[str, dict[str, object]], known: dict[str, int], new: Sequence[str]
) -> Tokenizer:
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    free = sorted(
        at
        for piece, at in known.items()
        if piece not in special and (_UNUSED.fullmatch(piece) or not _LATIN.fullmatch(piece))
    )
    places = [*free, *range(len(known), len(known) + len(new))][: len(new)]
    gone = set(places)
    vocabulary = {piece: at for piece, at in known.items() if at not in gone}
    vocabulary |= dict(zip(new, places, strict=True))
    changed = stored | {"model": stored["model"] | {"vocab": vocabulary}}
    return Tokenizer.from_str(json.dumps(changed, ensure_ascii=False))


def _learn(german: Sequence[str], size: int) -> list[str]:
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106  # no password
    learner.normalizer = normalizers.BertNormalizer(lowercase=True)
    learner.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=5, show_progress=False, special_tokens=["[UNK]"]
    )
    learner.train_from_iterator(german, trainer)
    by_id = sorted(learner.get_vocab().items(), key=lambda entry: entry[1])
    return [piece for piece, _ in by_id if _is_word(piece)]


def _is_word(piece: str) -> bool:
    bare = piece.removeprefix("##")
    return len(bare) > 1 and bare.isalpha() and _LATIN.fullmatch(piece) is not None


def _uses(tokenizer: Tokenizer, texts: Sequence[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for at in range(0, len(texts), _BATCH):
        for one in tokenizer.encode_batch(list(texts[at : at + _BATCH]), add_special_tokens=False):
            counted.update(one.tokens)
    return counted
