"""What the toolbar puts into a text, in the language of the text and not of whoever writes it."""

from collections.abc import Mapping

from desk.i18n import words
from kb.config import Locale

INSERTED = ("note", "warning", "step", "point", "heading", "device", "link", "column")


def inserted(locale: Locale) -> Mapping[str, str]:
    """Return the words by what they are for."""
    say = words(locale)
    return {name: say(f"writing.insert.{name}") for name in INSERTED}
