"""Finds out what is to be imported: its kind, the folder it may read, and its lasting name."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ingestion import files, language
from ingestion.files import Root
from ingestion.records import Failure, Kind, Unreadable
from ingestion.sources import cases_jsonl, corpus_jsonl, faq_json, html, jsonl, markdown

_BY_SUFFIX = (
    *((suffix, Kind.MARKDOWN) for suffix in markdown.SUFFIXES),
    *((suffix, Kind.HTML) for suffix in html.SUFFIXES),
    *((suffix, Kind.FAQ_JSON) for suffix in faq_json.SUFFIXES),
)
_TREES = frozenset({Kind.MARKDOWN, Kind.HTML})
_CLIMB = 3


@dataclass(frozen=True)
class Target:
    """What is imported, from where, and under which name it is known from now on."""

    kind: Kind
    root: Root
    source: str


def target(path: Path, kind: Kind) -> Target:
    """Look at a path and decide.

    Raises:
        Unreadable: there is nothing that could be imported.
    """
    if not path.exists():
        raise Unreadable("does not exist")
    chosen = path.resolve()
    if kind is Kind.AUTO:
        kind = _of_file(chosen) if chosen.is_file() else _of_folder(chosen)
    root = Root(_base(chosen, kind), chosen)
    name = root.name
    if kind in {Kind.CASES_JSONL, Kind.CORPUS_JSONL}:
        name = f"{root.base.name}/{chosen.name if chosen.is_file() else _NAMES[kind]}"
    return Target(kind, root, f"{kind.value}:{name}"[:200])


def _base(chosen: Path, kind: Kind) -> Path:
    """Return the folder that identity and links count from: above a language folder."""
    folder = chosen if chosen.is_dir() else chosen.parent
    if kind not in _TREES:
        return folder
    candidates = [folder] if chosen.is_dir() else [folder, *folder.parents][:_CLIMB]
    for candidate in candidates:
        if language.of_segment(candidate.name) and candidate.parent != candidate:
            return candidate.parent
    return folder


def _of_file(path: Path) -> Kind:
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        first = next(jsonl.entries(path, Root(path.parent, path)), None)
        is_case = not isinstance(first, Failure | None) and "messages" in first[1]
        return Kind.CASES_JSONL if is_case else Kind.CORPUS_JSONL
    kind = dict(_BY_SUFFIX).get(suffix)
    if kind is None:
        raise Unreadable("is none of Markdown, HTML, JSON, JSON lines")
    return kind


def _of_folder(folder: Path) -> Kind:
    for kind, name in _NAMES.items():
        if Path(folder, name).is_file():
            return kind
    root = Root(folder, folder)
    in_json = (path for path in sorted(folder.glob("*.json")) if path.is_file())
    if any(faq_json.looks_like_faq(path, root) for path in in_json):
        return Kind.FAQ_JSON
    kinds = dict(_BY_SUFFIX)
    suffixes = frozenset(markdown.SUFFIXES | html.SUFFIXES)
    counted = Counter(kinds[path.suffix.lower()] for path in files.walk(root, suffixes))
    if not counted:
        raise Unreadable("holds nothing that can be imported")
    return counted.most_common(1)[0][0]


_NAMES = {Kind.CORPUS_JSONL: corpus_jsonl.NAME, Kind.CASES_JSONL: cases_jsonl.NAME}
