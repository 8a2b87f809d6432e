"""Categories: from `categories.yaml` beside the articles, from what they say, or their folder."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlmodel import Session, select

from ingestion import files
from ingestion.files import Root
from ingestion.records import CategoryRef, ImportOptions, Page, Unreadable
from kb.articles import actions as articles
from kb.articles.models import Category, CategoryName
from kb.config import LOCALES
from kb.db import stored_id
from kb.text import one_line, slugify

_FILE = "categories.yaml"
_DEEPEST = 5


@dataclass(frozen=True)
class Entry:
    """A category of the file, in the file's order."""

    key: str
    names: Mapping[str, str]
    icon: str
    parent: str
    position: int


def load(root: Root) -> tuple[Entry, ...]:
    """Return the categories of the base folder or its parent; none without a file.

    Raises:
        Unreadable: the file is damaged.
    """
    if (said := files.beside(root, _FILE)) is None:
        return ()
    entries = _entries(said[0], "", 0)
    return tuple(dataclasses.replace(entry, position=n) for n, entry in enumerate(entries))


def resolve(page: Page, known: tuple[Entry, ...], options: ImportOptions) -> CategoryRef | None:
    """Return the category of a page: its own word, the operator's, its section, its folder."""
    if page.own is not None:
        return CategoryRef(page.named_category) if page.named_category else None
    if page.named_category:
        return _named(page.named_category, known, (page.locale,))
    if options.category:
        return _named(options.category, known, LOCALES)
    if page.category is not None:
        return page.category
    folders = PurePosixPath(page.key).parts[:-1]
    if not folders:
        return None
    plain = folders[0].replace("-", " ").replace("_", " ").strip()
    return _named(plain[:1].upper() + plain[1:], known, (page.locale,))


def keep_tree(session: Session, entries: tuple[Entry, ...]) -> None:
    """Bring the categories of the file into kb; nothing is written when they are there."""
    ids: dict[str, int] = {}
    for entry in entries:
        kept = articles.category(
            session,
            key=entry.key,
            names=dict(entry.names),
            icon=entry.icon or "folder",
            position=entry.position,
        )
        ids[entry.key] = stored_id(kept.id)
        kept.parent_id = ids.get(entry.parent)
        session.add(kept)


def keep(session: Session, ref: CategoryRef | None) -> int | None:
    """Return the id of a category, adding it or a missing name; given names stay."""
    if ref is None:
        return None
    found = session.exec(select(Category).where(Category.key == ref.key)).first()
    missing = {
        locale: name
        for locale, name in ref.names.items()
        if found is None or session.get(CategoryName, (found.id, locale)) is None
    }
    if found is None or missing:
        found = articles.category(session, key=ref.key, names=missing)
    return found.id


def _named(word: str, known: tuple[Entry, ...], locales: tuple[str, ...]) -> CategoryRef:
    folded = word.strip().casefold()
    for entry in known:
        if folded in {entry.key.casefold(), *(name.casefold() for name in entry.names.values())}:
            return CategoryRef(entry.key)
    return CategoryRef(slugify(word), {locale: one_line(word) for locale in locales})


def _entries(values: object, parent: str, depth: int) -> Iterator[Entry]:
    if not isinstance(values, list) or depth > _DEEPEST:
        return
    for value in values:
        if not isinstance(value, dict) or not value.get("key"):
            raise Unreadable(f"{_FILE}: every category needs a key")
        key = str(value["key"])
        names: dict[str, str] = {
            locale: str(value[locale]) for locale in LOCALES if value.get(locale)
        }
        yield Entry(key, names, str(value.get("icon") or ""), parent, 0)
        yield from _entries(value.get("children"), key, depth + 1)
