"""The glossary: terms and what they mean, from `glossary.yaml` beside the articles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from ingestion import files
from ingestion.files import Root
from ingestion.records import Unreadable
from kb.config import LOCALES
from kb.glossary import actions, queries
from kb.text import one_line

FILE = "glossary.yaml"
_MOST = 2_000


@dataclass(frozen=True)
class Glossary:
    """The terms of a file; without one, none, and nothing becomes of those there are."""

    source: str = ""
    entries: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True)
class _Said:
    meaning: str
    spellings: tuple[str, ...]


def load(root: Root) -> Glossary:
    """Return the glossary of the base folder or its parent.

    Raises:
        Unreadable: the file is damaged.
    """
    if (said := files.beside(root, FILE)) is None:
        return Glossary()
    values, folder = said
    return Glossary(f"{folder.name}/{FILE}", tuple(_entries(values)))


def keep(session: Session, glossary: Glossary) -> None:
    """Bring the terms into kb, and take out those the file no longer has."""
    if not glossary.source:
        return
    stored = {(one.locale, one.term): one for one in queries.of_source(session, glossary.source)}
    for entry in glossary.entries:
        locale, term = str(entry["locale"]), str(entry["term"])
        said = _Said(str(entry["means"]), _list(entry.get("also")))
        before = stored.pop((locale, term), None)
        if before and said == _Said(before.meaning, tuple(before.spellings)):
            continue
        actions.explain(
            session,
            locale=locale,
            term=term,
            meaning=said.meaning,
            spellings=said.spellings,
            source=glossary.source,
        )
    for gone in stored.values():
        actions.forget(session, gone)


def _entries(values: object) -> Iterator[Mapping[str, object]]:
    by_locale = values if isinstance(values, dict) else {}
    for locale in LOCALES:
        listed = by_locale.get(locale) or []
        if not isinstance(listed, list) or len(listed) > _MOST:
            raise Unreadable(f"{FILE}: terms are a list for each language")
        for value in listed:
            said = value if isinstance(value, dict) else {}
            if not all(one_line(str(said.get(name, ""))) for name in ("term", "means")):
                raise Unreadable(f"{FILE}: every term needs words that explain it")
            yield {**value, "locale": locale}


def _list(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
