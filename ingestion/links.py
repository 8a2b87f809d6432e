"""Links between articles keep working, images are shown from our store, the rest becomes text."""

import dataclasses
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from ingestion import clean, language, own, references
from ingestion.images import Images
from ingestion.records import Image, Page, Remark, Unreadable
from kb.articles import actions as articles
from kb.text import slugify

_KEPT = frozenset({"http", "https", "mailto", "tel"})
_NAMED = 3
_INDEXES = ("index", "_index", "README", "readme")


class Targets:
    """Every article of the source, by key, with the places in it that links may name.

    When only a part is imported, `neighbour` reads a file beside it that a link names.
    """

    def __init__(self, source: str, neighbour: Callable[[str], Page | None] | None = None) -> None:
        self._source, self._neighbour = source, neighbour
        self._anchors: dict[str, dict[str, Mapping[str, str]]] = {}
        self._folded: dict[str, str] = {}
        self._asked: set[str] = set()

    def add(self, page: Page) -> None:
        self.add_key(page.key)
        self._anchors[page.key][page.locale] = page.anchors

    def add_key(self, key: str) -> None:
        """Add an article of which only the key is known."""
        self._anchors.setdefault(key, {})
        self._folded.setdefault(key.casefold(), key)

    def article(self, key: str, *, locale: str, fragment: str = "") -> str | None:
        """Return the address of an article, if it is part of the import."""
        found = self._folded.get(key.casefold())
        if found is None:
            return None
        named = self._anchors[found]
        places = named.get(locale) or next(iter(named.values()), {})
        anchor = places.get(fragment, "") if fragment else ""
        return f"article:{articles.public_id(self._source, found)}" + (anchor and f"#{anchor}")

    def in_file(self, path: str) -> str | None:
        """Return the id of the article in exactly this file."""
        found = self._folded.get(language.split_path(path)[0].casefold())
        return articles.public_id(self._source, found) if found is not None else None

    def at_path(self, path: str, *, locale: str, fragment: str) -> str | None:
        """Return the address of the article in this file, written with or without its ending."""
        clean = path.strip("/")
        candidates = [clean, f"{clean}.md", *(f"{clean}/{name}.md" for name in _INDEXES)]
        for candidate in filter(None, candidates):
            self._ask(candidate)
            key = language.split_path(candidate)[0]
            if found := self.article(key, locale=locale, fragment=fragment):
                return found
        return None

    def _ask(self, path: str) -> None:
        if self._neighbour is None or path in self._asked:
            return
        self._asked.add(path)
        if page := self._neighbour(path):
            self.add(page)


class _Rewriting:
    """One page being rewritten."""

    def __init__(self, page: Page, targets: Targets, images: Images) -> None:
        self.page, self._targets, self._images = page, targets, images
        self.shown: dict[str, Image] = {}
        self._left_out: dict[str, list[str]] = {}

    def image(self, alt: str, destination: str) -> str:
        parts = _split(destination)
        if parts is None or parts.scheme or parts.netloc:
            return self._instead(alt, "images from other sites are not shown", destination)
        path = self._path(unquote(parts.path))
        if path is None:
            return self._instead(alt, "image leads out of the imported folder", destination)
        try:
            found = self._images.find(path)
        except Unreadable as error:
            return self._instead(alt, f"image {error}", destination)
        self.shown[found.media_id] = found
        return f"![{alt}](/media/{found.media_id})"

    def link(self, label: str, destination: str) -> str:
        if not label.strip():
            return ""
        target = self._target(destination)
        return f"[{label}]({references.address(target)})" if target else label

    def own_link(self, path: str) -> str | None:
        """Return the id of the article an exported text leads to."""
        joined = self._path(path)
        return self._targets.in_file(joined) if joined is not None else None

    def own_image(self, path: str) -> str | None:
        """Return the id of an image an exported text shows."""
        joined = self._path(path)
        try:
            found = self._images.find(joined) if joined is not None else None
        except Unreadable as error:
            self._instead("", f"image {error}", path)
            return None
        if found is not None:
            self.shown[found.media_id] = found
        return found.media_id if found is not None else None

    def remarks(self) -> Iterable[Remark]:
        for reason, names in self._left_out.items():
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield Remark(self.page.origin, f"{reason}: {', '.join(names[:_NAMED])}{more}")

    def _target(self, destination: str) -> str | None:
        if destination.startswith(("article:", "/media/")):
            return None
        if destination.startswith("#"):
            return self._place(unquote(destination[1:]))
        parts = _split(destination)
        if parts is None or parts.scheme.lower() in _KEPT or parts.netloc:
            absolute = parts is not None and parts.scheme.lower() in _KEPT
            return destination if absolute else None
        path = self._path(unquote(parts.path))
        if parts.scheme or path is None:
            return None
        return self._targets.at_path(
            path, locale=self.page.locale, fragment=unquote(parts.fragment)
        )

    def _place(self, fragment: str) -> str | None:
        if self.page.links_by_anchor:
            key = re.sub(r"\s", "", fragment)
            return self._targets.article(key, locale=self.page.locale)
        anchor = self.page.anchors.get(fragment) or self.page.anchors.get(fragment.lower())
        known = slugify(fragment) in self.page.anchors.values()
        return f"#{anchor}" if anchor else (f"#{slugify(fragment)}" if known else None)

    def _path(self, path: str) -> str | None:
        """Return the path below the base; a leading slash means the base."""
        if not path or "\\" in path or "\0" in path:
            return None
        folder = "" if path.startswith("/") else self.page.folder
        joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        return None if joined.startswith("..") else joined

    def _instead(self, alt: str, reason: str, destination: str) -> str:
        self._left_out.setdefault(reason, []).append(destination[:100])
        return alt


def rewrite(page: Page, targets: Targets, images: Images) -> tuple[Page, list[Remark]]:
    """Return the page with its links and images as we show them, and what could not be kept."""
    if not page.has_links:
        return page, []
    rewriting = _Rewriting(page, targets, images)
    if page.own is not None:
        body = own.inward(page.body, article=rewriting.own_link, image=rewriting.own_image)
        pictures = tuple(rewriting.shown.values())
        return dataclasses.replace(page, body=body, images=pictures), list(rewriting.remarks())
    body = references.rewrite(page.body, image=rewriting.image, link=rewriting.link)
    changed = dataclasses.replace(
        page, body=clean.body(body), images=tuple(rewriting.shown.values())
    )
    return changed, list(rewriting.remarks())


def _split(destination: str) -> SplitResult | None:
    try:
        return urlsplit(destination.strip())
    except ValueError:
        return None
