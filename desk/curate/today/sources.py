"""Where today's work comes from. A new source is a line in `SOURCES`.

A source reads and changes nothing. One that fails is left out of the list; the page says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from desk.curate.findings import work as findings
from desk.curate.gaps import work as gaps
from desk.curate.golden import work as golden
from desk.curate.live import work as live
from desk.curate.today import links, readers, reviews
from kb.curation import upkeep
from kb.curation.tasks import Task


@dataclass(frozen=True)
class Source:
    """A part of curation that finds work: its words are `today.source.<name>`."""

    name: str
    work: Callable[[Session], Iterable[Task]]


SOURCES: tuple[Source, ...] = (
    Source("gaps", gaps.gaps),
    Source("waiting", gaps.waiting),
    Source("corrections", readers.corrections),
    Source("tips", readers.tips),
    Source("flags", readers.flags),
    Source("reviews", reviews.waiting),
    Source("steps", readers.steps),
    Source("links", links.broken),
    Source("findings", findings.work),
    Source("golden", golden.work),
    Source("live", live.work),
    Source("upkeep", upkeep.work),
)
