"""What every embedder does: the suite, and the engines that are held to it."""

import subprocess
import sys

import numpy as np
import pytest

from kb.config import EmbeddingPrecision
from kb.errors import EmbedderUnavailable
from retrieval.engines.choice import EQUAL, Way
from retrieval.engines.embedder import ENGLISH, SentenceTransformerEmbedder, batches
from retrieval.engines.embedder import bundled as bundled_folder
from retrieval.engines.offline import HashingEmbedder
from retrieval.engines.protocols import Embedder

TEXTS = [
    "Der Router blinkt rot.",
    "SIM",
    "Wie kündige ich meinen Vertrag, wenn ich umziehe und keinen Anschluss mehr brauche?",
    "Der Router blinkt rot und das Internet geht nicht.",
]


class EmbedderSuite:
    """The same questions to every embedder."""

    def test_every_text_has_a_vector_of_length_one(self, embedder: Embedder):
        found = embedder.embed(TEXTS)
        assert found.dtype == np.float32
        assert found.shape[0] == len(TEXTS)
        assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=0.01)

    def test_vectors_come_in_the_order_of_the_texts(self, embedder: Embedder):
        together = embedder.embed(TEXTS)
        alone = np.vstack([embedder.embed([text]) for text in TEXTS])
        assert (together @ alone.T).argmax(axis=1).tolist() == list(range(len(TEXTS)))
        assert np.allclose((together * alone).sum(axis=1), 1, atol=0.02)

    def test_the_same_text_has_the_same_vector(self, embedder: Embedder):
        assert np.array_equal(embedder.embed(TEXTS[:1]), embedder.embed(TEXTS[:1]))

    def test_texts_about_one_thing_are_nearer_than_others(self, embedder: Embedder):
        found = embedder.embed(TEXTS)
        assert found[0] @ found[3] > found[0] @ found[2]

    def test_no_text_is_no_vector(self, embedder: Embedder):
        assert len(embedder.embed([])) == 0

    @pytest.mark.parametrize("text", ["", " ", "🛜", "漢字", "x" * 50_000, "a\n\nb", "\x00"])
    def test_any_text_has_a_vector(self, embedder: Embedder, text: str):
        (found,) = embedder.embed([text])
        assert np.isfinite(found).all()
        assert np.linalg.norm(found) == pytest.approx(1, abs=0.01)

    def test_tokens_are_counted_beyond_what_the_model_reads(self, embedder: Embedder):
        short, long = embedder.count_tokens(["Router", "Router " * 3_000])
        assert 0 < short < embedder.max_tokens < long

    def test_it_says_who_it_is(self, embedder: Embedder):
        assert embedder.digest
        assert embedder.digest == embedder.digest


class TestHashingEmbedder(EmbedderSuite):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return HashingEmbedder()


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    """The model of the default configuration, loaded once."""
    return SentenceTransformerEmbedder("", EmbeddingPrecision.AUTO)


@pytest.mark.model
class TestSentenceTransformerEmbedder(EmbedderSuite):
    @pytest.fixture
    def embedder(self, bundled: Embedder) -> Embedder:
        return bundled

    def test_what_the_model_cannot_read_does_not_count(self, embedder: Embedder):
        kept = "Der Router blinkt rot. " * 100
        cut, longer = embedder.embed([kept, kept + "Die Rechnung ist falsch. " * 100])
        assert cut @ longer == pytest.approx(1, abs=0.01)

    def test_both_precisions_mean_the_same(self, embedder: Embedder):
        precise = SentenceTransformerEmbedder("", EmbeddingPrecision.FP32).embed(TEXTS)
        assert (embedder.embed(TEXTS) * precise).sum(axis=1).min() > 0.99


@pytest.mark.model
@pytest.mark.parametrize("name", ["", ENGLISH])
def test_without_padding_the_same_is_computed(name: str):
    """Texts of many lengths, empty, longer than is read, and several of one length."""
    embedder = SentenceTransformerEmbedder(name, EmbeddingPrecision.FP32)
    texts = ["", *TEXTS, "Router " * 400, TEXTS[0], "🛜 漢字", TEXTS[2] * 5]
    packed, library = (
        embedder._load(way).rows(texts)  # noqa: SLF001  # both ways of one model
        for way in (Way.PACKED_FP32, Way.LIBRARY_FP32)
    )
    assert np.abs(packed - library).max() < 1e-5


@pytest.mark.model
def test_a_text_has_the_same_vector_alone_and_in_company(bundled: Embedder):
    together = bundled.embed(TEXTS * 30)
    alone = np.vstack([bundled.embed([text]) for text in TEXTS])
    assert (together[: len(TEXTS)] * alone).sum(axis=1).min() > EQUAL


@pytest.mark.model
def test_what_a_model_reads_is_known_without_loading_it():
    for name in ("", ENGLISH):
        folder = bundled_folder(name)
        code = (
            "import sys; from kb.config import EmbeddingPrecision as P;"
            "from retrieval.engines.embedder import SentenceTransformerEmbedder as E;"
            f"print(E({str(folder)!r}, P.AUTO).max_tokens, 'torch' in sys.modules)"
        )
        done = subprocess.run(  # noqa: S603  # our own interpreter
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["256", "False"]


def test_a_batch_is_as_large_as_its_tokens_allow_and_the_longest_come_first():
    sizes = [3, 100, 7, 250, 100, 256, 1]
    made = list(batches(sizes, limit=512))
    assert made == [[5, 3], [1, 4, 2, 0, 6]]
    assert list(batches([9_000, 1], limit=512)) == [[0], [1]]
    assert list(batches([], limit=512)) == []


@pytest.mark.model
def test_a_model_that_is_not_there_is_told_as_such(tmp_path):
    empty = SentenceTransformerEmbedder(str(tmp_path), EmbeddingPrecision.AUTO)
    with pytest.raises(EmbedderUnavailable):
        empty.embed(["Router"])


def test_other_weights_are_another_model(tmp_path):
    for name, weights in (("a", b"1"), ("b", b"2"), ("c", b"1")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(weights)
    a, b, c = (
        SentenceTransformerEmbedder(str(tmp_path / name), EmbeddingPrecision.AUTO).digest
        for name in "abc"
    )
    assert a == c != b
