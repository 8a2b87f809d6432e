"""What a customer sees of all their cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.rendering import PrivateView
from kb.cases.models import Case


@dataclass(frozen=True)
class CaseRow:
    """One case in the list."""

    url: str
    subject: str
    state: str
    updated_at: datetime


@dataclass(frozen=True)
class MyCasesPage(PrivateView):
    """The list, newest first."""

    template: ClassVar[str] = "help/my_cases.html"
    address: str
    cases: Sequence[CaseRow]


def rows(cases: Sequence[Case], locale: str) -> list[CaseRow]:
    """Return the cases as they are listed."""
    return [
        CaseRow(
            url=f"/{locale}/cases/{case.public_id}",
            subject=case.subject,
            state=case.state.value,
            updated_at=case.updated_at,
        )
        for case in cases
    ]
