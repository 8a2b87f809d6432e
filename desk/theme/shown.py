"""What the frame of every page takes from the theme: the logo, and links to what must be said."""

from dataclasses import dataclass

from desk.theme.pictures import Picture
from desk.theme.reading import Document, Theme
from kb.config import Locale

LOGO, ICON = "theme/logo", "theme/icon"
TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
HEIGHT = 40
"""Of the logo, in CSS pixels."""
ANSWERS = "answers"
"""The page that says how answers are made."""


@dataclass(frozen=True)
class Logo:
    """A picture with its size on the page."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class Note:
    """One link in the footer: its words are `about.<name>`."""

    name: str
    url: str


def logo(theme: Theme) -> Logo | None:
    """Return the logo in the height of the header, and in its own proportions."""
    if theme.logo is None:
        return None
    width = max(1, round(theme.logo.width * HEIGHT / theme.logo.height))
    return Logo(LOGO + theme.logo.suffix, width, HEIGHT)


def icon(theme: Theme) -> tuple[str, str]:
    """Return path and type of the icon in the browser's tab: its own, the logo, or ours."""
    if theme.icon is not None:
        return ICON + theme.icon.suffix, TYPES[theme.icon.suffix]
    if theme.logo is not None:
        return LOGO + theme.logo.suffix, TYPES[theme.logo.suffix]
    return "logo.svg", TYPES[".svg"]


def notes(theme: Theme, locale: Locale) -> tuple[Note, ...]:
    """Return the links of the footer, the imprint first."""
    own = [Document.IMPRINT, Document.TERMS]
    found = [
        Note(document, known.url or f"/{locale}/{document}")
        for document in own
        if (known := theme.document(document, locale)) is not None
    ]
    ours = (Document.PRIVACY, Document.ACCESSIBILITY, ANSWERS)
    return (*found, *(Note(name, f"/{locale}/{name}") for name in ours))


def files(theme: Theme) -> dict[str, bytes]:
    """Return what is served of the theme, by its path below `static/`."""
    pictures: dict[str, Picture | None] = {LOGO: theme.logo, ICON: theme.icon}
    found = {
        path + picture.suffix: picture.content
        for path, picture in pictures.items()
        if picture is not None
    }
    if theme.stylesheet:
        found["css/theme.css"] = theme.stylesheet.encode()
    return found
