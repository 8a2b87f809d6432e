"""The table of evaluation runs. A run names all it depends on, so it can be repeated."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column
from kb.evaluations.tasks import Task


class EvalRun(SQLModel, table=True):
    """One evaluation: what it ran on, its figures, and a line per query to compare runs by."""

    __tablename__ = "eval_run"

    id: int | None = Field(default=None, primary_key=True)
    task: Task = Field(
        default=Task.SEARCH,
        sa_column=enum_column(Task, server_default=text("'search'")),
    )
    dataset: str
    dataset_digest: str
    system: str
    fingerprint: str
    git_revision: str = ""
    packages: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    per_query: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    ran_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
