"""What the staff sees of answers in service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.areas import Tab
from desk.rendering import PrivateView
from kb.curation.observed import Counted, Drift, Kind
from kb.questions.models import FeedbackReason


@dataclass(frozen=True)
class LivePage(PrivateView):
    """The page."""

    template: ClassVar[str] = "curate/live/page.html"
    areas: Sequence[Tab]
    shelves: Sequence[Tab]
    whole: Counted
    weeks: Sequence[tuple[datetime, Counted]]
    languages: Sequence[tuple[str, Counted]]
    kinds: Sequence[tuple[Kind, str, Counted]]
    reasons: Sequence[tuple[FeedbackReason | None, int]]
    drifts: Sequence[Drift]
    fewest: int


"""So many questions a week, and what moves is told."""
