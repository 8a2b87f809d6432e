"""HTML pages: built by Sphinx, saved from a site, or written by hand."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingestion import files, html, language
from ingestion.files import Root
from ingestion.records import Failure, Markup, RawDocument, Skipped, Unreadable

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_GENERATED = frozenset({"genindex", "search", "searchindex", "py-modindex", "modindex", "404"})


def read(root: Root) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every page but the generated ones."""
    for path in files.walk(root, SUFFIXES):
        origin = root.relative(path)
        key, locale = language.split_path(origin)
        if PurePosixPath(origin).stem.lower() in _GENERATED:
            yield Skipped(origin)
            continue
        try:
            text = files.read_text(path, root)
        except Unreadable as error:
            yield Failure(origin, str(error), key)
            continue
        if html.is_generated(text):
            yield Skipped(origin)
            continue
        yield RawDocument(
            key=key,
            origin=origin,
            markup=Markup.HTML,
            text=text,
            locale=locale,
            folder=str(PurePosixPath(origin).parent).removeprefix("."),
        )
