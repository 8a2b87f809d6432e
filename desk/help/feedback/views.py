"""What "Did this help?" shows, on its own page and inside others."""

from dataclasses import dataclass
from typing import ClassVar

from desk.rendering import PrivateView
from kb.questions.models import FeedbackReason


@dataclass(frozen=True)
class FeedbackState:
    """Where a reader stands: not asked yet, said yes or no, said why."""

    revision_id: int
    question: str = ""
    """Public id of the question that led here."""
    public_id: str = ""
    """Of the feedback, once given."""
    helpful: bool = False
    is_explained: bool = False
    comment: str = ""
    contact_url: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.public_id)

    @property
    def reasons(self) -> list[FeedbackReason]:
        return list(FeedbackReason)


@dataclass(frozen=True)
class FeedbackBox(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "help/_feedback.html"
    feedback: FeedbackState


@dataclass(frozen=True)
class FeedbackPage(FeedbackBox):
    """The page for those without JavaScript."""

    template: ClassVar[str] = "help/feedback.html"
