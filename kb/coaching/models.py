"""Tables of coaching. A plan's `public_id` is the customer's private link: random, unguessable."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from kb import clock
from kb.cases.models import Outcome
from kb.db import UtcDateTime, enum_column


class HelpLevel(StrEnum):
    """How much help somebody gets, least first."""

    HINT = "hint"
    STEPS = "steps"
    TOGETHER = "together"
    FOR_YOU = "for you"


class PlanState(StrEnum):
    """A DRAFT is the agent's alone; a customer sees a plan from SENT on."""

    DRAFT = "draft"
    SENT = "sent"
    FINISHED = "finished"


class EventKind(StrEnum):
    """What happened on the way."""

    VIEWED = "viewed"
    DONE = "done"
    FAILED = "failed"
    RETRIED = "retried"
    SKIPPED = "skipped"
    BRANCHED = "branched"
    """The agent has sent another way for this step."""
    NEEDS_HELP = "needs help"
    ASKED_MEANING = "asked meaning"
    WANTED_STEPS = "wanted steps"
    """The hint was not enough: step by step, please."""
    DECLINED = "declined"
    """Please do it for me."""
    SOLVED = "solved"
    NOT_SOLVED = "not solved"


class PauseReason(StrEnum):
    """Why a case is not coached any more."""

    CUSTOMER = "customer"
    """They asked that it be done for them."""
    AGENT = "agent"


class CoachingTemplate(SQLModel, table=True):
    """A plan that is kept for similar cases."""

    __tablename__ = "coaching_template"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    locale: str
    device: str = ""
    article_id: int = Field(foreign_key="article.id", index=True)
    hint: str = Field(default="", sa_column=Column(Text, nullable=False))
    steps: list[dict[str, str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """Instruction, expectation and so on, as they stood in the plan, in order."""
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CoachingPlan(SQLModel, table=True):
    """Ordered steps for one customer. `version` grows with every edit, to notice stale ones."""

    __tablename__ = "coaching_plan"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: secrets.token_urlsafe(24), unique=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    """What the steps were taken from."""
    template_id: int | None = Field(default=None, foreign_key="coaching_template.id", index=True)
    locale: str
    device: str = ""
    title: str
    hint: str = Field(default="", sa_column=Column(Text, nullable=False))
    """One pointer, for whoever needs no more."""
    level: HelpLevel | None = Field(default=None, sa_column=enum_column(HelpLevel, nullable=True))
    """Chosen by the agent, never by us: None until then."""
    proposed: HelpLevel | None = Field(
        default=None, sa_column=enum_column(HelpLevel, nullable=True)
    )
    """What we would have chosen; None: we did not know."""
    reason: str = ""
    """Why the agent does it, where they do."""
    state: PlanState = Field(default=PlanState.DRAFT, sa_column=enum_column(PlanState))
    outcome: Outcome = Field(default=Outcome.UNKNOWN, sa_column=enum_column(Outcome))
    lost_at: int | None = None
    """The step at which it ended without success. No foreign key: it would make a circle."""
    version: int = 1
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CoachingStep(SQLModel, table=True):
    """One thing to do. `key` names it in addresses; it says nothing."""

    __tablename__ = "coaching_step"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="coaching_plan.id", index=True)
    key: str = Field(default_factory=lambda: secrets.token_hex(4))
    position: int
    origin: int = 0
    """Its place among the steps of the article, from 1; nought: written by an agent."""
    section: str = ""
    instruction: str = Field(sa_column=Column(Text, nullable=False))
    expectation: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What they should see."""
    if_fails: str = Field(default="", sa_column=Column(Text, nullable=False))
    alternative: str = Field(default="", sa_column=Column(Text, nullable=False))
    """Another way to the same, shown when the first did not work."""
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    """What to know before doing it."""
    image: str = ""
    """Id of a picture of the article."""
    image_text: str = ""
    already_tried: bool = False
    dropped: bool = False


class StepEvent(SQLModel, table=True):
    """Something that happened on the way. The same key is the same event, however often sent."""

    __tablename__ = "coaching_event"
    __table_args__ = (UniqueConstraint("plan_id", "idempotency_key"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="coaching_plan.id", index=True)
    step_id: int | None = Field(default=None, foreign_key="coaching_step.id")
    kind: EventKind = Field(sa_column=enum_column(EventKind))
    detail: str = Field(default="", sa_column=Column(Text, nullable=False))
    by_id: int | None = Field(default=None, foreign_key="person.id")
    idempotency_key: str
    happened_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class CoachingPause(SQLModel, table=True):
    """A case whose customer is not to be coached."""

    __tablename__ = "coaching_pause"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    reason: PauseReason = Field(sa_column=enum_column(PauseReason))
    by_id: int | None = Field(default=None, foreign_key="person.id")
    since: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
