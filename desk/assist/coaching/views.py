"""What agents see of coaching: the editor of a plan, and how a plan that was sent is going."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.rendering import PrivateView


@dataclass(frozen=True)
class StepForm:
    """A step as it is being written."""

    key: str
    number: int
    section: str
    """Where a new part begins: its heading."""
    instruction: str
    expectation: str
    if_fails: str
    alternative: str
    note: str
    image: str
    image_text: str
    already_tried: bool
    dropped: bool
    standing: str
    """How far the customer is with it, once the plan was sent."""
    theirs: str = ""
    """What a colleague has made of the instruction meanwhile."""

    @property
    def has_more(self) -> bool:
        """Say whether something stands in what is folded away at first."""
        return bool(self.if_fails or self.alternative or self.note)


@dataclass(frozen=True)
class LevelChoice:
    """A level with what it was worth so far; nought of nought is not known."""

    level: str
    is_chosen: bool
    is_proposed: bool
    sent: int
    solved: int
    own_sent: int
    own_solved: int

    @property
    def name(self) -> str:
        return self.level.replace(" ", "_")


@dataclass(frozen=True)
class Advice:
    """How much help to give, and whether coaching would be wrong."""

    topic: str
    choices: Sequence[LevelChoice]
    proposed: str
    """Empty: not known."""
    is_of_customer: bool
    against: Sequence[str]


@dataclass(frozen=True)
class DeviceChoice:
    """A device some steps of the article are for."""

    name: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Editor:
    """A plan on the desk of an agent."""

    case_id: int
    case_subject: str
    customer: str
    plan_id: int
    version: int
    locale: str
    state: str
    title: str
    hint: str
    reason: str
    article_title: str
    article_url: str
    steps: Sequence[StepForm]
    advice: Advice
    devices: Sequence[DeviceChoice]
    order: str
    customer_url: str
    is_paused: bool
    errors: Sequence[str] = ()
    is_stale: bool = False
    saved: str = ""
    """What was done just now: `saved`, `template`."""

    @property
    def url(self) -> str:
        return f"/desk/cases/{self.case_id}/coaching/{self.plan_id}"


@dataclass(frozen=True)
class EditorPage(PrivateView):
    """The page of a plan."""

    template: ClassVar[str] = "assist/coaching.html"
    editor: Editor


@dataclass(frozen=True)
class StepRow:
    """A step on its way, as the case page shows it."""

    key: str
    number: int
    text: str
    standing: str
    detail: str
    is_current: bool


@dataclass(frozen=True)
class Running:
    """A plan a customer is working through."""

    plan_id: int
    title: str
    level: str
    steps: Sequence[StepRow]
    done: int
    alarm: str
    """Why somebody should look now; empty: nothing is wrong."""
    said: str
    """What the customer said last."""
    since: datetime
    elapsed_unit: str
    elapsed_count: int
    is_begun: bool
    customer_url: str
    key: str

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def current(self) -> StepRow | None:
        return next((one for one in self.steps if one.is_current), None)


@dataclass(frozen=True)
class PlanRow:
    """A draft, or a plan that is over."""

    plan_id: int
    title: str
    level: str
    outcome: str
    lost_at: str
    """The step at which it ended without success."""
    was_reopened: bool


@dataclass(frozen=True)
class EndedRow:
    """How a case ended: names of words."""

    outcome: str
    level: str
    lost_at: int
    """Number of the step that coaching ended at; nought: at none."""
    holding: str
    """Whether it held; empty where nothing was solved."""


@dataclass(frozen=True)
class Coached:
    """The coaching of a case."""

    case_id: int
    mark: str
    pause: str
    """Why it is not coached: `customer`, `agent`, or nothing."""
    running: Running | None
    drafts: Sequence[PlanRow]
    past: Sequence[PlanRow]
    ended: EndedRow | None
    """How the case ended; None: it goes on."""
    later: str
    """Whether the next time went without us: a key, or nothing."""

    @property
    def url(self) -> str:
        return f"/desk/cases/{self.case_id}/coaching"

    @property
    def is_empty(self) -> bool:
        return not (self.running or self.drafts or self.past or self.pause or self.ended)


@dataclass(frozen=True)
class CoachedPanel(PrivateView):
    """The coaching of a case as a fragment."""

    template: ClassVar[str] = "assist/_coached.html"
    coached: Coached
