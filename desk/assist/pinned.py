"""What agents have pinned stays in the sidebar, also when the search would no longer find it."""

from collections.abc import Iterable, Mapping, Sequence

from desk.assist import fates
from desk.assist.fates import Subject
from desk.assist.quoting import Into, Reference, passage_for
from desk.assist.work import Work
from kb.access import Audience
from kb.articles import queries as articles
from kb.cases import queries
from kb.cases.models import Suggestion, SuggestionKind
from kb.config import LOCALES
from kb.db import stored_id
from kb.passages.models import Source, chunk_id
from retrieval.results import CaseSuggestion, Hit, Kind, Passage, Why


def pinned(
    work: Work, noted: Mapping[Subject, Suggestion], found: Sequence[CaseSuggestion]
) -> list[CaseSuggestion]:
    """Return the pinned ones that are not among what was found, as far as they can be read."""
    there = {fates.subject_of(one.hit.passage) for one in found}
    missing = [row for subject, row in noted.items() if row.pinned_at and subject not in there]
    return [
        CaseSuggestion(Hit(passage, 0.0, Why()), 0.0, resolution)
        for row in missing
        for passage, resolution in _passage(work, row)
    ]


def _passage(work: Work, row: Suggestion) -> Iterable[tuple[Passage, str]]:
    is_article = row.kind is SuggestionKind.ARTICLE
    reference, resolution = (_article if is_article else _solution)(work, row.subject_id)
    if reference is not None:
        found = passage_for(work.session, reference, into=Into.NOTE, viewer=work.viewer)
        if found is not None:
            yield found, resolution


def _article(work: Work, article_id: int) -> tuple[Reference | None, str]:
    """Name the beginning of an article, in the customer's language if it is there."""
    locales = (work.case.locale, *(one for one in LOCALES if one != work.case.locale))
    shown = articles.published_in(
        work.session, work.viewer, article_id=article_id, locales=locales
    )
    if shown is None:
        return None, ""
    kind = Kind.PUBLIC if shown.article.audience is Audience.PUBLIC else Kind.STAFF
    first = chunk_id(Source.REVISION, stored_id(shown.revision.id), 1)
    return Reference(kind, shown.translation.locale, first), ""


def _solution(work: Work, solution_id: int) -> tuple[Reference | None, str]:
    row = queries.solutions(work.session, work.viewer, [solution_id]).get(solution_id)
    if row is None:
        return None, ""
    first = chunk_id(Source.SOLUTION, solution_id, 1)
    return Reference(Kind.SOLUTIONS, row.locale, first), row.resolution
