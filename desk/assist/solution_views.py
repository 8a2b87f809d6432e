"""What the page shows on which a case is solved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from desk.assist.forms import SolutionInput
from desk.rendering import PrivateView
from kb.cases.actions import Essence
from kb.cases.models import Outcome


@dataclass(frozen=True)
class Helper:
    """An article that may be what helped."""

    id: int
    title: str
    is_linked: bool


@dataclass(frozen=True)
class TakenOut:
    """A kind of data that was taken out, and how often. The key is `assist.data.<kind>`."""

    kind: str
    count: int


@dataclass(frozen=True)
class Kept:
    """What would be kept, word for word."""

    essence: Essence
    taken_out: list[TakenOut]


@dataclass(frozen=True)
class SolutionDraft:
    """The form with what was typed; `kept` once it was asked what would be kept."""

    case_id: int
    case_subject: str
    locale: str
    helpers: list[Helper]
    outcomes: Sequence[Outcome]
    given: SolutionInput
    kept: Kept | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class SolutionForm(PrivateView):
    """The form as a fragment."""

    template: ClassVar[str] = "assist/_solution.html"
    solution: SolutionDraft


@dataclass(frozen=True)
class SolutionPage(SolutionForm):
    """The page around it."""

    template: ClassVar[str] = "assist/solution.html"
