"""What a customer sees of all their cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.rendering import PrivateView
from kb.cases.models import Case, CaseState
from kb.db import stored_id


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


def rows(cases: Sequence[Case], locale: str, states: Mapping[int, CaseState]) -> list[CaseRow]:
    """Return the cases as they are listed, where they stand for their customers."""
    return [
        CaseRow(
            url=f"/{locale}/cases/{case.public_id}",
            subject=case.subject,
            state=states[stored_id(case.id)].value,
            updated_at=case.updated_at,
        )
        for case in cases
    ]
