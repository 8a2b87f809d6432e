"""Open findings as tasks: what two articles say differently costs whoever reads the wrong one."""

from collections.abc import Iterator

from sqlmodel import Session

from desk.curate.findings.showing import HERE
from kb.access import Role, Viewer
from kb.curation.effect import contact_share, of_article, unhelpful
from kb.curation.tasks import Task, TaskKind, evidence_of
from kb.findings import queries
from kb.findings.models import FindingKind, FindingState

_MOST = 100
_EDITOR = Viewer(Role.EDITOR)


def work(session: Session) -> Iterator[Task]:
    """Yield the open findings, the surest first."""
    share, failed = contact_share(session), unhelpful(session)
    numbers = queries.ids(session, _EDITOR, FindingState.OPEN)[:_MOST]
    for pair in queries.pairs(session, _EDITOR, numbers):
        finding = pair.finding
        is_double = finding.kind is FindingKind.DUPLICATE
        sides = (pair.left.translation.id or 0, pair.right.translation.id or 0)
        told = of_article(max(failed.get(side, 0) for side in sides), share)
        yield Task(
            kind=TaskKind.DUPLICATE if is_double else TaskKind.CONTRADICTION,
            subject=str(finding.id),
            title_words={
                "title": f"{pair.left.revision.title} ↔ {pair.right.revision.title}",
                "locale": pair.left.translation.locale,
            },
            url=f"{HERE}/{finding.id}",
            weight=told.weight,
            evidence=evidence_of([finding.key]),
            since=finding.found_at,
            arithmetic=told.arithmetic,
        )
