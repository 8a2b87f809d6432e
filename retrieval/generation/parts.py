"""What a model says, as parts: sentences or steps, each with the numbers it rests on."""

import json
import re
from dataclasses import dataclass

_MOST_PARTS = 12
_LONGEST = 600
_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")


class NotUnderstood(ValueError):
    """What a model said is not what it was asked for."""


@dataclass(frozen=True)
class Part:
    """A sentence or a step, and the numbers of the passages it names."""

    text: str
    numbers: tuple[int, ...]


def parts(said: str) -> list[Part]:
    """Return the parts; an empty list says that the passages do not answer.

    Raises:
        NotUnderstood: it is no JSON of the wanted shape.
    """
    try:
        told = json.loads(_FENCE.sub("", said))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    found = told.get("parts") if isinstance(told, dict) else None
    if not isinstance(found, list) or len(found) > _MOST_PARTS:
        raise NotUnderstood
    return [_part(one) for one in found]


def _part(told: object) -> Part:
    if not isinstance(told, dict):
        raise NotUnderstood
    text, numbers = told.get("text"), told.get("passages")
    if not isinstance(text, str) or not isinstance(numbers, list) or len(text) > _LONGEST:
        raise NotUnderstood
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in numbers):
        raise NotUnderstood
    return Part(" ".join(text.split()), tuple(dict.fromkeys(numbers)))
