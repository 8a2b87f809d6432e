"""Offers: what retrieval found, put the way an agent needs it, with why it may fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from desk import markdown
from desk.assist import fates
from desk.assist.quoting import Reference
from desk.assist.work import Work
from kb.access import Audience
from kb.cases import queries
from kb.cases.models import Fate, Suggestion, SuggestionKind
from kb.coaching import queries as coaching
from kb.coaching import success
from retrieval.assembly import Retrieval
from retrieval.results import CaseSuggestion, Hit, Kind, Notice

MOST_FOUND = 8
MOST_WORDS = 8
SHORTEST_WORD = 3
_PART_OF_PAGE = 5


@dataclass(frozen=True)
class TemplateOffer:
    """A plan kept from a case like this one, with how it did."""

    id: int
    title: str
    ended: int
    solved: int


@dataclass(frozen=True)
class Offer:
    """One article or solved case that may help."""

    kind: str
    subject_id: int
    title: str
    section: str
    url: str
    locale: str
    is_other_language: bool
    is_internal: bool
    probability: float
    """Nought where it is not known: found by hand."""
    words: tuple[str, ...]
    is_near: bool
    excerpt: str
    html: Markup
    resolution: str
    reference: str
    is_linked: bool
    is_inserted: bool
    anchor: str = ""
    """The part of the article the passage is from."""
    templates: tuple[TemplateOffer, ...] = ()


def suggested(work: Work, retrieval: Retrieval) -> list[Offer]:
    """Return what may help with the case, likeliest first; what was dismissed stays away."""
    found = retrieval.suggest(work.session, work.case, work.viewer)
    found = sorted(found, key=lambda one: -one.probability)
    noted = fates.note_shown(work, found)
    dismissed = {subject for subject, one in noted.items() if one.fate is Fate.DISMISSED}
    failed = {
        (SuggestionKind.ARTICLE, one)
        for one in coaching.failed_articles(work.session, work.case_id)
    }
    left_out = dismissed | failed
    kept = [one for one in found if fates.subject_of(one.hit.passage) not in left_out]
    return _offers(work, kept, noted)


def searched(work: Work, retrieval: Retrieval, words: str) -> tuple[list[Offer], Iterable[Notice]]:
    """Return what an agent searched for by hand, and what did not work meanwhile."""
    found = retrieval.search(work.session, words, work.viewer, work.case.locale, limit=MOST_FOUND)
    hits = [CaseSuggestion(hit, 0.0) for hit in found.hits]
    return _offers(work, hits, fates.known(work.session, work.case)), sorted(found.notices)


def _offers(
    work: Work, found: Sequence[CaseSuggestion], noted: dict[fates.Subject, Suggestion]
) -> list[Offer]:
    linked = {one.article_id for one in queries.linked_articles(work.session, work.case_id)}
    texts = [one.hit.passage.text for one in found]
    where = markdown.links(work.session, work.viewer, work.case.locale, texts)
    offers = [_offer(work, one, where, noted, linked) for one in found]
    return _with_templates(work, offers)


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


def _offer(
    work: Work,
    found: CaseSuggestion,
    where: markdown.Links,
    noted: dict[fates.Subject, Suggestion],
    linked: set[int],
) -> Offer:
    hit, passage = found.hit, found.hit.passage
    subject = kind, subject_id = fates.subject_of(passage)
    is_solution = passage.kind is Kind.SOLUTIONS
    fate = noted[subject].fate if subject in noted else Fate.SHOWN
    return Offer(
        kind=kind,
        subject_id=subject_id,
        title=passage.title,
        section=passage.section,
        url=f"/desk/cases/{passage.family_id}" if is_solution else passage.url,
        locale=passage.locale,
        is_other_language=passage.locale != work.case.locale,
        is_internal=passage.audience is not Audience.PUBLIC,
        probability=found.probability,
        words=_telling(hit),
        is_near=hit.why.dense >= fates.NEAR,
        excerpt=markdown.excerpt(passage.text),
        html=markdown.render(passage.text, where, top=_PART_OF_PAGE).html,
        resolution=found.resolution,
        reference=str(Reference.to(passage)),
        is_linked=not is_solution and passage.family_id in linked,
        is_inserted=fate in {Fate.INSERTED, Fate.EDITED, Fate.SENT},
        anchor=passage.anchor,
    )


def _telling(hit: Hit) -> tuple[str, ...]:
    """Return the longest of the words that matched: short ones say little."""
    telling = [word for word in hit.why.words if len(word) >= SHORTEST_WORD]
    longest = sorted(telling, key=lambda word: -len(word))[:MOST_WORDS]
    return tuple(word for word in hit.why.words if word in longest)
