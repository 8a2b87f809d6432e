"""What can be read about evaluation runs."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from kb.evaluations.models import EvalRun


def run(session: Session, run_id: int) -> EvalRun | None:
    return session.get(EvalRun, run_id)


def newest(session: Session, *, limit: int = 20) -> Sequence[EvalRun]:
    return session.exec(select(EvalRun).order_by(col(EvalRun.id).desc()).limit(limit)).all()


def of_same(session: Session, run: EvalRun, *, limit: int = 10) -> Sequence[EvalRun]:
    """Return the other runs of the same task on the same data, the newest first."""
    return session.exec(
        select(EvalRun)
        .where(
            col(EvalRun.task) == run.task,
            EvalRun.dataset_digest == run.dataset_digest,
            EvalRun.id != run.id,
        )
        .order_by(col(EvalRun.id).desc())
        .limit(limit)
    ).all()
