"""Where an article comes from: a gap, or solved cases, as its first revision notes in a code.

The code is for us. Whoever reads the history reads words, and beside the text stands the evidence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk import i18n
from desk.curate.gaps import drafting, showing
from desk.curate.gaps.drafting import Source
from desk.curate.gaps.views import Sample
from desk.curate.gaps.work import HERE, titles_of
from kb.articles.models import Revision, Translation
from kb.gaps import queries
from kb.gaps.models import Evidence, Gap

_GAP = re.compile(r"gap:([\w-]{1,40})")
_CASES = re.compile(r"case:\d{1,15}(?: case:\d{1,15})*")
_MOST = 20


@dataclass(frozen=True)
class FromGap:
    """A gap the article is written for."""

    title: str
    url: str
    samples: Sequence[Sample]


@dataclass(frozen=True)
class Origin:
    """What an article is written from, redacted."""

    gaps: Sequence[FromGap]
    sources: Sequence[Source]


def of_gap(gap: Gap) -> str:
    """Return the code for an article begun from a gap."""
    return f"gap:{gap.public_id}"


def of_cases(numbers: Sequence[int]) -> str:
    """Return the code for an article begun from solved cases.

    >>> of_cases([3, 5])
    'case:3 case:5'
    """
    return " ".join(f"case:{number}" for number in numbers)


def spoken(note: str, locale: str) -> str:
    """Return what a revision notes, in the words of its language where it is a code.

    >>> spoken("case:3 case:5", "de"), spoken("Schritt 2 geändert", "de")
    ('Aus 2 gelösten Anliegen begonnen', 'Schritt 2 geändert')
    """
    kind = "gap" if _GAP.fullmatch(note) else "cases" if _CASES.fullmatch(note) else ""
    if not kind:
        return note
    words = i18n.words(i18n.as_locale(locale) or "de")
    return words(f"flags.origin.{kind}", count=len(note.split()))


def origin(session: Session, article_id: int) -> Origin | None:
    """Return what an article is written from; None where nobody noted anything."""
    numbers = _numbers(_notes(session, article_id))
    found = queries.of_article(session, article_id)
    titles = titles_of(session, found)
    gaps = [
        FromGap(
            titles.get(gap.id or 0, ""),
            f"{HERE}/{gap.public_id}",
            showing.samples(session, gap)[: showing.SAMPLES],
        )
        for gap in found
    ]
    numbers += [number for gap in found for number in _cases(session, gap)]
    sources = drafting.sources(session, numbers[:_MOST]) if numbers else []
    return Origin(gaps, sources) if gaps or sources else None


def _notes(session: Session, article_id: int) -> Sequence[str]:
    note = col(Revision.change_note)
    return session.exec(
        select(Revision.change_note)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .where(Translation.article_id == article_id, note.like("case:%"))
        .order_by(col(Revision.id))
    ).all()


def _numbers(notes: Sequence[str]) -> list[int]:
    codes = [note for note in notes if _CASES.fullmatch(note)]
    return [int(part.removeprefix("case:")) for note in codes for part in note.split()]


def _cases(session: Session, gap: Gap) -> list[int]:
    items = queries.items(session, gap.id)
    return [item.ref_id for item in items if item.kind is Evidence.CASE]
