"""Read the theme file. Whatever is wrong with it is said in sentences, all at once.

A site with a theme nobody can read, or a missing imprint, must not come up as if all were well.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from desk.theme import palette
from desk.theme.colours import Colour, colour
from desk.theme.palette import COLOURS, Shade
from desk.theme.pictures import NoPicture, Picture, picture
from desk.theme.stylesheet import stylesheet
from kb.config import LOCALES, Locale
from kb.mail.policy import is_address
from kb.text import clean, one_line

LARGEST_FILE, LARGEST_TEXT = 64 * 1024, 200 * 1024
_TABLES = {"name", "logo", "icon", "colours", "legal", "contact"}
_CONTACTS = {"accessibility_email", "accessibility_phone"}


class Document(StrEnum):
    """A text the operator answers for; its value is its address."""

    IMPRINT = "imprint"
    PRIVACY = "privacy"
    TERMS = "terms"
    ACCESSIBILITY = "accessibility"


@dataclass(frozen=True)
class Legal:
    """Such a text in one language: on a page elsewhere, or in Markdown."""

    url: str = ""
    markdown: str = ""


@dataclass(frozen=True)
class Theme:
    """What a site looks like, and what it must say about itself."""

    name: str = ""
    logo: Picture | None = None
    icon: Picture | None = None
    stylesheet: str = ""
    legal: Mapping[Document, Mapping[Locale, Legal]] = field(default_factory=dict)
    accessibility_email: str = ""
    accessibility_phone: str = ""

    def document(self, document: Document, locale: Locale) -> Legal | None:
        """Return a text in this language, or in another rather than none."""
        known = self.legal.get(document, {})
        return known.get(locale) or next(iter(known.values()), None)


class ThemeRefused(ValueError):
    """What is wrong with the theme, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_theme(path: Path | None) -> Theme:
    """Return the theme in this file; our own looks without one.

    Raises:
        ThemeRefused: something in it cannot be used.
    """
    if path is None:
        return Theme()
    reader = _Reader(path)
    theme = reader.theme()
    if reader.faults:
        raise ThemeRefused(reader.faults)
    return theme


class _Reader:
    """Reads one file and remembers what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._folder = path.resolve().parent
        self.faults: list[str] = []
        self._said = self._parsed(path)

    def theme(self) -> Theme:
        said = self._said
        self._only(said, _TABLES, "")
        contact = self._table(said, "contact")
        self._only(contact, _CONTACTS, "contact.")
        email = self._words(contact, "accessibility_email")
        if email and not is_address(email):
            self.faults.append("contact.accessibility_email is no e-mail address.")
        return Theme(
            name=self._words(said, "name"),
            logo=self._picture("logo"),
            icon=self._picture("icon"),
            stylesheet=self._stylesheet(),
            legal=self._legal(),
            accessibility_email=email,
            accessibility_phone=self._words(contact, "accessibility_phone"),
        )

    def _parsed(self, path: Path) -> dict[str, Any]:
        content = self._content(path, LARGEST_FILE)
        try:
            return tomllib.loads(content.decode())
        except UnicodeDecodeError:
            self.faults.append(f"{path.name} is no text in UTF-8.")
        except tomllib.TOMLDecodeError as error:
            self.faults.append(f"{path.name} is no TOML: {error}.")
        return {}

    def _content(self, path: Path, limit: int) -> bytes:
        try:
            content = path.read_bytes() if path.stat().st_size <= limit else None
        except OSError:
            self.faults.append(f"{path.name} cannot be read.")
            return b""
        if content is None:
            self.faults.append(f"{path.name} is larger than {limit // 1024} kB.")
        return content or b""

    def _beside(self, name: str) -> Path | None:
        """Return a file of the theme's own folder."""
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder):
            self.faults.append(f"{name} is not in the folder of the theme.")
            return None
        return path

    def _picture(self, key: str) -> Picture | None:
        name = self._words(self._said, key)
        path = self._beside(name) if name else None
        content = self._content(path, 10 * LARGEST_TEXT) if path else b""
        if path is None or not content:
            return None
        try:
            return picture(content, path.suffix.casefold())
        except NoPicture as reason:
            self.faults.append(f"{name} {reason}")
            return None

    def _stylesheet(self) -> str:
        said = self._table(self._said, "colours")
        self._only(said, set(Shade), "colours.")
        own = {shade: self._colours(self._table(said, shade), shade) for shade in Shade}
        both = palette.palettes(own)
        if any(own.values()):
            self.faults += [
                fault for shade in Shade for fault in palette.too_faint(shade, both[shade])
            ]
        return stylesheet(both)

    def _colours(self, said: dict[str, Any], shade: Shade) -> dict[str, Colour]:
        self._only(said, COLOURS, f"colours.{shade}.")
        found = {}
        for name in COLOURS & said.keys():
            known = colour(str(said[name]))
            if known is None:
                self.faults.append(f"colours.{shade}.{name} is no colour like #0b5c70.")
            else:
                found[name] = known
        return found

    def _legal(self) -> dict[Document, dict[Locale, Legal]]:
        said = self._table(self._said, "legal")
        self._only(said, set(Document), "legal.")
        return {document: self._texts(said, document) for document in Document if document in said}

    def _texts(self, said: dict[str, Any], document: Document) -> dict[Locale, Legal]:
        given = said[document]
        by_locale = dict.fromkeys(LOCALES, given) if isinstance(given, str) else given
        if not isinstance(by_locale, dict):
            self.faults.append(f"legal.{document} is neither a text nor one per language.")
            return {}
        self._only(by_locale, set(LOCALES), f"legal.{document}.")
        texts = {
            locale: self._text(self._words(by_locale, locale))
            for locale in LOCALES
            if locale in by_locale
        }
        return {locale: text for locale, text in texts.items() if text is not None}

    def _text(self, where: str) -> Legal | None:
        if where.startswith(("https://", "http://")):
            return Legal(url=where)
        if not where.endswith(".md"):
            self.faults.append(f"{where or 'an empty text'} is neither an address nor a .md file.")
            return None
        path = self._beside(where)
        content = self._content(path, LARGEST_TEXT) if path else b""
        return Legal(markdown=clean(content.decode("utf-8", "replace"))) if content else None

    def _table(self, said: dict[str, Any], key: str) -> dict[str, Any]:
        table = said.get(key, {})
        if isinstance(table, dict):
            return table
        self.faults.append(f"{key} is no table.")
        return {}

    def _words(self, said: dict[str, Any], key: str) -> str:
        value = said.get(key, "")
        if isinstance(value, str):
            return one_line(value)
        self.faults.append(f"{key} is no text.")
        return ""

    def _only(self, said: dict[str, Any], known: "set[str] | frozenset[str]", prefix: str) -> None:
        for key in sorted(said.keys() - known):
            self.faults.append(f"{prefix}{key} is not known; there is {', '.join(sorted(known))}.")
