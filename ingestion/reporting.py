"""Tell the operator what an import did: counts, then every file that failed and why."""

from rich.console import Console
from rich.table import Table

from ingestion.records import ImportReport, Outcome

_MOST_REMARKS = 20


def print_report(report: ImportReport) -> None:
    """Print a table of counts, the failures in full, and the first remarks."""
    console = Console()
    table = Table(title="Nothing was changed (dry run)" if report.dry_run else None)
    for outcome in Outcome:
        table.add_column(outcome.value, justify="right")
    table.add_row(*(str(report.counts.get(outcome, 0)) for outcome in Outcome))
    console.print(table)
    for failure in report.failures:
        console.print(f"failed: {failure.origin}: {failure.reason}", markup=False)
    for remark in report.warnings[:_MOST_REMARKS]:
        console.print(f"note: {remark.origin}: {remark.text}", markup=False, style="dim")
    more = len(report.warnings) - _MOST_REMARKS
    if more > 0:
        console.print(f"and {more} more notes", style="dim")
    if report.for_staff:
        console.print(
            f"{report.for_staff} for staff only: customers do not find them, unless imported "
            "with --audience public"
        )
    for gone in report.gone[:_MOST_REMARKS]:
        console.print(f"gone: {gone}", markup=False)
    if report.gone and not report.pruned:
        console.print(f"{len(report.gone)} gone from the source; --prune archives them")
