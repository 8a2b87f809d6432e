"""Gaps put together and taken apart by hand: what an editor has sorted stays as it is.

Whatever asks the same later joins what lies nearest, as with every gap that was decided upon.
"""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk.curate.gaps import showing
from desk.curate.gaps.views import Sorting
from desk.curate.gaps.work import HERE, titles_of
from desk.deps import CurrentFields, CurrentSession, CurrentViewer
from kb.access import Viewer
from kb.errors import InvalidInput, NotFound
from kb.gaps import actions, policy, queries
from kb.gaps.models import Gap, GapState

_ALIKE, _SAMPLES = 12, 40
_LONGEST_ID = 18
_CHOSEN = "item-"


@post(f"{HERE}/{{public_id:str}}/merger", sync_to_thread=True, status_code=303)
def merge(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Put it together with another gap, which keeps its name."""
    gap, into = (_found(session, each) for each in (public_id, fields.line("into")))
    actions.merge(session, gap, into, by=editor)
    return Redirect(f"{HERE}/{into.public_id}", status_code=303)


@post(f"{HERE}/{{public_id:str}}/split", sync_to_thread=True, status_code=303)
def split(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Make what was chosen a gap of its own; with nothing chosen, nothing happens."""
    gap = _found(session, public_id)
    chosen = {
        int(number)
        for name, numbers in fields.items()
        if name.startswith(_CHOSEN)
        for number in numbers.split()
        if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID
    }
    try:
        apart = actions.split(session, gap, chosen, by=editor)
    except InvalidInput:
        return Redirect(f"{HERE}/{public_id}?said=unsorted#gap-sort", status_code=303)
    return Redirect(f"{HERE}/{apart.public_id}", status_code=303)


def sorting(session: Session, viewer: Viewer, gap: Gap, said: str) -> Sorting | None:
    """Return what can be sorted; None where nothing can, or not by this viewer."""
    if not policy.may_decide(viewer) or gap.state not in {GapState.OPEN, GapState.PLANNED}:
        return None
    others = queries.alike(session, gap, limit=_ALIKE)
    titles = titles_of(session, others)
    return Sorting(
        alike=[(one.public_id, titles.get(one.id or 0, "")) for one in others],
        samples=showing.samples(session, gap)[:_SAMPLES],
        error="gaps.error.unsorted" if said == "unsorted" else "",
    )


def _found(session: Session, public_id: str) -> Gap:
    found = queries.by_public_id(session, public_id)
    if found is None:
        raise NotFound
    return found


HANDLERS = [merge, split]
