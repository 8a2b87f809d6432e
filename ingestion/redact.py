"""Takes people's data out of a text and says what kind of thing was there: `[phone]`, `[Name]`.

Pure, for German and English, and linear in the length of the text. What only looks like a
person's data stays: prices, versions, dates, error codes, addresses of devices, service numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingestion.redaction import introductions, names, numbers, patterns, places
from ingestion.redaction.kinds import IN_GERMAN, Known, PersonalData

__all__ = ["Known", "PersonalData", "Redacted", "introduced", "is_untouched", "redact"]

_PLACES = {"en": {kind: f"[{kind}]" for kind in PersonalData}} | {
    "de": {kind: f"[{word}]" for kind, word in IN_GERMAN.items()}
}


@dataclass(frozen=True)
class Redacted:
    """A text without people's data, and how much of which kind was found."""

    text: str
    found: Mapping[PersonalData, int]


def redact(text: str, *, people: Iterable[Known] = (), locale: str = "en") -> Redacted:
    """Replace what identifies a person.

    Args:
        text: what somebody wrote.
        people: those the case is known to be about.
        locale: the language that says what stood there.
    """
    known = list(people)
    found: Counter[PersonalData] = Counter()

    def mark(kind: PersonalData) -> str:
        found[kind] += 1
        return f"[{kind.value}]"

    text = patterns.known_values(text, known, mark)
    text = patterns.emails(text, mark)
    text = numbers.accounts(text, mark)
    text = numbers.labelled(text, mark)
    text = numbers.birth_dates(text, mark)
    text = places.addresses(text, mark)
    text = numbers.phones(text, mark)
    text = names.everyone(text, [*known, *introduced([text])], mark)
    for kind, place in _PLACES.get(locale, {}).items():
        text = text.replace(f"[{kind}]", place)  # last: the names of kinds are no names of people
    return Redacted(text, found)


def is_untouched(redacted: str) -> bool:
    """Say whether nothing had to be taken out of a text."""
    return not any(place in redacted for places in _PLACES.values() for place in places.values())


def introduced(texts: Iterable[str]) -> list[Known]:
    """Return the people who name themselves, sign or are addressed in these texts."""
    return [Known(name=name) for text in texts for name in introductions.found_in(text)]
