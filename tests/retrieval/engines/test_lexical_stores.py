"""What every lexical store does: the suite, and the store that is held to it."""

from pathlib import Path
from time import monotonic, sleep

import pytest
import tantivy

from kb.errors import IndexUnavailable
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.protocols import LexicalEntry, LexicalStore
from tests.world import canary

ONE, OTHER = "public-de-0123456789ab-1", "staff-de-0123456789ab-1"
PATIENCE = 10
"""Seconds; a reader looks for what is new twice a second."""


def entry(source: int, body: str, *, ordinal: int = 1, title: str = "") -> LexicalEntry:
    return LexicalEntry(f"r{source}.{ordinal}", source, title.split(), (), body.split())


def found(store: LexicalStore, *asked: str, collection: str = ONE, limit: int = 10) -> list[str]:
    weighted = dict.fromkeys(asked, 1.0)
    return [one.chunk_id for one in store.best(collection, weighted, limit=limit)]


class LexicalStoreSuite:
    """The same questions to every store."""

    def test_what_was_never_filled_is_empty(self, store: LexicalStore):
        assert found(store, "rout") == []
        assert (store.ids(ONE), store.sources(ONE), store.size(ONE)) == (set(), set(), 0)
        assert (store.frequency(ONE, "rout"), dict(store.vocabulary(ONE))) == (0, {})
        store.remove(ONE, [1])
        store.drop(ONE)

    def test_chunks_with_the_asked_terms_come_best_first(self, store: LexicalStore):
        store.add(ONE, [entry(1, "rout neu start"), entry(2, "rout"), entry(3, "rechnung")])
        assert found(store, "rout", "start")[0] == "r1.1"
        assert set(found(store, "rout", "start")) == {"r1.1", "r2.1"}
        assert found(store, "unbekannt") == []
        assert found(store) == []

    def test_a_rare_term_says_more_than_a_common_one(self, store: LexicalStore):
        common = [entry(n, "rout wlan") for n in range(1, 9)]
        store.add(ONE, [*common, entry(9, "rout kabel"), entry(10, "wlan strom")])
        assert found(store, "wlan", "strom")[0] == "r10.1"

    def test_a_term_in_the_title_counts_more(self, store: LexicalStore):
        inside = entry(1, "rout neu start", title="wlan kabel")
        store.add(ONE, [inside, entry(2, "neu start wlan", title="rout")])
        assert found(store, "rout") == ["r2.1", "r1.1"]

    def test_a_weight_moves_the_order(self, store: LexicalStore):
        store.add(ONE, [entry(1, "rout"), entry(2, "kabel")])
        for heavy, first in (("rout", "r1.1"), ("kabel", "r2.1")):
            weighted = {"rout": 0.5, "kabel": 0.5} | {heavy: 1.0}
            assert store.best(ONE, weighted, limit=1)[0].chunk_id == first

    def test_scores_are_positive_and_no_more_come_than_asked_for(self, store: LexicalStore):
        store.add(ONE, [entry(n, "rout") for n in range(1, 6)])
        best = store.best(ONE, {"rout": 1.0}, limit=3)
        assert len(best) == 3
        assert all(one.score > 0 for one in best)

    def test_a_chunk_that_comes_again_replaces_itself(self, store: LexicalStore):
        store.add(ONE, [entry(1, "alt")])
        store.add(ONE, [entry(1, "neu")])
        assert (found(store, "alt"), found(store, "neu")) == ([], ["r1.1"])
        assert store.size(ONE) == 1

    def test_a_removed_source_takes_all_its_chunks_along(self, store: LexicalStore):
        store.add(ONE, [entry(1, "rout"), entry(1, "rout", ordinal=2), entry(2, "rout")])
        store.remove(ONE, [1])
        assert store.ids(ONE) == {"r2.1"}
        assert store.sources(ONE) == {2}
        assert found(store, "rout") == ["r2.1"]

    def test_it_says_which_of_some_sources_it_has(self, store: LexicalStore):
        store.add(ONE, [entry(1, "rout"), entry(1, "rout", ordinal=2), entry(2, "rout")])
        assert store.sources(ONE, among={1, 3}) == {1}
        assert store.sources(ONE, among={3}) == store.sources(ONE, among=()) == set()
        assert store.sources(OTHER, among={1}) == set()

    def test_it_counts_chunks_and_terms(self, store: LexicalStore):
        store.add(ONE, [entry(1, "rout rout"), entry(2, "rout kabel"), entry(3, "kabel")])
        assert store.size(ONE) == 3
        assert store.frequency(ONE, "rout") == 2
        assert store.ids(ONE) == {"r1.1", "r2.1", "r3.1"}
        assert store.sources(ONE) == {1, 2, 3}

    @pytest.mark.parametrize(
        "term", ["and", "or", "title:x", '"', "(", "a*", "0x80070005", "größe", "漢字", "\\", "^2"]
    )
    def test_a_term_is_only_a_term(self, store: LexicalStore, term: str):
        store.add(ONE, [entry(1, f"vorher {term} nachher"), entry(2, "vorher nachher")])
        assert found(store, term) == ["r1.1"]

    def test_it_learns_words_and_adds_their_counts(self, store: LexicalStore):
        store.learn(ONE, {"router": 2})
        store.learn(ONE, {"router": 1, "größe": 4})
        assert dict(store.vocabulary(ONE)) == {"router": 3, "größe": 4}
        assert dict(store.vocabulary(OTHER)) == {}

    def test_collections_know_nothing_of_each_other(self, store: LexicalStore):
        store.add(ONE, [entry(1, "rout")])
        store.add(OTHER, [entry(2, "rout")])
        store.learn(OTHER, {"router": 1})
        store.drop(OTHER)
        assert found(store, "rout") == ["r1.1"]
        assert found(store, "rout", collection=OTHER) == []
        assert (store.size(OTHER), dict(store.vocabulary(OTHER))) == (0, {})

    def test_a_dropped_collection_can_be_filled_again(self, store: LexicalStore):
        store.add(ONE, [entry(1, "alt")])
        store.drop(ONE)
        store.add(ONE, [entry(2, "neu")])
        assert store.ids(ONE) == {"r2.1"}


