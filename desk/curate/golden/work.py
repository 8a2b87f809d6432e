"""Golden questions that come out wrong, as tasks."""

from collections.abc import Iterator

from sqlmodel import Session

from desk.curate.golden.showing import HERE
from kb.curation.tasks import Task, TaskKind, evidence_of
from kb.golden import queries
from kb.golden.models import Verdict


def work(session: Session) -> Iterator[Task]:
    """Yield the questions that come out wrong; wrong in another way, it is new work."""
    for one in queries.standing(session):
        if one.verdict is Verdict.WRONG:
            yield Task(
                kind=TaskKind.GOLDEN,
                subject=str(one.id),
                title_words={"title": one.words, "locale": one.locale},
                url=f"{HERE}/questions/{one.id}",
                weight=0.0,
                evidence=evidence_of([one.id, one.cause, one.quoted_id]),
                since=one.since or one.made_at,
            )
