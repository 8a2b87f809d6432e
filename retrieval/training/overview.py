"""Which models there are, what each is doing, and what its collections weigh."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from kb.passages import queries
from kb.passages.queries import State
from retrieval.index.collections import SLOTS
from retrieval.index.wanted import wanted
from retrieval.training.store import HeldOut, Made, Stored

_MEGABYTE = 1_000_000


class Role(StrEnum):
    """What a model is doing."""

    ANSWERS = "answers"
    KEPT = "kept for a rollback"
    COMING = "being prepared"
    IDLE = ""


@dataclass(frozen=True)
class Line:
    """One model."""

    name: str
    role: Role
    size: int
    """Bytes of its folder; 0 where it is not on this machine."""
    passages: int
    """In the collections it made."""
    documents: int
    wanted: int
    """Documents its collections hold, and those they should."""
    made: Made | None


def lines(session: Session, found: Sequence[Stored]) -> list[Line]:
    """Return a line for every model here, and for those in use that are elsewhere."""
    choice, states = queries.model_choice(session), queries.states(session)
    active = choice.active if choice is not None else ""
    roles = {active: Role.ANSWERS}
    if choice is not None and choice.previous and any(s.kept for s in states.values()):
        roles.setdefault(choice.previous, Role.KEPT)
    if choice is not None and choice.wanted:
        roles[choice.wanted] = Role.COMING
    here = {one.name: one for one in found}
    names = [*here, *(name for name in roles if name and name not in here)]
    total = sum(len(wanted(session, slot)) for slot in SLOTS)
    told = []
    for name in names:
        role = roles.get(name, Role.IDLE)
        collections = _collections(list(states.values()), role)
        told.append(
            Line(
                name=name,
                role=role,
                size=here[name].size if name in here else 0,
                passages=sum(queries.count(session, one) for one in collections),
                documents=queries.sources_in(session, collections),
                wanted=total,
                made=here[name].made if name in here else None,
            )
        )
    return told


def _collections(states: Sequence[State], role: Role) -> list[str]:
    """Return the collections a model has made, by what it is doing."""
    if role is Role.ANSWERS:
        return [one.serving for one in states]
    if role is Role.KEPT:
        return [one.kept for one in states if one.kept is not None]
    return [one.coming for one in states if one.coming is not None and role is Role.COMING]


def print_lines(told: Sequence[Line], index_folder: Path) -> None:
    """Print the models as a table; what their passages weigh is a share of the index folder."""
    table = Table("model", "", "passages", "index", "weights", "held-out part (MRR)")
    everything = sum(line.passages for line in told) or 1
    weight = disk_use(index_folder)
    for line in told:
        role = str(line.role)
        if line.role is Role.COMING:
            role += f", {line.documents:,} of {line.wanted:,} documents"
        share = weight * line.passages // everything
        table.add_row(
            line.name,
            role,
            f"{line.passages:,}" if line.passages else "",
            megabytes(share) if line.passages else "",
            megabytes(line.size) if line.size else "not here",
            said_of(line.made),
        )
    Console().print(table)


def said_of(made: Made | None) -> str:
    """Say what was measured of a model when it was made."""
    return "" if made is None else said_of_held_out(made.held_out)


def said_of_held_out(held: HeldOut) -> str:
    """Say how two models did on the same questions."""
    return (
        f"{held.before:.3f} → {held.after:.3f} ({held.low:+.3f} to {held.high:+.3f}, "
        f"{held.questions:,} questions)"
    )


def disk_use(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB"
