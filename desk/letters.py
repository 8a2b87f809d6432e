"""Letters: what is sent by mail, in the catalogue's words, as plain text and as HTML.

A letter called `answered` is the catalogue's `letter.answered.subject` and `letter.answered.body`
(paragraphs, with an empty line between them) and, where it leads somewhere, `.action` on its
button. There is one layout; nothing in a letter is fetched from anywhere.
"""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from desk import i18n
from desk.i18n import Words
from desk.rendering import View
from desk.templating import TEMPLATES
from kb.config import Locale
from kb.mail.models import Letter


@dataclass(frozen=True)
class LetterSheet(View):
    """What the layout of a letter shows; `letters/letter.txt` says the same without markup."""

    template: ClassVar[str] = "letters/letter.html"
    brand: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str
    action: str
    stop_url: str


def write(
    words: Words, name: str, *, brand: str, link: str = "", stop_url: str = "", **values: str
) -> Letter:
    """Write a letter.

    Args:
        words: the reader's language.
        name: which letter; see above.
        brand: whose letter it is.
        link: where it leads: absolute, made from `config.public_url`.
        stop_url: where one click ends letters like this.
        **values: what the letter's texts have blanks for. Never what an anonymous visitor typed,
            unless the address is confirmed.
    """
    given = {"brand": brand, **values}
    sheet = LetterSheet(
        brand=brand,
        subject=words(f"letter.{name}.subject", **given),
        paragraphs=tuple(words(f"letter.{name}.body", **given).split("\n\n")),
        link=link,
        action=words(f"letter.{name}.action", **given) if link else "",
        stop_url=stop_url,
    )
    text, html = (_filled(words.locale, sheet, kind) for kind in ("txt", "html"))
    return Letter(sheet.subject, text, html, locale=words.locale, stop_url=stop_url)


def _filled(locale: Locale, sheet: LetterSheet, kind: str) -> str:
    template = _environment(locale).get_template(f"letters/letter.{kind}")
    return template.render(vars(sheet))


@cache
def _environment(locale: Locale) -> Environment:
    """One that knows no page: no icons, no static files, no frame."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(t=i18n.words(locale), locale=locale)
    return environment
