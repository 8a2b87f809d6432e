"""Takes people's data out of a text and says what kind of thing was there: `[phone]`.

Pure, for German and English, and linear in the length of the text. What only looks like a
person's data stays: prices, versions, dates, error codes, addresses of devices, service numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingestion.redaction import introductions, names, numbers, patterns, places
from ingestion.redaction.kinds import Known, PersonalData

__all__ = ["Known", "PersonalData", "Redacted", "introduced", "redact"]


@dataclass(frozen=True)
class Redacted:
    """A text without people's data, and how much of which kind was found."""

    text: str
    found: Mapping[PersonalData, int]


def redact(text: str, *, people: Iterable[Known] = ()) -> Redacted:
    """Replace what identifies a person. `people` are those the case is known to be about."""
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
    return Redacted(text, found)


def introduced(texts: Iterable[str]) -> list[Known]:
    """Return the people who name themselves, sign or are addressed in these texts."""
    return [Known(name=name) for text in texts for name in introductions.found_in(text)]
