"""What agents send, read once: every choice is one of ours, or it is refused."""

from dataclasses import dataclass
from enum import StrEnum

from desk.deps import Fields
from kb.cases.models import CaseState, Outcome, SuggestionKind
from kb.errors import InvalidInput

LONGEST_KEY = 80
CHOSEN_STATES = (CaseState.OPEN, CaseState.WAITING, CaseState.CLOSED)
"""States an agent can set by hand; a case is solved by its solution only."""
OUTCOMES = (
    Outcome.SOLVED_COACHED,
    Outcome.SOLVED_BY_AGENT,
    Outcome.SOLVED_ALONE,
    Outcome.UNKNOWN,
)


class Dismissal(StrEnum):
    """Why a suggestion is no help."""

    OTHER_MATTER = "other matter"
    ALREADY_TRIED = "already tried"
    OUTDATED = "outdated"
    WRONG = "wrong"
    OTHER = "other"


@dataclass(frozen=True)
class SolutionInput:
    """How a case was solved, as the agent has put it."""

    outcome: Outcome | None
    helped_by: int | None
    problem: str
    resolution: str
    cause: str
    environment: str


def chosen_state(fields: Fields) -> CaseState:
    """Return the state to set.

    Raises:
        InvalidInput: it is none an agent can set.
    """
    for state in CHOSEN_STATES:
        if state == fields.line("state"):
            return state
    raise InvalidInput(field="state")


def subject_of(fields: Fields) -> tuple[SuggestionKind, int]:
    """Return what a suggestion is about.

    Raises:
        InvalidInput: that names nothing.
    """
    number = fields.number("subject")
    for kind in SuggestionKind:
        if kind == fields.line("kind") and number is not None:
            return kind, number
    raise InvalidInput(field="subject")


def dismissal(fields: Fields) -> Dismissal:
    """Return why; what is not said is OTHER."""
    given = fields.line("reason")
    return next((reason for reason in Dismissal if reason == given), Dismissal.OTHER)


def solution_input(fields: Fields) -> SolutionInput:
    """Return the solution as it was typed; nothing is checked here."""
    return SolutionInput(
        outcome=next(
            (one for one in OUTCOMES if one.name.lower() == fields.line("outcome")), None
        ),
        helped_by=fields.number("helped_by"),
        problem=fields.text("problem")[:4_000],
        resolution=fields.text("resolution")[:4_000],
        cause=fields.line("cause", limit=500),
        environment=fields.line("environment", limit=500),
    )
