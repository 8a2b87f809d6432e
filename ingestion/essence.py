"""What of a solved case is worth finding again: problem and resolution, without people's data."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingestion.redact import introduced, redact
from ingestion.redaction import introductions
from ingestion.redaction.kinds import Known
from ingestion.sources.cases_jsonl import RawCase, RawMessage
from kb import text as texts
from kb.cases.actions import Essence

_ENOUGH_WORDS = 12
_SUBSTANCE = 8
_OPENING, _CLOSING = 3, 2
_CLOSES = re.compile(
    r"(?:anything else|sonst noch|noch etwas für|noch behilflich|auf wiedersehen|schönen tag"
    r"|goodbye|good day|have a (?:great|nice|good)|passen sie auf)",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"(?:\bname\b|\bnamen\b|wie heißen sie|who am i|your full name)[^?\n]{0,80}\?", re.IGNORECASE
)


def of(case: RawCase) -> Essence | None:
    """Return the redacted essence of a case; None if nobody told how it was solved."""
    resolution = _resolution(case)
    if not resolution:
        return None
    people = people_of(case)

    def safe(text: str) -> str:
        return redact(text, people=people, locale=case.locale).text

    return Essence(
        subject=texts.one_line(safe(case.subject), limit=160),
        problem=texts.clean(safe(_problem(case))),
        resolution=texts.clean(safe(resolution)),
        cause=texts.one_line(safe(case.cause), limit=500),
        environment=texts.one_line(safe(case.environment), limit=500),
    )


def people_of(case: RawCase) -> list[Known]:
    """Return everybody the case names: its customer, who introduces themselves, who is asked."""
    said = [message.body for message in case.messages]
    return [case.customer, *introduced(said), *_asked(case.messages)]


def _problem(case: RawCase) -> str:
    """Take the customer's opening messages, until there are enough words to know what it is."""
    told: list[str] = []
    for message in case.messages:
        if message.is_internal:
            continue
        if message.by_customer:
            told.append(message.body)
        elif told and len(" ".join(told).split()) >= _ENOUGH_WORDS:
            break
        if len(told) == _OPENING:
            break
    return "\n\n".join(told) or case.subject


def _resolution(case: RawCase) -> str:
    """Take what the source says; where it only guesses, the agent's last words of substance."""
    if not case.is_resolution_guessed or not case.resolution:
        return case.resolution
    told: list[str] = []
    for message in reversed(case.messages):
        if message.by_customer or message.is_internal or _CLOSES.search(message.body):
            continue
        if len(message.body.split()) >= _SUBSTANCE:
            told.append(message.body)
        if len(told) == _CLOSING:
            break
    return "\n\n".join(reversed(told)) or case.resolution


def _asked(messages: tuple[RawMessage, ...]) -> Iterator[Known]:
    """Yield the answers to an agent's question for a name."""
    for before, after in pairwise(messages):
        if not before.by_customer and after.by_customer and _ASKS_NAME.search(before.body):
            yield Known(name=introductions.answered(after.body))
