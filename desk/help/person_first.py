"""For whom it is too much, or who cannot wait, the way to a person comes first, then the answer.

Pages include `help/_person_first.html` and give it `person_first`, which is None for the others.
Nobody is told what we make of their words: there is a kind line, and a shorter way.
"""

from dataclasses import dataclass
from typing import ClassVar

import structlog

from desk.rendering import View
from kb.affect import Affect, Mood, Reason, Urgency
from kb.questions.models import Question
from retrieval.assembly import Retrieval

log = structlog.get_logger()

_LINES = (
    (Reason.SAFETY, "affect.line.safety"),
    (Reason.LOSS, "affect.line.loss"),
    (Reason.FRAUD, "affect.line.fraud"),
    (Reason.MONEY, "affect.line.money"),
)


@dataclass(frozen=True)
class PersonFirst:
    """The line, and the way."""

    line: str
    """Message key."""
    contact_url: str
    """Empty on a page that is the way itself."""
    is_urgent: bool
    """The telephone comes before the rest."""
    is_dangerous: bool
    """Whoever is in danger is told the emergency number."""


@dataclass(frozen=True)
class PersonFirstBox(View):
    """The fragment."""

    template: ClassVar[str] = "help/_person_first.html"
    person_first: PersonFirst | None


def affect_of(retrieval: Retrieval | None, text: str) -> Affect | None:
    """Return how a question sounds; None when nobody can say, or it is switched off."""
    if retrieval is None:
        return None
    try:
        return retrieval.affect(text)
    except Exception as error:  # noqa: BLE001  # whatever it is: the answer does not wait for it
        log.warning("affect_unknown", kind=type(error).__name__)
        return None


def kept_affect(question: Question | None) -> Affect | None:
    """Return how a question that was kept sounds."""
    if question is None or question.mood is None:
        return None
    urgency = question.urgency or Urgency.NORMAL
    return Affect(question.mood, urgency, tuple(question.affect_reasons or ()))


def person_first(affect: Affect | None, contact_url: str) -> PersonFirst | None:
    """Return what to show first, if anything."""
    if affect is None or not affect.needs_a_person:
        return None
    is_urgent = affect.urgency is Urgency.URGENT
    usual = "affect.line" if affect.mood is Mood.DISTRESSED else "affect.line.urgent"
    found = (line for reason, line in _LINES if reason in affect.reasons)
    is_dangerous = is_urgent and Reason.SAFETY in affect.reasons
    return PersonFirst(next(found, usual), contact_url, is_urgent, is_dangerous)
