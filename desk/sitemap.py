"""The sitemap: every page anyone may read, each with its other languages.

Asked for by anybody, it tells what anybody may read, whoever asks.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from sqlmodel import Session

from kb.access import ANYONE
from kb.articles import browsing, policy, queries
from kb.config import LOCALES

MOST = 50_000
"""Addresses a sitemap may have; of more, those of the articles that came first."""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)


def listing(session: Session, root: str) -> str:
    """Return the sitemap as XML; every address begins with `root`."""
    rows = [*_starts(), *_categories(session)]
    rows += _articles(session, MOST - len(rows))
    return f"{_HEAD}{''.join(_row(root, *row) for row in rows)}</urlset>"


_Row = tuple[str, Mapping[str, str], datetime | None]


def _starts() -> Iterator[_Row]:
    pages: dict[str, str] = {locale: f"/{locale}/" for locale in LOCALES}
    return ((page, pages, None) for page in pages.values())


def _categories(session: Session) -> Iterator[_Row]:
    there: dict[str, dict[str, str]] = {}
    for locale in LOCALES:
        for entry in queries.categories(session, ANYONE, locale):
            page = f"/{locale}/categories/{entry.key}"
            there.setdefault(entry.key, {})[locale] = page
    return ((page, pages, None) for pages in there.values() for page in pages.values())


def _articles(session: Session, limit: int) -> Iterator[_Row]:
    found = browsing.addresses(session, ANYONE, limit=limit)
    for _, family in groupby(found, key=lambda one: one.article_id):
        translations = list(family)
        pages = {one.locale: policy.address(one.locale, one.slug) for one in translations}
        yield from ((pages[one.locale], pages, one.changed) for one in translations)


def _row(root: str, page: str, pages: Mapping[str, str], changed: datetime | None) -> str:
    others = _links(root, pages.items()) if len(pages) > 1 else ""
    when = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
    return f"<url><loc>{escape(root + page)}</loc>{when}{others}</url>"


def _links(root: str, pages: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{locale}" href={quoteattr(root + page)}/>'
        for locale, page in pages
    )
