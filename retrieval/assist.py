"""Suggest to an agent what may help with a case, and to a reader what is related to an article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from kb.access import Role, Viewer
from kb.articles import queries as articles
from kb.cases import queries as cases
from kb.cases.models import Case
from kb.db import stored_id
from retrieval import likelihood
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.remembered import Memory
from retrieval.results import CaseSuggestion, Found, Hit, Kind
from retrieval.search import Wish, search

_LETTERS = 1_500
_DEPTH = 10
_ARTICLES = 4
_SOLUTIONS = 3
_ARTICLE_KINDS = (Kind.PUBLIC, Kind.STAFF)
_SOLUTION_KINDS = (Kind.SOLUTIONS,)


@dataclass(frozen=True)
class Likely:
    """What may help, and what speaks for it; see `likelihood.FEATURES`."""

    hit: Hit
    evidence: dict[str, float]


def suggest(
    session: Session,
    engines: Engines,
    lexicons: Lexicons,
    case: Case,
    viewer: Viewer,
    memory: Memory | None = None,
) -> list[CaseSuggestion]:
    """Return articles and similar solved cases, best first of each; nothing rather than filler.

    What fits by the measured probability says so; the others are only a maybe.
    """
    found, similar = likely(session, engines, lexicons, case, viewer, memory)
    return _with_resolution(session, viewer, chosen(found, similar))


def chosen(found: Sequence[Likely], similar: Sequence[Likely]) -> list[CaseSuggestion]:
    """Return what is shown of the articles and the solved cases that were found."""
    return [*_told(found)[:_ARTICLES], *_told(similar)[:_SOLUTIONS]]


def likely(
    session: Session,
    engines: Engines,
    lexicons: Lexicons,
    case: Case,
    viewer: Viewer,
    memory: Memory | None = None,
) -> tuple[list[Likely], list[Likely]]:
    """Return all that was found for a case: articles, and solved cases other than itself.

    Without a memory everything is searched for anew, as a measurement wants it.
    """
    matters = _matters(session, case)
    wishes = [
        Wish(matter, case.locale, viewer, kinds=kinds, limit=_DEPTH)
        for kinds in (_ARTICLE_KINDS, _SOLUTION_KINDS)
        for matter in matters
    ]
    found = (memory or Memory()).search(session, engines, lexicons, wishes, viewer)
    looks = list(zip([*matters.values(), *matters.values()], found, strict=True))
    return _together(looks[: len(matters)]), _together(looks[len(matters) :], but=case.id)


def related(
    session: Session,
    engines: Engines,
    lexicons: Lexicons,
    revision_id: int,
    *,
    viewer: Viewer,
    locale: str,
) -> Found:
    """Return articles near this one, itself left out."""
    shown = articles.by_revisions(session, viewer, [revision_id]).get(revision_id)
    if shown is None:
        return Found([])
    question = f"{shown.revision.title}. {shown.revision.summary}"
    wish = Wish(question, locale, viewer, kinds=(Kind.PUBLIC,), limit=6, locales=(locale,))
    found = search(session, engines, lexicons, wish)
    hits = [hit for hit in found.hits if hit.passage.family_id != stored_id(shown.article.id)]
    return replace(found, hits=hits[:5])


def _matters(session: Session, case: Case) -> dict[str, float]:
    """Return what the case is about, at three lengths, with how much each counts.

    The subject alone is pointed but short, the whole talk tells all but drifts. Together they
    found the helping article first in 52 of 77 labelled demo cases, the whole talk in 45; the
    weights were the best of seven mixes tried on the same cases.
    """
    said = [
        message.body
        for message in cases.messages(session, stored_id(case.id), for_customer=True)
        if message.author_role is Role.CUSTOMER
    ]
    opening = f"{case.subject}. {said[0] if said else ''}"[:_LETTERS]
    everything = f"{case.subject}. {' '.join(said)}"[:_LETTERS]
    matters = {opening: 1.0}
    for matter in (everything, case.subject):
        matters.setdefault(matter, 0.5)
    return matters


def _together(looks: list[tuple[float, Found]], *, but: int | None = None) -> list[Likely]:
    """Bring several looks at one case together, best first; a solved case is not its own help."""
    scores: dict[tuple[Kind, int], float] = {}
    best: dict[tuple[Kind, int], Hit] = {}
    looked = sum(weight for weight, _ in looks)
    for weight, found in looks:
        for hit in found.hits:
            key = (hit.passage.kind, hit.passage.family_id)
            if key == (Kind.SOLUTIONS, but):
                continue
            scores[key] = scores.get(key, 0.0) + hit.score * weight / looked
            best.setdefault(key, hit)
    sure = max((found.confidence for _, found in looks), default=0.0)
    top = max(scores.values(), default=0.0) or 1.0
    return [
        Likely(
            best[key],
            {
                "solution": float(key[0] is Kind.SOLUTIONS),
                "score": scores[key],
                "share": scores[key] / top,
                "sure": sure,
            },
        )
        for key in sorted(scores, key=lambda key: -scores[key])
    ]


def _told(found: Sequence[Likely]) -> list[CaseSuggestion]:
    """Say how likely each is, likeliest first, and leave out what is only filler."""
    learnt = likelihood.load()
    told = [(learnt.of(one.evidence), one.hit) for one in found]
    told.sort(key=lambda one: -one[0])
    return [
        CaseSuggestion(hit, probability, fits=probability >= learnt.fits)
        for probability, hit in told
        if probability >= learnt.least
    ]


def _with_resolution(
    session: Session, viewer: Viewer, chosen: Sequence[CaseSuggestion]
) -> list[CaseSuggestion]:
    """Add what solved the similar cases; one that is gone by now is left out."""
    similar = {
        one.hit.passage.source_id for one in chosen if one.hit.passage.kind is Kind.SOLUTIONS
    }
    found = cases.solutions(session, viewer, similar)
    return [
        replace(one, resolution=found[one.hit.passage.source_id].resolution)
        if one.hit.passage.kind is Kind.SOLUTIONS
        else one
        for one in chosen
        if one.hit.passage.kind is not Kind.SOLUTIONS or one.hit.passage.source_id in found
    ]
