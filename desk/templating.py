"""Jinja environments, one per language, so that macros speak the language without being told."""

from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from desk import i18n
from desk.assets import FOLDER, Assets
from kb.config import LOCALES, Locale

TEMPLATES = FOLDER.parent / "templates"
UNKNOWN_ICON = "folder"


def environments(assets: Assets) -> dict[Locale, Environment]:
    """Build the environments of all languages."""
    return {locale: _environment(locale, assets) for locale in LOCALES}


def _environment(locale: Locale, assets: Assets) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else every file of a page is looked after each time it is shown
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = i18n.words(locale)
    environment.globals.update(
        t=words,
        locale=locale,
        date=words.date,
        moment=words.moment,
        number=words.number,
        percent=words.percent,
        static=assets.url,
        icon=partial(_icon, assets.icons),
    )
    return environment


def _icon(icons: dict[str, str], name: str) -> Markup:
    """Return an icon as markup; it says nothing to screen readers, the text beside it does."""
    return Markup(icons.get(name) or icons[UNKNOWN_ICON])  # noqa: S704  # our own files
