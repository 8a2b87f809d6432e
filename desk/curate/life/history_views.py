"""What the history of a translation shows: its revisions, and how two of them differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from desk.curate.diffing import Piece
from desk.curate.gaps import origins
from desk.curate.life import comparing
from desk.curate.life.comparing import Stretch
from desk.curate.life.place import AboutArticle, Place, above
from kb.articles import history
from kb.articles.history import Entry, OnShow
from kb.articles.models import Revision, Significance, State
from kb.people import queries as people

PAGE = 50


@dataclass(frozen=True)
class RevisionRow:
    """One revision in the list."""

    number: int
    at: datetime
    author: str
    note: str
    significance: Significance
    shown: Sequence[OnShow]
    is_newest: bool
    is_on_show: bool
    compare_url: str
    """With the one before it; empty for the first."""


@dataclass(frozen=True)
class Field:
    """A line beside the text that changed: title, summary, tags, search phrases."""

    name: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Comparison:
    """How one revision differs from another."""

    old: int
    new: int
    fields: Sequence[Field]
    stretches: Sequence[Stretch]

    @property
    def is_same(self) -> bool:
        return not self.fields and not self.stretches


@dataclass(frozen=True)
class HistoryPage(AboutArticle):
    """All revisions, and the two that are compared."""

    template: ClassVar[str] = "curate/life/history.html"
    url: str
    locale_of_text: str
    rows: Sequence[RevisionRow]
    more: int
    """Older ones that are not listed."""
    comparison: Comparison | None
    restorable: int
    """The older of the compared ones, if it can be brought back; 0: none."""


def history_page(
    session: Session, place: Place, *, old: int | None, new: int | None
) -> HistoryPage:
    """Return the page; where nothing was chosen, the newest two are compared."""
    entries = history.entries(session, place.translation)
    numbers = [entry.number for entry in entries]
    after = new if new in numbers else numbers[0]
    earlier = [number for number in numbers if number < after]
    before = old if old in numbers else (earlier[0] if earlier else None)
    found = None
    if before is not None and before != after:
        found = comparison(
            history.revision(session, place.translation, min(before, after)),
            history.revision(session, place.translation, max(before, after)),
        )
    areas, heading = above(session, place.article, place.translation.locale, "history")
    return HistoryPage(
        areas=areas,
        heading=heading,
        url=f"{place.url}/history",
        locale_of_text=place.translation.locale,
        rows=_rows(session, place, entries),
        more=max(0, len(entries) - PAGE),
        comparison=found,
        restorable=found.old if found and not place.article.is_archived else 0,
    )


def comparison(old: Revision, new: Revision) -> Comparison:
    """Return how a revision differs from an older one."""
    pairs = {
        "title": (old.title, new.title),
        "summary": (old.summary, new.summary),
        "tags": (", ".join(old.tags), ", ".join(new.tags)),
        "phrases": ("; ".join(old.phrases or []), "; ".join(new.phrases or [])),
    }
    return Comparison(
        old.number,
        new.number,
        [
            Field(name, comparing.words(*pair))
            for name, pair in pairs.items()
            if pair[0] != pair[1]
        ],
        comparing.stretches(old.body, new.body),
    )


def _rows(session: Session, place: Place, entries: Sequence[Entry]) -> list[RevisionRow]:
    names = people.names(session, {each.author_id for each in entries if each.author_id})
    url = f"{place.url}/history"
    rows = []
    for at, entry in enumerate(entries[:PAGE]):
        before = entries[at + 1].number if at + 1 < len(entries) else 0
        rows.append(
            RevisionRow(
                number=entry.number,
                at=entry.created_at,
                author=names.get(entry.author_id or 0, ""),
                note=origins.spoken(entry.note, place.translation.locale),
                significance=entry.significance,
                shown=entry.shown,
                is_newest=at == 0,
                is_on_show=_is_on_show(place, entry),
                compare_url=f"{url}?old={before}&new={entry.number}#changes" if before else "",
            )
        )
    return rows


def _is_on_show(place: Place, entry: Entry) -> bool:
    translation = place.translation
    is_shown = translation.state is State.PUBLISHED and not place.article.is_archived
    return is_shown and translation.published_id == entry.id
