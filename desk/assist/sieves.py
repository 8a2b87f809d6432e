"""The filters of the work list: what can be chosen, and what is."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from desk.assist.filters import Filter
from desk.assist.list_views import Chip, Choice, Sieve
from kb.affect import Mood, Urgency
from kb.articles import catalogue
from kb.cases import labels
from kb.cases.models import Priority
from kb.cases.work_list import Who
from kb.config import LOCALES, Locale


def sieves(session: Session, wanted: Filter, locale: Locale, *, with_mood: bool) -> list[Sieve]:
    """Return the filters there are."""
    parts = wanted.parts()
    found = [
        _of("who", {one: f"work.who.{one}" for one in Who}, parts),
        _of("priority", {one: f"work.priority.{one}" for one in reversed(Priority)}, parts),
        _of("locale", {one: f"desk.language.{one}" for one in LOCALES}, parts),
        _named("topic", topics(session, locale), parts),
        _named("tag", {one: f"#{one}" for one in _tags(session, wanted)}, parts),
    ]
    if with_mood:
        found[1:1] = [
            _of("mood", {one: f"work.mood.{one}" for one in reversed(Mood)}, parts),
            _of("urgency", {one: f"work.urgency.{one}" for one in reversed(Urgency)}, parts),
        ]
    return [one for one in found if one.choices]


def chips(found: Iterable[Sieve], wanted: Filter) -> list[Chip]:
    """Return the filters that are on, each with the address that switches it off."""
    return [
        Chip(sieve.name, choice, wanted.address(**{sieve.name: ""}))
        for sieve in found
        for choice in sieve.choices
        if choice.is_chosen
    ]


def topics(session: Session, locale: Locale) -> dict[str, str]:
    """Return what cases can be about, by the number of the category."""
    names = catalogue.category_names(session, locale).values()
    return {str(number): name for number, name in sorted(names, key=lambda one: one[1])}


def _tags(session: Session, wanted: Filter) -> list[str]:
    used = list(labels.used(session))
    chosen = wanted.narrowed.tag
    return sorted({*used, chosen} if chosen else used)


def _of(name: str, keys: Mapping[str, str], parts: Mapping[str, str]) -> Sieve:
    chosen = parts.get(name, "")
    return Sieve(name, [Choice(str(one), key, True, one == chosen) for one, key in keys.items()])


def _named(name: str, words: Mapping[str, str], parts: Mapping[str, str]) -> Sieve:
    chosen = parts.get(name, "")
    found = [Choice(one, said, False, one == chosen) for one, said in words.items()]
    return Sieve(name, found)
