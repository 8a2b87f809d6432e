"""FAQ files in JSON: sections with questions, an anchor each, and answers in HTML.

Two files in different languages belong together by anchor; `faq_de.json` says which it is.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from ingestion import files, html, language
from ingestion.files import Root
from ingestion.records import CategoryRef, Failure, Markup, Meta, RawDocument, Skipped, Unreadable
from kb.text import slugify

SUFFIXES = frozenset({".json"})
_LISTS = ("accordion", "sections", "questions", "items", "entries", "faqs")
_ANSWERS = ("textblock", "answer", "text", "body")
_BLOCK = re.compile(
    r"\s*</?(?:ul|ol|li|table|thead|tbody|tr|td|th|h[1-6]|p|div|hr|pre|dl)\b", re.IGNORECASE
)
_DEEPEST = 20


def read(root: Root) -> Iterator[RawDocument | Failure | Skipped]:
    """Yield every question with an answer."""
    for path in files.walk(root, SUFFIXES):
        origin = root.relative(path)
        try:
            yield from _file(path, root)
        except Unreadable as error:
            yield Failure(origin, str(error))


def looks_like_faq(path: Path, root: Root) -> bool:
    """Tell whether a JSON file is a FAQ of this form."""
    try:
        return any(isinstance(entry, RawDocument) for entry in _file(path, root))
    except Unreadable:
        return False


def _file(path: Path, root: Root) -> Iterator[RawDocument]:
    text = files.read_text(path, root, limit=files.LARGEST_JSON)
    try:
        content = json.loads(text)
        found = list(_questions(content, None, 0))
    except (ValueError, RecursionError) as error:
        raise Unreadable("is not valid JSON") from error
    if not found:
        raise Unreadable("has no questions with answers in it")
    locale = _of_name(path.stem) or language.of_text(
        html.fragment(" ".join(_joined(entry) for entry, _ in found)[:20_000]), otherwise=None
    )
    seen: set[str] = set()
    for entry, section in found:
        yield _document(entry, section, origin=root.relative(path), locale=locale, seen=seen)


def _document(
    entry: Mapping[str, object],
    section: CategoryRef | None,
    *,
    origin: str,
    locale: str,
    seen: set[str],
) -> RawDocument:
    title = html.fragment(_text(entry, "title", "question")).strip()
    key = re.sub(r"\s", "", _text(entry, "anchor", "id")) or slugify(title)
    key = next(name for n in count(1) if (name := key if n == 1 else f"{key}-{n}") not in seen)
    seen.add(key)
    origin = f"{origin}#{key}"
    names = {locale: section.names[""]} if section else {}
    return RawDocument(
        key=key,
        origin=origin,
        markup=Markup.HTML,
        text=_joined(entry),
        locale=locale,
        meta=Meta(title=title, is_draft=entry.get("active") is False),
        category=CategoryRef(section.key, names) if section else None,
        links_by_anchor=True,
    )


def _questions(
    node: object, section: CategoryRef | None, depth: int
) -> Iterator[tuple[Mapping[str, object], CategoryRef | None]]:
    """Walk nested sections; the innermost one with a title is the category."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict) and _joined(node) and _text(node, "title", "question"):
        yield node, section
        return
    values: list[object] = []
    if isinstance(node, list):
        values = node
    elif isinstance(node, dict):
        values = list(node.values())
        title = _text(node, "title")
        if title and any(isinstance(node.get(name), list) for name in _LISTS):
            section = CategoryRef(slugify(_text(node, "id") or title), {"": title})
    for value in values:
        yield from _questions(value, section, depth + 1)


def _joined(entry: Mapping[str, object]) -> str:
    """Return the answer as one piece of HTML; a plain text block is a paragraph."""
    answer = next((entry[name] for name in _ANSWERS if entry.get(name)), "")
    blocks = answer if isinstance(answer, list) else [answer]
    written = [block for block in blocks if isinstance(block, str) and block.strip()]
    return "\n".join(block if _BLOCK.match(block) else f"<p>{block}</p>" for block in written)


def _text(entry: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = entry.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _of_name(stem: str) -> str | None:
    return language.of_segment(re.split(r"[._-]", stem)[-1]) if len(stem) > len("de") else None
