"""Markdown files: a folder of articles as Hugo, Jekyll, DocFX or a person keeps it."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingestion import frontmatter
from ingestion.files import Root
from ingestion.records import Failure, Markup, RawDocument, Skipped
from ingestion.sources import folder
from ingestion.sources.folder import Rules

SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
INCLUDES = frozenset({"includes", "include", "_includes", "snippets", "shortcodes", "partials"})
CONTENTS = frozenset({"toc", "_sidebar", "_navbar", "summary"})


def read(root: Root) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every article; what only lives inside others, or lists them, is skipped."""
    return folder.read(root, Rules(Markup.MARKDOWN, SUFFIXES, _is_beside, _is_article))


def _is_beside(place: PurePosixPath) -> bool:
    *folders, name = PurePosixPath(str(place).lower()).parts
    return not INCLUDES.isdisjoint(folders) or PurePosixPath(name).stem in CONTENTS


def _is_article(text: str) -> bool:
    values, _ = frontmatter.split(text.replace("\r\n", "\n"))
    return not frontmatter.is_include(values)
