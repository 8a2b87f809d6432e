"""How somebody's words sound, and whether it can wait: closed vocabularies, nothing of the words.

It is an estimate about a text and for its writer's good alone: it changes the order of things.
"""

from dataclasses import dataclass
from enum import StrEnum


class Mood(StrEnum):
    """How words sound."""

    CALM = "calm"
    FRUSTRATED = "frustrated"
    DISTRESSED = "distressed"


class Urgency(StrEnum):
    """Whether harm or loss is near unless somebody acts."""

    NORMAL = "normal"
    URGENT = "urgent"


class Reason(StrEnum):
    """What was found in the words."""

    LOSS = "loss"
    SAFETY = "safety"
    FRAUD = "fraud"
    MONEY = "money"
    FEAR = "fear"
    VULNERABLE = "vulnerable"
    DEADLINE = "deadline"
    ANGER = "anger"
    SARCASM = "sarcasm"
    LEAVING = "leaving"
    AGAIN = "again"
    LOUD = "loud"
    TONE = "tone"
    """No single word: the sound of the whole."""


@dataclass(frozen=True)
class Affect:
    """An estimate, and what speaks for it, the weightiest first."""

    mood: Mood = Mood.CALM
    urgency: Urgency = Urgency.NORMAL
    reasons: tuple[str, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether the way to a person comes first."""
        return self.mood is Mood.DISTRESSED or self.urgency is Urgency.URGENT


UNREMARKABLE = Affect()
"""What is taken for granted: calm, and no hurry."""
