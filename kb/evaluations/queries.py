"""What can be read about evaluation runs."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from kb.evaluations.models import EvalRun


def run(session: Session, run_id: int) -> EvalRun | None:
    return session.get(EvalRun, run_id)


def newest(session: Session, *, limit: int = 20) -> Sequence[EvalRun]:
    return session.exec(select(EvalRun).order_by(col(EvalRun.id).desc()).limit(limit)).all()
