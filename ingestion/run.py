"""The way in: import a file or folder, and report what became of it."""

from collections import Counter
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from ingestion import apply, categories, collect, glossary, locate, run_cases, state
from ingestion.apply import Writing, Written
from ingestion.collect import Collected
from ingestion.locate import Target
from ingestion.plan import Plan, plan
from ingestion.records import (
    Failure,
    ImportOptions,
    ImportReport,
    Kind,
    Outcome,
    Phase,
    Progress,
    Remark,
    Unreadable,
    no_progress,
)
from kb.access import Audience
from kb.db import transaction


def import_path(
    engine: Engine,
    path: Path,
    options: ImportOptions | None = None,
    on_progress: Progress = no_progress,
) -> ImportReport:
    """Bring what is at this path into kb. A second run changes nothing and says so.

    What cannot be read is reported and the rest is kept. Stopped at any moment and run again,
    it ends where an undisturbed run would have ended.
    """
    options = options or ImportOptions()
    try:
        target = locate.target(path, options.kind)
        if target.kind is Kind.CASES_JSONL:
            return run_cases.import_cases(engine, target, options, on_progress)
        known = categories.load(target.root)
        terms = glossary.load(target.root)
        collected = collect.families(target, options, known, on_progress)
    except Unreadable as error:
        failure = Failure(str(path), str(error))
        return ImportReport(options.kind, "", Counter({Outcome.FAILED: 1}), (failure,))
    with Session(engine) as session:
        stored = state.documents(session, target.source)
    planned = plan(
        collected.families,
        stored,
        publish=options.publish,
        failed={failure.key for failure in collected.failures if failure.key is not None},
        in_scope=collected.in_scope if collected.speaks_for_all else (),
    )
    if options.dry_run:
        return _report(target, collected, planned, Written(), dry_run=True)
    writing = Writing(target.root, target.source, stored, planned.outcomes, options.publish)
    if planned.families:
        with transaction(engine) as session:
            categories.keep_tree(session, known)
    with transaction(engine) as session:
        glossary.keep(session, terms)
    written = apply.write(engine, planned.families, writing, _Batches(planned, on_progress))
    pruned = apply.prune(engine, target.source, planned.gone) if options.prune else 0
    return _report(target, collected, planned, written, pruned=pruned)


class _Batches:
    """Adds up what has been written, for the progress bar."""

    def __init__(self, planned: Plan, on_progress: Progress) -> None:
        self._done, self._total, self._tell = 0, len(planned.families), on_progress

    def __call__(self, count: int) -> None:
        self._done += count
        self._tell(self._done, self._total, Phase.WRITING)


def _report(
    target: Target,
    collected: Collected,
    planned: Plan,
    written: Written,
    *,
    pruned: int = 0,
    dry_run: bool = False,
) -> ImportReport:
    failures = (*collected.failures, *written.failures)
    not_written = {failure.key for failure in written.failures}
    counts = Counter(
        outcome for (key, _), outcome in planned.outcomes.items() if key not in not_written
    )
    counts[Outcome.GONE], counts[Outcome.FAILED] = len(planned.gone), len(failures)
    remarks = [*collected.remarks, *written.remarks]
    if not collected.speaks_for_all:
        text = "some entries could not even be named, so nothing was looked upon as gone"
        remarks.append(Remark(target.source, text))
    return ImportReport(
        kind=target.kind,
        source=target.source,
        counts=counts,
        failures=failures,
        warnings=tuple(remarks),
        gone=tuple(f"{key} ({locale})" for key, locale in planned.gone),
        skipped=collected.skipped,
        pruned=pruned,
        for_staff=sum(
            family.audience is Audience.STAFF
            for family in planned.families
            if family.key not in not_written
            for page in family.pages
            if planned.outcomes[family.key, page.locale] is not Outcome.UNCHANGED
        ),
        dry_run=dry_run,
    )
