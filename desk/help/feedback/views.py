"""What "Did this solve your problem?" shows, on its own page and inside others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from desk.help.feedback.ways import Way
from desk.help.trail import Footprints
from desk.rendering import PrivateView
from kb.questions.models import Feedback, FeedbackReason

ASKED = (
    FeedbackReason.NOT_MY_CASE,
    FeedbackReason.DID_NOT_WORK,
    FeedbackReason.UNCLEAR,
    FeedbackReason.WRONG,
)
"""What may be missing; the fifth, a person, leads away from here."""


@dataclass(frozen=True)
class FeedbackState:
    """Where a reader stands: not asked yet, said yes or not yet, said what is missing."""

    revision_id: int
    question: str = ""
    """Public id of the question that led here."""
    public_id: str = ""
    """Of the feedback, once given."""
    helpful: bool = False
    reason: FeedbackReason | None = None
    has_comment: bool = False
    way: Way | None = None
    """Where it goes on, once it is said what is missing."""
    contact_url: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.public_id)

    @property
    def reasons(self) -> Sequence[FeedbackReason]:
        return ASKED


@dataclass(frozen=True)
class FeedbackBox(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "help/_feedback.html"
    feedback: FeedbackState


@dataclass(frozen=True)
class FeedbackPage(FeedbackBox):
    """The page for those without JavaScript."""

    template: ClassVar[str] = "help/feedback.html"


def feedback_state(
    given: Feedback, prints: Footprints, way: Way | None, *, contact_url: str
) -> FeedbackState:
    """Return where somebody stands who has given feedback."""
    return FeedbackState(
        revision_id=given.revision_id,
        question=prints.question,
        public_id=given.public_id,
        helpful=given.helpful,
        reason=given.reason,
        has_comment=bool(given.comment),
        way=way,
        contact_url=contact_url,
    )
