"""Evaluation runs: listed, looked into, and compared with others of the same data."""

from collections import Counter

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from desk import rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.golden.showing import shelves
from desk.curate.runs.views import Change, Comparison, RunList, RunPage, RunRow
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from kb.errors import NotFound
from kb.evaluations import queries, reading
from kb.evaluations.causes import Cause
from kb.evaluations.models import EvalRun
from kb.evaluations.reading import Line

HERE = "/desk/curation/evaluations/runs"
_ROWS = 100
_RUNS = 50
_OTHER = "other"
_LONGEST_ID = 2**31


@get(HERE, sync_to_thread=True)
def show_runs(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Show the latest runs."""
    del staff_viewer  # asked for because it is there for nobody else
    page = RunList(
        areas=areas.tabs(session, "evaluations"),
        shelves=shelves("runs"),
        rows=[_row(one) for one in queries.newest(session, limit=_RUNS)],
    )
    return rendering.respond(request, page=page)


@get(f"{HERE}/{{number:int}}", sync_to_thread=True)
def show_run(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    number: FromPath[int],
    why: FromQuery[str] = "",
    against: FromQuery[int] = 0,
) -> Response[bytes]:
    """Show what failed in a run, and what changed since another."""
    del staff_viewer  # as above
    run = _found(session, number)
    return rendering.respond(request, page=_page(session, run, why, against))


def _page(session: Session, run: EvalRun, why: str, against: int) -> RunPage:
    lines = reading.lines(run)
    failed = reading.failed(lines)
    counts = Counter(_why(one) for one in failed)
    chosen = why if why in counts else ""
    kept = [one for one in failed if not chosen or _why(one) == chosen]
    others = queries.of_same(session, run)
    earlier = next((one for one in others if one.id == against), None)
    return RunPage(
        areas=areas.tabs(session, "evaluations"),
        row=_row(run),
        others=[_row(one) for one in others],
        comparison=_comparison(earlier, run) if earlier else None,
        whys=[
            Tab("all", f"{HERE}/{run.id}", len(failed), not chosen),
            *(
                Tab(name, f"{HERE}/{run.id}?why={name}", count, name == chosen)
                for name, count in counts.most_common()
            ),
        ],
        failed=kept[:_ROWS],
        more=max(len(kept) - _ROWS, 0),
        asked=len(lines),
    )


def _comparison(before: EvalRun, after: EvalRun) -> Comparison:
    moved = reading.changed(before, after)
    better = sum(reading.is_better(old, new) for old, new in moved)
    return Comparison(
        row=_row(before),
        better=better,
        worse=len(moved) - better,
        same=reading.shared(before, after) - len(moved),
        changes=[
            Change(new, reading.is_better(old, new), _why(old) if old.has_failed else "")
            for old, new in moved[:_ROWS]
        ],
    )


def _row(run: EvalRun) -> RunRow:
    return RunRow(
        url=f"{HERE}/{run.id}",
        number_=run.id or 0,
        task=run.task,
        dataset=run.dataset,
        system=run.system,
        revision=run.git_revision,
        ran_at=run.ran_at,
        means=reading.means(run),
    )


def _why(one: Line) -> str:
    """Return the name of the cause as addresses and catalogues have it."""
    known = next((cause for cause in Cause if cause == one.cause), None)
    return known.name.lower() if known else _OTHER


def _found(session: Session, number: int) -> EvalRun:
    run = queries.run(session, number) if 0 < number < _LONGEST_ID else None
    if run is None:
        raise NotFound
    return run


HANDLERS = [show_runs, show_run]
