"""What a reader sees who says that something worked, and may say how."""

from dataclasses import dataclass
from typing import ClassVar

from desk.rendering import PrivateView


@dataclass(frozen=True)
class TipState:
    """Where the reader stands: asked for a tip, or thanked for one."""

    feedback_id: str = ""
    """Public id of the yes it comes with."""
    text: str = ""
    error: str = ""
    is_given: bool = False


@dataclass(frozen=True)
class TipBox(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "help/_tip.html"
    tip: TipState


@dataclass(frozen=True)
class TipPage(TipBox):
    """The page for those without JavaScript."""

    template: ClassVar[str] = "help/tip.html"
