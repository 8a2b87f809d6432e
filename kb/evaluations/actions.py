"""What can be done with evaluation runs: kept, never changed."""

from sqlmodel import Session

from kb.evaluations.models import EvalRun


def keep(session: Session, run: EvalRun) -> EvalRun:
    session.add(run)
    session.flush()
    return run
