"""A corpus of documents, one per line, as evaluations use it. `orig_title` is never read."""

import re
from collections.abc import Iterator, Mapping

from ingestion import files, language
from ingestion.files import Root
from ingestion.records import Failure, Markup, Meta, RawDocument, Skipped, Unreadable
from ingestion.sources import jsonl

SUFFIXES = frozenset({".jsonl"})
NAME = "corpus.jsonl"
_PAIRED = re.compile(r"(.{1,500})::(de|en)", re.DOTALL)


def identity(document_id: str) -> tuple[str, str | None]:
    """Return article key and language of a document id: `x::de` and `x::en` are one article.

    >>> identity("wifi::de"), identity("t1_a0")
    (('wifi', 'de'), ('t1_a0', None))
    """
    found = _PAIRED.fullmatch(document_id)
    return (found.group(1), found.group(2)) if found else (document_id, None)


def read(root: Root) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every document of the corpus."""
    for path in files.walk(root, SUFFIXES):
        if root.chosen.is_dir() and path.name != NAME:
            continue
        for found in jsonl.entries(path, root):
            yield found if isinstance(found, Failure) else _document(*found)


def _document(origin: str, entry: Mapping[str, object]) -> RawDocument | Failure:
    document_id, text = jsonl.text(entry, "_id", "id"), jsonl.text(entry, "text")
    if not document_id or not text.strip():
        return Failure(origin, "has no _id or no text")
    key, locale = identity(document_id)
    try:
        locale = locale or language.of_code(jsonl.text(entry, "lang", "language"))
    except Unreadable as error:
        return Failure(origin, str(error), key)
    meta = Meta(title=jsonl.text(entry, "title"))
    return RawDocument(key, origin, Markup.PLAIN, text, locale=locale, meta=meta)
