"""The corrections inbox: what readers propose, by state, and what agents say of articles."""

from sqlmodel import Session

from desk.curate.areas import Tab
from kb.curation import flagged, queries
from kb.curation.models import CorrectionState

HERE = "/desk/curation/corrections"
FLAGS = f"{HERE}/flags"


def tabs(session: Session, current: str) -> list[Tab]:
    """Return the lists of the inbox; `current` is a state of corrections, or `flags`."""
    counts = queries.counts(session)
    states = [
        Tab(state.value, address(state, 1), counts[state], state.value == current)
        for state in CorrectionState
    ]
    return [*states, Tab("flags", FLAGS, flagged.waiting(session), current == "flags")]


def address(state: CorrectionState, page: int) -> str:
    """Return where the corrections of a state are listed."""
    return f"{HERE}?which={state}" + (f"&page={page}" if page > 1 else "")
