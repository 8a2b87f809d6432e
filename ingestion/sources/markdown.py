"""Markdown files: a folder of articles as Hugo, Jekyll, DocFX or a person keeps it."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingestion import files, frontmatter, language
from ingestion.files import Root
from ingestion.records import Failure, Markup, RawDocument, Skipped, Unreadable

SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
_INCLUDES = frozenset({"includes", "include", "_includes", "snippets", "shortcodes", "partials"})
_CONTENTS = frozenset({"toc", "_sidebar", "_navbar", "summary"})


def read(root: Root) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every article; what only lives inside others, or lists them, is skipped."""
    for path in files.walk(root, SUFFIXES):
        origin = root.relative(path)
        key, locale = language.split_path(origin)
        parts = PurePosixPath(origin.lower()).parts
        if _INCLUDES.intersection(parts[:-1]) or PurePosixPath(parts[-1]).stem in _CONTENTS:
            yield Skipped(origin)
            continue
        try:
            text = files.read_text(path, root).replace("\r\n", "\n")
            values, _ = frontmatter.split(text)
        except Unreadable as error:
            yield Failure(origin, str(error), key)
            continue
        if frontmatter.is_include(values):
            yield Skipped(origin)
            continue
        yield RawDocument(
            key=key,
            origin=origin,
            markup=Markup.MARKDOWN,
            text=text,
            locale=locale,
            folder=str(PurePosixPath(origin).parent).removeprefix("."),
        )
