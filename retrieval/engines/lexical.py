"""Lexical search in tantivy over our own terms. A folder per collection; ids and terms, no text.

Terms arrive analysed and are joined by spaces for a white-space tokenizer. Queries are built from
terms; a person's words never reach a query parser.
"""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import tantivy

from kb.errors import IndexUnavailable
from retrieval.engines.protocols import LexicalEntry, Scored
from retrieval.engines.vocabulary import Vocabulary
from retrieval.language.steps import ALL, Steps

FIELDS = {"title": 2.0, "phrases": 2.0, "section": 1.3, "body": 1.0}
"""Field -> weight; set by judgement. A dozen other mixes won on one set what they lost on another.

No set has phrases, so their weight is that of a title.
"""

_WRITER_BYTES = 50_000_000
_VOCABULARY = "vocabulary.json"


class TantivyIndex:
    """One process writes a folder; any number may read it."""

    def __init__(
        self, folder: Path, *, steps: Steps = ALL, fields: Mapping[str, float] = FIELDS
    ) -> None:
        self.steps = steps
        self._folder = folder
        self._fields = fields
        self._open: dict[str, tantivy.Index] = {}
        self._written: set[str] = set()
        """Collections this process writes: nobody else does, so it knows when there is news."""
        self._words: dict[str, Vocabulary] = {}
        self._has: dict[str, Mapping[str, float]] = {}
        self._lock = Lock()

    def add(self, collection: str, entries: Sequence[LexicalEntry]) -> None:
        with self._writing(collection) as writer:
            for entry in entries:
                writer.delete_documents_by_term("chunk_id", entry.chunk_id)
                writer.add_document(_document(entry))

    def remove(self, collection: str, source_ids: Sequence[int]) -> None:
        if not self._exists(collection):
            return
        with self._writing(collection) as writer:
            for source_id in source_ids:
                writer.delete_documents_by_term("source_id", source_id)

    def best(self, collection: str, weighted: Mapping[str, float], *, limit: int) -> list[Scored]:
        if not weighted or not self._exists(collection):
            return []
        with _mapped():
            searcher = self._index(collection).searcher()
            # to count what matches would take a look at every match, not only at the best
            found = searcher.search(self._query(collection, weighted), limit, count=False)
            return [
                Scored(searcher.doc(address)["chunk_id"][0], score)
                for score, address in found.hits
            ]

    def frequency(self, collection: str, term: str) -> int:
        if not self._exists(collection):
            return 0
        with _mapped():
            searcher, fields = self._index(collection).searcher(), self._asked(collection)
            return max((int(searcher.doc_freq(field, term)) for field in fields), default=0)

    def size(self, collection: str) -> int:
        if not self._exists(collection):
            return 0
        with _mapped():
            return int(self._index(collection).searcher().num_docs)

    def ids(self, collection: str) -> set[str]:
        return {str(chunk_id) for chunk_id, _ in self._entries(collection)}

    def sources(self, collection: str, *, among: Collection[int] | None = None) -> set[int]:
        return {source_id for _, source_id in self._entries(collection, among)}

    def learn(self, collection: str, words: Mapping[str, int]) -> None:
        with _mapped():
            self._vocabulary(collection).learn(words)

    def vocabulary(self, collection: str) -> Mapping[str, int]:
        return self._vocabulary(collection).words()

    def drop(self, collection: str) -> None:
        self._open.pop(collection, None)
        self._has.pop(collection, None)
        self._written.discard(collection)
        self._words.pop(collection, None)
        shutil.rmtree(self._path(collection), ignore_errors=True)

    def copied(self, collections: Collection[str], folder: Path) -> "TantivyIndex":
        """Return an index of its own of these collections, to be changed and thrown away.

        Files of the library are never written again, so both have the same ones; it is made in
        no time. The folder must be on the same disk.
        """
        with _mapped(), self._lock:
            for collection in collections:
                for file in self._path(collection).glob("*"):
                    target = folder / collection / file.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    if file.name == _VOCABULARY:  # this one grows
                        shutil.copyfile(file, target)
                    elif not file.name.endswith(".lock"):
                        target.hardlink_to(file)
        return TantivyIndex(folder, steps=self.steps, fields=self._fields)

    def _entries(
        self, collection: str, among: Collection[int] | None = None
    ) -> list[tuple[str, int]]:
        if not self._exists(collection):
            return []
        with _mapped():
            index = self._index(collection)
            searcher = index.searcher()
            asked = tantivy.Query.all_query()
            if among is not None:
                asked = tantivy.Query.term_set_query(index.schema, "source_id", list(among))
            found = searcher.search(asked, max(searcher.num_docs, 1), count=False)
            documents = [searcher.doc(address) for _, address in found.hits]
        return [(one["chunk_id"][0], int(one["source_id"][0])) for one in documents]

    def _query(self, collection: str, weighted: Mapping[str, float]) -> tantivy.Query:
        schema = self._index(collection).schema
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(schema, field, term, "freq"), weight * field_weight
                ),
            )
            for term, weight in weighted.items()
            for field, field_weight in self._asked(collection).items()
        ]
        return tantivy.Query.boolean_query(clauses)

    def _asked(self, collection: str) -> Mapping[str, float]:
        """Return the fields to ask, of those it has: one of an earlier Lotse may have fewer."""
        if collection not in self._has:
            schema = self._index(collection).schema
            self._has[collection] = {
                field: weight for field, weight in self._fields.items() if _is_in(schema, field)
            }
        return self._has[collection]

    @contextmanager
    def _writing(self, collection: str) -> Iterator[tantivy.IndexWriter]:
        with self._lock, _mapped():
            index = self._index(collection, to_write=True)
            writer = index.writer(_WRITER_BYTES, 1)
            try:
                yield writer
                writer.commit()
            finally:
                writer.wait_merging_threads()
            index.reload()

    def _vocabulary(self, collection: str) -> Vocabulary:
        path = self._path(collection) / _VOCABULARY
        return self._words.setdefault(collection, Vocabulary(path))

    def _path(self, collection: str) -> Path:
        return self._folder / collection

    def _exists(self, collection: str) -> bool:
        return collection in self._open or (self._path(collection) / "meta.json").is_file()

    def _index(self, collection: str, *, to_write: bool = False) -> tantivy.Index:
        if collection not in self._open or (to_write and collection not in self._written):
            path = self._path(collection)
            if to_write:
                path.mkdir(parents=True, exist_ok=True)
            is_there = (path / "meta.json").is_file()
            index = (
                tantivy.Index.open(str(path))
                if is_there and not to_write
                else tantivy.Index(_schema(), path=str(path), reuse=True)
            )
            spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            index.register_tokenizer("terms", spaces)
            if to_write:
                # a reader that watches the folder may still be taking over the commit before,
                # and would put it in the place of the one just made
                index.config_reader(reload_policy="manual")
                self._written.add(collection)
            self._open[collection] = index
        return self._open[collection]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("chunk_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("source_id", stored=True, indexed=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _is_in(schema: tantivy.Schema, field: str) -> bool:
    try:
        tantivy.Query.term_query(schema, field, "", "freq")
    except ValueError:
        return False
    return True


def _document(entry: LexicalEntry) -> tantivy.Document:
    return tantivy.Document(
        chunk_id=entry.chunk_id,
        source_id=entry.source_id,
        title=" ".join(entry.title),
        phrases=" ".join(entry.phrases),
        section=" ".join(entry.section),
        body=" ".join(entry.body),
    )


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise IndexUnavailable from error
