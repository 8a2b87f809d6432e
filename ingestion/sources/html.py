"""HTML pages: built by Sphinx, saved from a site, or written by hand."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingestion import html
from ingestion.files import Root
from ingestion.records import Failure, Markup, RawDocument, Skipped
from ingestion.sources import folder
from ingestion.sources.folder import Rules

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_GENERATED = frozenset({"genindex", "search", "searchindex", "py-modindex", "modindex", "404"})


def read(root: Root) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every page but the generated ones."""
    return folder.read(root, Rules(Markup.HTML, SUFFIXES, _is_beside, _is_article))


def _is_beside(place: PurePosixPath) -> bool:
    return place.stem.lower() in _GENERATED


def _is_article(text: str) -> bool:
    return not html.is_generated(text)
