"""The model that learns: the teacher with more pieces, German ones starting with a meaning.

A new piece starts as the mean of the teacher's pieces that translate it, so that the first German
sentence already lands near its English twin.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.training.alignment import translations
from retrieval.training.parallel import Pair
from retrieval.training.vocabulary import Widened, widen

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch.nn import Embedding

_ALIGNED = 150_000
"""Sentences that translations of pieces are counted from; more changed little and cost memory."""
_FEWEST_SEEN = 1e-6


def build(
    teacher: Path, pairs: Sequence[Pair], *, pieces: int, out: Path
) -> "SentenceTransformer":
    """Make the student's files in `out` and return it.

    Args:
        teacher: the folder of the model that teaches.
        pairs: parallel sentences to learn pieces and their translations from.
        pieces: German pieces to add at most; 0 keeps the teacher's vocabulary.
        out: where the files go; it is emptied first.
    """
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # seconds to import

    model = SentenceTransformer(str(teacher), device="cpu", local_files_only=True)
    shutil.rmtree(out, ignore_errors=True)
    model.save(str(out), create_model_card=False)
    if not pieces:
        return model
    english = [pair.english for pair in pairs]
    widened = widen(teacher, [pair.german for pair in pairs], english, pieces=pieces)
    _give_meaning(model, widened, pairs[:_ALIGNED])
    model.save(str(out), create_model_card=False)
    widened.tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    return SentenceTransformer(str(out), device="cpu", local_files_only=True)


def _give_meaning(model: "SentenceTransformer", widened: Widened, pairs: Sequence[Pair]) -> None:
    import torch  # noqa: PLC0415  # seconds to import

    transformer: Any = model[0].auto_model
    taught = transformer.get_input_embeddings().weight.detach().numpy().copy()
    transformer.resize_token_embeddings(widened.size, mean_resizing=False)
    table = translations(
        _ids(widened.tokenizer, [pair.german for pair in pairs]),
        _ids(widened.tokenizer, [pair.english for pair in pairs]),
        size=widened.size,
    ).tocsr()
    is_taught = np.ones(widened.size, dtype=bool)
    is_taught[list(widened.new.values())] = False
    usable = table[:, : len(taught)] * is_taught[: len(taught)]
    meant = usable @ taught
    weight = np.asarray(usable.sum(axis=1)).ravel()
    cut = _teacher_cuts(widened)
    grown: Embedding = transformer.get_input_embeddings()
    with torch.no_grad():
        for piece, at in widened.new.items():
            if weight[at] > _FEWEST_SEEN:
                start = meant[at] / weight[at]
            else:
                start = taught[cut[piece]].mean(axis=0)
            grown.weight[at] = torch.from_numpy(np.asarray(start, dtype=np.float32))


def _teacher_cuts(widened: Widened) -> dict[str, list[int]]:
    """Return how the teacher's vocabulary would cut each new piece: a start for unseen ones."""
    return {
        piece: widened.tokenizer.encode(" ".join(piece.removeprefix("##"))).ids[1:-1]
        for piece in widened.new
    }


def _ids(
    tokenizer: "Tokenizer", texts: Sequence[str]
) -> list[np.ndarray[tuple[int], np.dtype[np.int32]]]:
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.array(one.ids, dtype=np.int32) for one in encoded]
