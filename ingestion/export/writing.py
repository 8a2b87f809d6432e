"""How an exported text is written: front matter of our own form, and the Markdown as it is."""

from collections.abc import Mapping
from typing import Any

import yaml
from sqlmodel import Session, col, select

from ingestion import own
from kb.articles import tree
from kb.articles.models import Article, Revision, Translation
from kb.config import LOCALES
from kb.glossary.models import GlossaryTerm

_ORDER = (
    "title",
    "slug",
    "locale",
    "category",
    "audience",
    "state",
    "summary",
    "tags",
    "phrases",
    "verified",
    "verified_by",
    "verify_months",
    "former_slugs",
)


def facts(article: Article, translation: Translation, revision: Revision) -> dict[str, Any]:
    """Return what the front matter says of a text, but for what others know."""
    at = translation.verified_at
    return {
        "title": revision.title,
        "slug": translation.slug,
        "locale": translation.locale,
        "audience": article.audience.value,
        "summary": revision.summary,
        "tags": list(revision.tags),
        "phrases": list(revision.phrases or []),
        "verified": at.date().isoformat() if at else "",
        "verified_by": translation.verified_by if at else "",
        "verify_months": article.verify_months,
    }


def document(said: Mapping[str, Any], body: str) -> str:
    """Return the file: what is empty is not written."""
    head = {own.MARK: int(own.VERSION)} | {key: said[key] for key in _ORDER if said.get(key)}
    return f"---\n{_yaml(head)}---\n\n{body}\n"


def categories(session: Session) -> str:
    """Return `categories.yaml`: the tree, with names, icons and order."""
    top: list[dict[str, Any]] = []
    below: dict[int, list[dict[str, Any]]] = {}
    for node in tree.nodes(session):
        names: dict[str, Any] = {
            locale: node.names[locale] for locale in LOCALES if node.names.get(locale)
        }
        entry: dict[str, Any] = {"key": node.key, **names, "icon": node.icon}
        siblings = top if node.parent_id is None else below[node.parent_id]
        siblings.append(entry)
        below[node.id] = []
        if node.has_children:
            entry["children"] = below[node.id]
    return _yaml(top) if top else ""


def glossary(session: Session) -> str:
    """Return `glossary.yaml`: every term with its meaning, by language."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = session.exec(
        select(GlossaryTerm).order_by(col(GlossaryTerm.locale), col(GlossaryTerm.term))
    )
    for row in rows:
        term: dict[str, Any] = {"term": row.term, "means": row.meaning}
        if row.spellings:
            term["also"] = list(row.spellings)
        found.setdefault(row.locale, []).append(term)
    return _yaml(found) if found else ""


def _yaml(value: object) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**9, indent=2))
