"""Reads a source to the end: documents become pages, pages find each other and their families."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ingestion import categories, links, parse
from ingestion.files import Root
from ingestion.images import Images
from ingestion.includes import Includes
from ingestion.links import Targets
from ingestion.locate import Target
from ingestion.plan import narrower
from ingestion.records import (
    CategoryRef,
    Failure,
    Family,
    ImportOptions,
    Kind,
    Page,
    Phase,
    Progress,
    RawDocument,
    Remark,
    Skipped,
    Unreadable,
)
from ingestion.sources import corpus_jsonl, faq_json, html, markdown
from kb.config import LOCALES

_READERS: Mapping[Kind, Callable[[Root], Iterator[RawDocument | Failure | Skipped]]] = {
    Kind.MARKDOWN: markdown.read,
    Kind.HTML: html.read,
    Kind.FAQ_JSON: faq_json.read,
    Kind.CORPUS_JSONL: corpus_jsonl.read,
}
_TREES = frozenset({Kind.MARKDOWN, Kind.HTML})
_SUFFIXES = markdown.SUFFIXES | html.SUFFIXES


@dataclass
class Collected:
    """All that a source has, as it will stand in kb."""

    families: list[Family] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: int = 0
    in_scope: Collection[str] = LOCALES
    """Languages this import speaks for: what is missing in others is not gone."""

    @property
    def speaks_for_all(self) -> bool:
        """An entry that failed without a name may be any of those that seem gone."""
        return all(failure.key is not None for failure in self.failures)


def families(
    target: Target,
    options: ImportOptions,
    known: tuple[categories.Entry, ...],
    on_progress: Progress,
) -> Collected:
    """Read everything the target names.

    Raises:
        Unreadable: there is nothing in it.
    """
    collected = Collected()
    pages = _pages(target, options, collected, on_progress)
    if not pages and not collected.failures:
        raise Unreadable("holds nothing that can be imported")
    targets, images = _targets(target, pages, collected, options), Images(target.root)
    by_key: dict[str, list[Page]] = {}
    for page in pages:
        rewritten, remarks = links.rewrite(page, targets, images)
        collected.remarks += remarks
        by_key.setdefault(page.key, []).append(rewritten)
    for key, own in by_key.items():
        collected.families.append(_family(key, own, known, options))
    collected.in_scope = _scope(target, pages)
    return collected


def _targets(
    target: Target, pages: list[Page], collected: Collected, options: ImportOptions
) -> Targets:
    """Return what links may name: also what failed, and what lies beside a part of a folder."""
    beside = target.kind in _TREES and not target.root.is_whole
    targets = Targets(target.source, Neighbours(target, options).page if beside else None)
    for page in pages:
        targets.add(page)
    for failure in collected.failures:
        if failure.key is not None:
            targets.add_key(failure.key)
    return targets


class Neighbours:
    """Reads a file of the base folder that is not imported itself, to learn its places."""

    def __init__(self, target: Target, options: ImportOptions) -> None:
        self._target, self._options = target, options
        self._includes = Includes(target.root)

    def page(self, path: str) -> Page | None:
        """Return the page in this file, if it is an article."""
        root = self._target.root
        file = root.inside(root.base / path)
        if file is None or not file.is_file() or file.suffix.lower() not in _SUFFIXES:
            return None
        for raw in _READERS[self._target.kind](Root(root.base, file)):
            if isinstance(raw, RawDocument):
                try:
                    return parse.page(raw, self._options, self._includes, lambda _: None)
                except Unreadable:
                    return None
        return None


def _pages(
    target: Target, options: ImportOptions, collected: Collected, on_progress: Progress
) -> list[Page]:
    documents = []
    for found in _READERS[target.kind](target.root):
        match found:
            case Failure():
                collected.failures.append(found)
            case Skipped():
                collected.skipped += 1
            case RawDocument():
                documents.append(found)
    pages: dict[tuple[str, str], Page] = {}
    includes = Includes(target.root)
    for number, raw in enumerate(documents, 1):
        on_progress(number, len(documents), Phase.READING)
        said: list[str] = []
        try:
            page = parse.page(raw, options, includes, said.append)
        except Unreadable as error:
            collected.failures.append(Failure(raw.origin, str(error), raw.key))
            continue
        collected.remarks += [Remark(raw.origin, text) for text in dict.fromkeys(said)]
        first = pages.setdefault((page.key, page.locale), page)
        if first is not page:
            reason = f"is the same article in the same language as {first.origin}"
            collected.failures.append(Failure(raw.origin, reason, raw.key))
    return list(pages.values())


def _family(
    key: str, pages: list[Page], known: tuple[categories.Entry, ...], options: ImportOptions
) -> Family:
    pages = sorted(pages, key=lambda page: page.locale)
    refs = [ref for page in pages if (ref := categories.resolve(page, known, options))]
    category = None
    if refs:
        names = {
            n: name for ref in refs if ref.key == refs[0].key for n, name in ref.names.items()
        }
        category = CategoryRef(refs[0].key, names)
    audience = narrower(options.audience, *(page.audience for page in pages))
    return Family(key, audience, category, tuple(pages))


def _scope(target: Target, pages: list[Page]) -> Collection[str]:
    """A single file of a folder says nothing of the others; a language's file, of its language."""
    if target.root.is_whole or target.kind is Kind.CORPUS_JSONL:
        return LOCALES
    if target.kind in _TREES and target.root.chosen.is_file():
        return ()
    return {page.locale for page in pages}
