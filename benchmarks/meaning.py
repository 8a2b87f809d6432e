"""Embedding: the configured precision, sorted by length, against fp32 as everybody runs it."""

from collections.abc import Sequence

from benchmarks.paired import Paired, paired
from kb.config import EmbeddingPrecision
from retrieval.engines.embedder import SentenceTransformerEmbedder


def measure(texts: Sequence[str]) -> Paired:
    """Embed the same passages both ways."""
    chosen = SentenceTransformerEmbedder("", EmbeddingPrecision.AUTO)
    usual = SentenceTransformerEmbedder("", EmbeddingPrecision.FP32)
    return paired(
        f"embedding {len(texts)} passages",
        ours=lambda: chosen.embed(texts),
        plain=lambda: usual.embed(texts),
        rounds=5,
    )
