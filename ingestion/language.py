"""Which language a document is in: its folder or name says so, else it does, else its words do."""

import re
from functools import cache
from pathlib import PurePosixPath

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from ingestion.records import Unreadable
from kb.config import LOCALES

_SEGMENT = re.compile(r"(de|en)(?:[-_][a-z]{2})?", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,500}>|\]\([^()\s]{0,500}\)|[`*_#|>\[\]\\0-9]")
_FEW_WORDS = 3
_SURE = 0.9
_SAMPLE = 4000


def of_segment(segment: str) -> str | None:
    """Return the language a folder or suffix like `de`, `en-US` or `de_DE` stands for."""
    found = _SEGMENT.fullmatch(segment)
    return found.group(1).lower() if found else None


def split_path(relative: str) -> tuple[str, str | None]:
    """Return a file's path without language and extension, and the language it names.

    >>> split_path("de/wifi/slow.md"), split_path("wifi/slow.en.md")
    (('wifi/slow', 'de'), ('wifi/slow', 'en'))
    """
    path = PurePosixPath(relative)
    *folders, name = path.parts
    stem = PurePosixPath(name).stem
    for at, folder in enumerate(folders):
        if locale := of_segment(folder):
            return "/".join([*folders[:at], *folders[at + 1 :], stem]), locale
    head, dot, tail = stem.rpartition(".")
    locale = of_segment(tail) if dot and head else None
    return "/".join([*folders, head if locale else stem]), locale


def of_code(code: str) -> str | None:
    """Return the language of a code a document gives for itself.

    Raises:
        Unreadable: it is one we do not have.
    """
    code = code.strip()
    if not code:
        return None
    locale = of_segment(code)
    if locale is None:
        raise Unreadable(f"its language {code[:20]!r} is none of {', '.join(LOCALES)}")
    return locale


def of_text(text: str, *, otherwise: str | None) -> str:
    """Return the language the words are in; for very few words, or in doubt, `otherwise`."""
    words = _MARKUP.sub(" ", text[: 2 * _SAMPLE]).split()
    if len(words) < _FEW_WORDS:
        return otherwise or LOCALES[0]
    locale, certainty = _identifier().classify(" ".join(words)[:_SAMPLE])
    return otherwise if otherwise and certainty < _SURE else str(locale)


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LOCALES))
    return identifier
