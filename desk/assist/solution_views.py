"""What the page shows on which a case is solved."""

from dataclasses import dataclass
from typing import ClassVar

from desk.rendering import View


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

    subject: str
    problem: str
    resolution: str
    cause: str
    environment: str
    taken_out: list[TakenOut]


@dataclass(frozen=True)
class SolutionDraft:
    """The form with what was typed; `kept` once it was asked what would be kept."""

    case_id: int
    case_subject: str
    locale: str
    helpers: list[Helper]
    outcomes: list[str]
    outcome: str
    helped_by: int
    problem: str
    resolution: str
    cause: str
    environment: str
    kept: Kept | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class SolutionForm(View):
    """The form as a fragment."""

    template: ClassVar[str] = "assist/_solution.html"
    is_private: ClassVar[bool] = True
    solution: SolutionDraft


@dataclass(frozen=True)
class SolutionPage(SolutionForm):
    """The page around it."""

    template: ClassVar[str] = "assist/solution.html"
