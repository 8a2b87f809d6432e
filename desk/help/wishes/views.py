"""What somebody sees who wants to be told."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desk.rendering import PrivateView


class Stage(StrEnum):
    """How far a wish has come: `wish.<stage>.title` and `.text`."""

    ASKED = "asked"
    CONFIRM = "confirm"
    CONFIRMED = "confirmed"
    STOP = "stop"
    STOPPED = "stopped"


@dataclass(frozen=True)
class WishPage(PrivateView):
    """What was done, or the one button that does it."""

    template: ClassVar[str] = "help/wish.html"
    stage: Stage
    question: str = ""
    """What is waited for; shown only to whoever holds the link."""
    url: str = ""
    """Where the button leads; empty where there is nothing to press."""


@dataclass(frozen=True)
class WishForm(PrivateView):
    """The form again, where the address cannot be one."""

    template: ClassVar[str] = "help/wish_form.html"
    public_id: str
    email: str
    error: str
