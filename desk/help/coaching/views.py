"""What a customer sees while they are coached: one thing at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from markupsafe import Markup

from desk.rendering import PrivateView
from desk.uploads import FileField
from kb.articles.pictures import Size


class Screen(StrEnum):
    """What is on the screen now."""

    HINT = "hint"
    STEP = "step"
    FAILED = "failed"
    """It did not work, and there is no other way yet."""
    FAILURE = "failure"
    """What happened? asked before anything else."""
    HELP = "help"
    MEANING = "meaning"
    HANDOVER = "handover"
    THROUGH = "through"
    """All is done: is it solved?"""
    UNSOLVED = "unsolved"
    SOLVED = "solved"
    HANDED_OVER = "handed_over"
    OURS = "ours"
    """We do it."""
    OVER = "over"


FORMS = frozenset({Screen.FAILURE, Screen.HELP, Screen.MEANING, Screen.HANDOVER, Screen.UNSOLVED})
"""Screens on which something may be half typed: nothing new may push it away."""


@dataclass(frozen=True)
class Dot:
    """A step on the way, to go back to."""

    number: int
    url: str
    standing: str
    is_here: bool


@dataclass(frozen=True)
class Meaning:
    """A word of the step, explained."""

    term: str
    text: str


@dataclass(frozen=True)
class StepView:
    """The step on the screen."""

    key: str
    number: int
    total: int
    section: str
    instruction: Markup
    expectation: Markup
    if_fails: Markup
    note: Markup
    image: str
    image_text: str
    image_size: Size | None
    is_other_way: bool
    is_over: bool


@dataclass(frozen=True)
class Coach:
    """All that is on the screen."""

    url: str
    case_url: str
    screen: Screen
    locale: str
    title: str
    agent: str
    level: str
    done: int
    total: int
    key: str
    mark: str
    told: str = ""
    """What was just sent, to be said that it has arrived."""
    hint: Markup = Markup()  # noqa: RUF009  # a constant
    step: StepView | None = None
    dots: Sequence[Dot] = ()
    meanings: Sequence[Meaning] = ()
    room: str = ""
    """Address of the video room, where both work through it together."""
    typed: str = ""
    error: str = ""
    files: FileField | None = None
    is_mine: bool = True
    """Staff looks, and has no buttons."""

    @property
    def is_form(self) -> bool:
        return self.screen in FORMS

    @property
    def share(self) -> int:
        """Return how much is done, in percent."""
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class CoachPanel(PrivateView):
    """The screen as a fragment."""

    template: ClassVar[str] = "help/_coaching.html"
    coach: Coach


@dataclass(frozen=True)
class CoachPage(CoachPanel):
    """The page around it."""

    template: ClassVar[str] = "help/coaching.html"
