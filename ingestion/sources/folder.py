"""A folder with a file for every article: walk it, tell what is one, read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingestion import files, language
from ingestion.files import Root
from ingestion.records import Failure, Markup, RawDocument, Skipped, Unreadable


@dataclass(frozen=True)
class Rules:
    """What tells an article from what stands beside it."""

    markup: Markup
    suffixes: frozenset[str]
    is_beside: Callable[[PurePosixPath], bool]
    """Whether the place of a file says that it is none."""
    is_article: Callable[[str], bool]
    """Whether its text is one; raises Unreadable if nobody can tell."""


def read(root: Root, rules: Rules) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every article."""
    for path in files.walk(root, rules.suffixes):
        origin = root.relative(path)
        key, locale = language.split_path(origin)
        place = PurePosixPath(origin)
        if rules.is_beside(place):
            yield Skipped(origin)
            continue
        try:
            text = files.read_text(path, root)
            is_article = rules.is_article(text)
        except Unreadable as error:
            yield Failure(origin, str(error), key)
            continue
        if not is_article:
            yield Skipped(origin)
            continue
        yield RawDocument(
            key=key,
            origin=origin,
            markup=rules.markup,
            text=text,
            locale=locale,
            folder=str(place.parent).removeprefix("."),
        )
