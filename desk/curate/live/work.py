"""What moved in service by more than chance, as tasks: somebody should look why."""

from collections.abc import Iterator

from sqlmodel import Session

from desk.curate.golden.showing import HERE as EVALUATIONS
from kb import clock
from kb.curation import observed
from kb.curation.health import Share
from kb.curation.tasks import Task, TaskKind, evidence_of

HERE = f"{EVALUATIONS}/live"


def work(session: Session) -> Iterator[Task]:
    """Yield a task for each share that moved; put away, it comes back in another week."""
    now = clock.now()
    for one in observed.drifts(observed.seen(session)):
        yield Task(
            kind=TaskKind.DRIFT,
            subject=one.sign,
            title_words={"before": _percent(one.before), "lately": _percent(one.lately)},
            url=HERE,
            weight=0.0,
            evidence=evidence_of([one.sign, *now.isocalendar()[:2]]),
            since=now - observed.LATELY,
        )


def _percent(share: Share) -> str:
    return str(round(share.share * 100))
