"""Offers: what retrieval found, put the way an agent needs it, with why it may fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from desk import markdown
from desk.assist import fates, matching
from desk.assist.elapsed import Elapsed, elapsed
from desk.assist.fates import Subject
from desk.assist.matching import Why
from desk.assist.pinned import pinned
from desk.assist.quoting import Reference
from desk.assist.telling import Told
from desk.assist.work import Work
from kb import clock
from kb.access import Audience
from kb.articles.models import Article
from kb.cases import flags, queries, uses
from kb.cases.models import Case, Fate, Solution, Suggestion, SuggestionKind
from kb.cases.uses import Worked
from kb.coaching import queries as coaching
from kb.coaching import success
from retrieval.assembly import Retrieval
from retrieval.results import CaseSuggestion, Kind, Notice, Passage

MOST_FOUND = 8
_PART_OF_PAGE = 5
_REASONS = {"already tried": "already_tried", "outdated": "outdated", "wrong": "wrong"}


@dataclass(frozen=True)
class TemplateOffer:
    """A plan kept from a case like this one, with how it did."""

    id: int
    title: str
    ended: int
    solved: int


@dataclass(frozen=True)
class Solved:
    """How a similar case went, and whether it has helped since."""

    problem: str
    resolution: str
    ago: Elapsed
    worked: Worked


@dataclass(frozen=True)
class Offer:
    """One article or solved case that may help."""

    kind: str
    subject_id: int
    revision_id: int
    """Of an article."""
    title: str
    section: str
    url: str
    locale: str
    is_other_language: bool
    is_internal: bool
    probability: float
    """Nought where it is not known: found by hand."""
    fits: bool
    """By the threshold that was learnt; a maybe is shown only to whoever asks for it."""
    chance: str
    why: Why
    excerpt: str
    html: Markup
    reference: str
    is_linked: bool
    is_inserted: bool
    is_pinned: bool
    was_read: bool
    """The customer had it open before they wrote."""
    fault: str
    """What was said of it from this case."""
    anchor: str = ""
    """The part of the article the passage is from."""
    edit_url: str = ""
    """Where an editor improves it; empty for others."""
    solved: Solved | None = None
    templates: tuple[TemplateOffer, ...] = ()

    @property
    def is_unsure(self) -> bool:
        return not (self.fits or self.is_pinned)


@dataclass(frozen=True)
class LeftOut:
    """What would be offered, if it had not turned out to be no help here."""

    kind: str
    subject_id: int
    title: str
    url: str
    locale: str
    reason: str
    """The key is `assist.left_out.<reason>`."""
    is_dismissed: bool


def suggested(work: Work, retrieval: Retrieval, told: Told) -> tuple[list[Offer], list[LeftOut]]:
    """Return what may help, pinned ones first, then the likeliest; and what is left out."""
    found = retrieval.suggest(work.session, work.case, work.viewer)
    found = sorted(found, key=lambda one: -one.probability)
    noted = fates.note_shown(work, found, told)
    found = [*pinned(work, noted, found), *found]
    out = _no_help(work, noted, told)
    kept = [one for one in found if fates.subject_of(one.hit.passage) not in out]
    offers = sorted(_offers(work, kept, noted, told), key=lambda one: not one.is_pinned)
    return offers, [_left_out(one.hit.passage, out) for one in found if one not in kept]


def searched(
    work: Work, retrieval: Retrieval, words: str, told: Told
) -> tuple[list[Offer], Iterable[Notice]]:
    """Return what an agent searched for by hand, and what did not work meanwhile."""
    found = retrieval.search(work.session, words, work.viewer, work.case.locale, limit=MOST_FOUND)
    hits = [CaseSuggestion(hit, 0.0) for hit in found.hits]
    known = fates.known(work.session, work.case)
    return _offers(work, hits, known, told), sorted(found.notices)


def _no_help(work: Work, noted: dict[Subject, Suggestion], told: Told) -> dict[Subject, str]:
    """Return why something is not offered here: dismissed, failed in coaching, tried before."""
    out = {(SuggestionKind.ARTICLE, one): "done" for one in told.done}
    for one in coaching.failed_articles(work.session, work.case_id):
        out[SuggestionKind.ARTICLE, one] = "failed"
    for subject, row in noted.items():
        if row.fate is Fate.DISMISSED:
            out[subject] = _REASONS.get(row.fate_reason, "other_matter")
    return out


def _left_out(passage: Passage, out: dict[Subject, str]) -> LeftOut:
    subject = kind, subject_id = fates.subject_of(passage)
    return LeftOut(
        kind=kind,
        subject_id=subject_id,
        title=passage.title,
        url=_url(passage),
        locale=passage.locale,
        reason=out[subject],
        is_dismissed=out[subject] not in {"done", "failed"},
    )


def _offers(
    work: Work, found: Sequence[CaseSuggestion], noted: dict[Subject, Suggestion], told: Told
) -> list[Offer]:
    linked = {one.article_id for one in queries.linked_articles(work.session, work.case_id)}
    faults = {one.revision_id: one.fault for one in flags.of_case(work.session, work.case_id)}
    texts = [one.hit.passage.text for one in found]
    where = markdown.links(work.session, work.viewer, work.case.locale, texts)
    offers = [
        replace(
            _offer(work, one, where, noted.get(fates.subject_of(one.hit.passage)), told),
            is_linked=one.hit.passage.family_id in linked and not _is_solution(one.hit.passage),
            fault=faults.get(one.hit.passage.source_id, ""),
            edit_url=_edit_url(work, one.hit.passage),
        )
        for one in found
    ]
    return _with_solved(work, _with_templates(work, offers))


def _with_templates(work: Work, offers: Sequence[Offer]) -> list[Offer]:
    """Add the plans that were kept of the same articles, and how they did."""
    articles = {one.subject_id for one in offers if one.kind == SuggestionKind.ARTICLE}
    kept = coaching.templates(work.session, work.viewer, articles, work.case.locale)
    counts = success.of_templates(work.session, {one.id or 0 for one in kept})
    told = [
        (one.article_id, TemplateOffer(one.id or 0, one.title, done.ended, done.solved))
        for one in kept
        for done in [counts[one.id or 0]]
    ]
    return [
        replace(one, templates=tuple(each for article, each in told if article == one.subject_id))
        if one.kind == SuggestionKind.ARTICLE and not one.is_internal
        else one
        for one in offers
    ]


def _with_solved(work: Work, offers: Sequence[Offer]) -> list[Offer]:
    """Add to solved cases what the problem was, what solved it, and how often that has helped."""
    ids = {one.subject_id for one in offers if one.kind == SuggestionKind.SOLUTION}
    if not ids:
        return list(offers)
    rows = queries.solutions(work.session, work.viewer, ids)
    worked = uses.worked(work.session, ids)
    return [
        replace(one, solved=_solved(work, rows[one.subject_id], worked[one.subject_id]))
        if one.kind == SuggestionKind.SOLUTION and one.subject_id in rows
        else one
        for one in offers
    ]


def _solved(work: Work, row: Solution, worked: Worked) -> Solved:
    case = work.session.get_one(Case, row.case_id)
    return Solved(
        problem=row.problem,
        resolution=row.resolution,
        ago=elapsed(case.solved_at or case.updated_at, clock.now()),
        worked=worked,
    )


def _offer(
    work: Work,
    found: CaseSuggestion,
    where: markdown.Links,
    noted: Suggestion | None,
    told: Told,
) -> Offer:
    passage = found.hit.passage
    kind, subject_id = fates.subject_of(passage)
    return Offer(
        kind=kind,
        subject_id=subject_id,
        revision_id=0 if _is_solution(passage) else passage.source_id,
        title=passage.title,
        section=passage.section,
        url=_url(passage),
        locale=passage.locale,
        is_other_language=passage.locale != work.case.locale,
        is_internal=passage.audience is not Audience.PUBLIC,
        probability=found.probability,
        fits=found.fits,
        chance=matching.chance(found.probability),
        why=matching.why(found.hit, told),
        excerpt=markdown.excerpt(passage.text),
        html=markdown.render(passage.text, where, top=_PART_OF_PAGE).html,
        reference=str(Reference.to(passage)),
        is_linked=False,
        is_inserted=noted is not None and noted.fate in uses.USED,
        is_pinned=noted is not None and noted.pinned_at is not None,
        was_read=not _is_solution(passage) and passage.family_id in told.read,
        fault="",
        anchor=passage.anchor,
    )


def _is_solution(passage: Passage) -> bool:
    return passage.kind is Kind.SOLUTIONS


def _url(passage: Passage) -> str:
    return f"/desk/cases/{passage.family_id}" if _is_solution(passage) else passage.url


def _edit_url(work: Work, passage: Passage) -> str:
    if not work.viewer.is_editor or _is_solution(passage):
        return ""
    public_id = work.session.get_one(Article, passage.family_id).public_id
    return f"/desk/curation/articles/{public_id}/{passage.locale}?from_case={work.case_id}"
