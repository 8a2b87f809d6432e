"""Imports cases: read, take out people's data, compare, write."""

from collections import Counter

from sqlalchemy import Engine
from sqlmodel import Session

from ingestion import apply_cases, essence
from ingestion.apply_cases import StoredCase, WantedCase
from ingestion.locate import Target
from ingestion.records import (
    Failure,
    ImportOptions,
    ImportReport,
    Outcome,
    Phase,
    Progress,
    Remark,
    Unreadable,
)
from ingestion.sources import cases_jsonl


def import_cases(
    engine: Engine, target: Target, options: ImportOptions, on_progress: Progress
) -> ImportReport:
    """Bring cases into kb. None is ever removed: one that is gone is reported only.

    Raises:
        Unreadable: there is no case at all.
    """
    with Session(engine) as session:
        stored = apply_cases.stored_cases(session, target.source)
    wanted, failures = _read(target, options, stored, on_progress)
    outcomes = {one.raw.key: apply_cases.outcome(one, target.source) for one in wanted}
    to_write = [one for one in wanted if outcomes[one.raw.key] is not Outcome.UNCHANGED]
    unnamed = any(failure.key is None for failure in failures)
    known = outcomes.keys() | {failure.key for failure in failures}
    gone = () if unnamed else tuple(sorted(stored.keys() - known))
    remarks: list[Remark] = []
    if to_write and not options.dry_run:
        done = 0

        def on_batch(count: int) -> None:
            nonlocal done
            done += count
            on_progress(done, len(to_write), Phase.WRITING)

        written = apply_cases.write(engine, to_write, target.source, on_batch)
        failures, remarks = [*failures, *written.failures], written.remarks
        for failure in written.failures:
            outcomes.pop(failure.key or "", None)
    if gone and options.prune:
        remarks.append(Remark(target.source, "cases are never removed by an import"))
    counts = Counter(outcomes.values())
    counts[Outcome.GONE], counts[Outcome.FAILED] = len(gone), len(failures)
    return ImportReport(
        kind=target.kind,
        source=target.source,
        counts=counts,
        failures=tuple(failures),
        warnings=tuple(remarks),
        gone=gone,
        dry_run=options.dry_run,
    )


def _read(
    target: Target,
    options: ImportOptions,
    stored: dict[str, StoredCase],
    on_progress: Progress,
) -> tuple[list[WantedCase], list[Failure]]:
    wanted: dict[str, WantedCase] = {}
    failures: list[Failure] = []
    found = list(cases_jsonl.read(target.root, locale=options.locale))
    if not found:
        raise Unreadable("holds no cases")
    for number, raw in enumerate(found, 1):
        on_progress(number, len(found), Phase.READING)
        if isinstance(raw, Failure):
            failures.append(raw)
        elif raw.key in wanted:
            failures.append(Failure(raw.origin, f"its _id stands there twice: {raw.key}", raw.key))
        else:
            wanted[raw.key] = WantedCase(raw, essence.of(raw), stored.get(raw.key))
    return list(wanted.values()), failures
