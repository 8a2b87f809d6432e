"""The pages about words, and the language they are about."""

from sqlmodel import Session

from desk.curate.areas import Tab
from desk.i18n import as_locale
from kb.config import LOCALES, Locale
from kb.synonyms import queries as synonyms

HERE = "/desk/curation/words"
SHELVES = {"synonyms": HERE, "phrases": f"{HERE}/phrases", "terms": f"{HERE}/terms"}


def language(asked: str, own: Locale) -> Locale:
    """Return the language that is asked for, or the editor's own."""
    return as_locale(asked) or own


def shelves(current: str, locale: str) -> list[Tab]:
    """Return the pages about words."""
    return [Tab(name, f"{url}?of={locale}", 0, name == current) for name, url in SHELVES.items()]


def languages(current: str, locale: str) -> list[Tab]:
    """Return this page in the languages of the words."""
    return [Tab(one, f"{SHELVES[current]}?of={one}", 0, one == locale) for one in LOCALES]


def groups_without(session: Session, group_id: int) -> synonyms.Groups:
    """Return all groups but this one, as search wants them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in synonyms.groups(session):
        if one.id != group_id:
            found.setdefault(one.locale, []).append(one.words)
    return {locale: tuple(words) for locale, words in found.items()}
