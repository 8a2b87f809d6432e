"""The model that comes along: small, described, and at home in two languages."""

import numpy as np
import pytest

from kb.config import EmbeddingPrecision
from kb.errors import EmbedderUnavailable
from retrieval.engines import embedder
from retrieval.engines.embedder import ENGLISH, SentenceTransformerEmbedder, bundled

TWINS = [
    ("Wie kündige ich meinen Vertrag?", "How do I cancel my contract?"),
    ("Meine Rechnung ist zu hoch.", "My bill is too high."),
    ("Das WLAN ist langsam.", "The wifi is slow."),
    ("Ich habe mein Kennwort vergessen.", "I forgot my password."),
    ("Wann kommt der Techniker?", "When is the technician coming?"),
    ("SIM-Karte sperren lassen", "Block a SIM card"),
]


def test_our_model_comes_along_and_takes_at_most_60_megabytes():
    folder = bundled("")
    assert folder is not None
    assert sum(file.stat().st_size for file in folder.rglob("*")) < 60_000_000


def test_its_card_names_data_licences_steps_and_limits():
    card = (bundled("") / "README.md").read_text()
    for word in ("license: apache-2.0", "CC-BY", "MIT", "sha256", "lotse model train", "Limits"):
        assert word in card


def test_a_folder_is_taken_as_it_is_and_a_name_of_the_hub_is_elsewhere(tmp_path):
    assert bundled(str(tmp_path)) == tmp_path
    assert bundled("sentence-transformers/LaBSE") is None
    assert (bundled(ENGLISH) / "tokenizer.json").is_file()


def test_without_its_files_the_model_is_unavailable(monkeypatch, tmp_path):
    monkeypatch.setattr(embedder, "_OURS", tmp_path / "gone")
    gone = SentenceTransformerEmbedder("", EmbeddingPrecision.AUTO)
    with pytest.raises(EmbedderUnavailable):
        _ = gone.digest
    with pytest.raises(EmbedderUnavailable):
        gone.embed(["text"])


@pytest.mark.model
def test_a_sentence_lies_nearest_to_its_own_translation():
    ours = SentenceTransformerEmbedder("", EmbeddingPrecision.AUTO)
    german = ours.embed([one for one, _ in TWINS])
    english = ours.embed([other for _, other in TWINS])
    assert (german @ english.T).argmax(axis=1).tolist() == list(range(len(TWINS)))
    assert (english @ german.T).argmax(axis=1).tolist() == list(range(len(TWINS)))
    assert np.allclose(np.linalg.norm(german, axis=1), 1, atol=1e-2)


@pytest.mark.model
def test_german_takes_few_pieces():
    ours = SentenceTransformerEmbedder("", EmbeddingPrecision.AUTO)
    english = SentenceTransformerEmbedder(ENGLISH, EmbeddingPrecision.AUTO)
    said = ["Kündigungsbestätigung per E-Mail erhalten", "Rechnungsanschrift ändern"]
    assert sum(ours.count_tokens(said)) < 0.7 * sum(english.count_tokens(said))
