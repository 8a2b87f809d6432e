"""A first draft of an article, out of what customers and agents wrote. Nothing is made up.

The title is a customer's, the steps are sentences of resolutions, each with where it stands.
People's data is out of all of it, and nothing here is published: an editor writes on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk.curate.gaps.safe import is_clean, safe
from desk.curate.gaps.work import titles_of
from desk.i18n import Words, words
from kb.articles.actions import Draft
from kb.cases.models import Case, Solution
from kb.config import Locale
from kb.gaps import evidence, queries
from kb.gaps.models import Evidence, Gap
from retrieval.index.sentences import sentences
from retrieval.language.words import fold
from retrieval.language.words import words as words_in

_MOST_STEPS = 12
_MOST_PHRASES = 12
_LONGEST_TITLE = 90
_ALIKE = 0.6
_FEW = 3


@dataclass(frozen=True)
class Source:
    """Something the draft is made of."""

    case_id: int
    subject: str
    problem: str
    resolution: str
    locale: str


@dataclass(frozen=True)
class Drafted:
    """The draft, and what it is made of."""

    locale: Locale
    draft: Draft
    sources: Sequence[Source]


def of_gap(session: Session, gap: Gap, locale: Locale, alike: Sequence[int] = ()) -> Drafted:
    """Return a draft for a gap, from the cases in it, or else from those that sound alike."""
    items = queries.items(session, gap.id)
    cases = [item.ref_id for item in items if item.kind is Evidence.CASE]
    spoken = evidence.words_of(session, items)
    wordings = [
        safe(spoken[item.kind, item.ref_id], item.locale)
        for item in items
        if item.locale == locale and (item.kind, item.ref_id) in spoken
    ]
    title = titles_of(session, [gap]).get(gap.id or 0, "")
    if title not in wordings and wordings:
        title = wordings[0]
    found = sources(session, cases) or sources(session, alike)
    return _drafted(title, wordings, found, words(locale))


def of_cases(session: Session, case_ids: Sequence[int]) -> Drafted | None:
    """Return a draft from solved cases; None where none of them has a solution."""
    found = sources(session, case_ids)
    if not found:
        return None
    locale: Locale = "de" if found[0].locale == "de" else "en"
    own = [one for one in found if one.locale == locale]
    return _drafted(own[0].subject, [one.subject for one in own], found, words(locale))


def sources(session: Session, case_ids: Sequence[int]) -> list[Source]:
    """Return what solved these cases, redacted as it was kept."""
    rows = session.exec(
        select(Solution, Case)
        .join(Case, col(Case.id) == col(Solution.case_id))
        .where(col(Solution.case_id).in_(case_ids))
        .order_by(col(Solution.id).desc())
    ).all()
    return [
        Source(
            case_id=solution.case_id,
            subject=safe(solution.subject),
            problem=safe(solution.problem),
            resolution=safe(solution.resolution),
            locale=solution.locale,
        )
        for solution, _ in rows
    ]


def steps(texts: Iterable[str]) -> list[str]:
    """Return the sentences of resolutions in order, each once.

    >>> steps(["Router neu starten. Dann warten.", "Den Router neu starten."])
    ['Router neu starten.', 'Dann warten.']
    """
    found: list[str] = []
    seen: list[set[str]] = []
    for text in texts:
        for sentence in sentences(text):
            bare = sentence.strip(" -*•\t")
            said = set(words_in(fold(bare)))
            if said and not any(_is_alike(said, other) for other in seen):
                found.append(bare)
                seen.append(said)
    return found[:_MOST_STEPS]


def _drafted(
    title: str, wordings: Sequence[str], found: Sequence[Source], spoken: Words
) -> Drafted:
    own = [one for one in found if one.locale == spoken.locale] or list(found)
    listed = steps(one.resolution for one in own)
    lines = [f"{number}. {step}" for number, step in enumerate(listed, start=1)]
    body = "\n".join(
        [
            f"## {spoken('gaps.draft.steps')}",
            "",
            *(lines or [f"1. {spoken('gaps.draft.step')}"]),
            "",
            f"## {spoken('gaps.draft.otherwise')}",
            "",
            spoken("gaps.draft.contact"),
        ]
    )
    draft = Draft(_title(title), body, phrases=_phrases(wordings))
    return Drafted(spoken.locale, draft, list(found))


def _title(said: str) -> str:
    """Return the wording as a heading: its first sentence, with a capital letter."""
    first = next(iter(sentences(said)), said)[:_LONGEST_TITLE].strip()
    return first[:1].upper() + first[1:]


def _phrases(wordings: Sequence[str]) -> list[str]:
    """Return each wording once, and none that somebody's data was taken out of."""
    once = {fold(text): text for text in reversed(wordings) if text and is_clean(text)}
    return list(reversed(once.values()))[:_MOST_PHRASES]


def _is_alike(said: set[str], other: set[str]) -> bool:
    shared = len(said & other)
    return shared >= min(_FEW, len(said)) and shared / len(said | other) >= _ALIKE