class TestTantivyIndex(LexicalStoreSuite):
    @pytest.fixture
    def store(self, tmp_path: Path) -> LexicalStore:
        return TantivyIndex(tmp_path)

    def test_a_new_process_finds_what_was_kept(self, store: LexicalStore, tmp_path: Path):
        store.add(ONE, [entry(1, "rout")])
        store.learn(ONE, {"router": 1})
        again = TantivyIndex(tmp_path)
        assert found(again, "rout") == ["r1.1"]
        assert dict(again.vocabulary(ONE)) == {"router": 1}

    def test_a_reader_sees_what_a_writer_adds_meanwhile(self, store: LexicalStore, tmp_path: Path):
        reader = TantivyIndex(tmp_path)
        store.add(ONE, [entry(1, "rout")])
        store.learn(ONE, {"router": 1})
        assert (found(reader, "rout"), dict(reader.vocabulary(ONE))) == (["r1.1"], {"router": 1})
        store.add(ONE, [entry(2, "rout")])
        store.learn(ONE, {"kabel": 1})
        assert dict(reader.vocabulary(ONE)) == {"router": 1, "kabel": 1}
        within = monotonic() + PATIENCE
        while len(found(reader, "rout")) < 2 and monotonic() < within:
            sleep(0.05)
        assert set(found(reader, "rout")) == {"r1.1", "r2.1"}

    def test_it_keeps_terms_and_ids_but_no_text(self, store: LexicalStore, tmp_path: Path):
        secret, other = canary(), canary()
        store.add(ONE, [entry(1, f"vorher {secret} {other} nachher")])
        index = tantivy.Index.open(str(tmp_path / ONE))
        searcher = index.searcher()
        (hit,) = searcher.search(tantivy.Query.all_query(), 5).hits
        assert set(searcher.doc(hit[1]).to_dict()) == {"chunk_id", "source_id"}
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        held = b"".join(path.read_bytes() for path in files)
        assert f"{secret} {other}".encode() not in held
        assert found(store, secret) == ["r1.1"]

    def test_the_order_of_words_cannot_be_read_back(self, store: LexicalStore, tmp_path: Path):
        store.add(ONE, [entry(1, "neu start")])
        index = tantivy.Index.open(str(tmp_path / ONE))
        phrase = tantivy.Query.phrase_query(index.schema, "body", ["neu", "start"])
        with pytest.raises(ValueError, match="position"):
            index.searcher().search(phrase, 5)

    def test_broken_files_are_told_as_such(self, store: LexicalStore, tmp_path: Path):
        store.add(ONE, [entry(1, "rout")])
        for path in (tmp_path / ONE).iterdir():
            path.write_bytes(b"this is no index")
        with pytest.raises(IndexUnavailable):
            found(TantivyIndex(tmp_path), "rout")

    def test_a_vocabulary_cut_short_is_no_vocabulary(self, store: LexicalStore, tmp_path: Path):
        store.learn(ONE, {"router": 1})
        (tmp_path / ONE / "vocabulary.json").write_text('{"rou')
        assert dict(TantivyIndex(tmp_path).vocabulary(ONE)) == {}


def test_an_index_of_an_earlier_lotse_with_fewer_fields_is_still_read(folder: Path):
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("chunk_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("source_id", stored=True, indexed=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    (folder / ONE).mkdir(parents=True)
    index = tantivy.Index(builder.build(), path=str(folder / ONE))
    writer = index.writer()
    writer.add_document(tantivy.Document(chunk_id="r1.1", source_id=1, body="rout neu"))
    writer.commit()
    writer.wait_merging_threads()
    store = TantivyIndex(folder)
    assert found(store, "rout") == ["r1.1"]
    assert store.frequency(ONE, "rout") == 1
    with pytest.raises(IndexUnavailable):
        store.add(ONE, [entry(2, "rout")])
