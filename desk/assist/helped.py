"""What of all that was suggested helped: an agent's own figures, and the sum of the team's.

Nobody's figures are shown to anybody else, and nobody is ranked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from sqlmodel import Session

from desk import rendering
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Viewer
from kb.articles import policy as addresses
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.cases import helped, queries
from kb.cases.helped import Edits, Figures
from kb.cases.models import SuggestionKind
from kb.config import LOCALES, Locale

MOST = 50


@dataclass(frozen=True)
class HelpedRow:
    """One article or solved case, or a topic, with what became of it as a suggestion."""

    title: str
    url: str
    locale: str
    kind: str
    figures: Figures


@dataclass(frozen=True)
class HelpedPage(PrivateView):
    """The page."""

    template: ClassVar[str] = "assist/helped.html"
    is_own: bool
    sum: Figures
    edits: Edits
    topics: Sequence[HelpedRow]
    rows: Sequence[HelpedRow]


@get("/desk/helped", sync_to_thread=True)
def show_helped(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Show the team's figures, or one's own."""
    is_own = request.query_params.get("of") == "me"
    person_id = staff_viewer.person_id if is_own else None
    found = helped.by_subject(session, person_id=person_id)
    rows = _rows(session, staff_viewer, found, rendering.locale_of(request))
    page = HelpedPage(
        is_own=is_own,
        sum=helped.total(list(found.values())),
        edits=helped.edits(session, person_id=person_id),
        topics=_topics(session, staff_viewer, found, rendering.locale_of(request)),
        rows=sorted(rows, key=_most_used)[:MOST],
    )
    return rendering.respond(request, page=page)


def _rows(
    session: Session, viewer: Viewer, found: Mapping[helped.Subject, Figures], locale: Locale
) -> Iterable[HelpedRow]:
    solutions = [one for kind, one in found if kind is SuggestionKind.SOLUTION]
    subjects = queries.solutions(session, viewer, solutions)
    for (kind, subject_id), figures in found.items():
        if kind is SuggestionKind.ARTICLE:
            shown = _article(session, viewer, subject_id, locale)
            if shown is not None:
                url = addresses.address(shown.translation.locale, shown.translation.slug)
                title, spoken = shown.revision.title, shown.translation.locale
                yield HelpedRow(title, url, spoken, kind, figures)
        elif subject_id in subjects:
            row = subjects[subject_id]
            yield HelpedRow(row.subject, f"/desk/cases/{row.case_id}", row.locale, kind, figures)


def _topics(
    session: Session, viewer: Viewer, found: Mapping[helped.Subject, Figures], locale: Locale
) -> list[HelpedRow]:
    """Return the sums by the articles' categories."""
    names = {one.id: one.name for one in articles.categories(session, viewer, locale)}
    of_topic: defaultdict[int, list[Figures]] = defaultdict(list)
    for (kind, subject_id), figures in found.items():
        if kind is SuggestionKind.ARTICLE:
            shown = _article(session, viewer, subject_id, locale)
            if shown is not None and shown.article.category_id in names:
                of_topic[shown.article.category_id].append(figures)
    rows = [
        HelpedRow(names[one], "", locale, "topic", helped.total(each))
        for one, each in of_topic.items()
    ]
    return sorted(rows, key=_most_used)


def _article(
    session: Session, viewer: Viewer, article_id: int, locale: Locale
) -> Published | None:
    locales = (locale, *(one for one in LOCALES if one != locale))
    return articles.published_in(session, viewer, article_id=article_id, locales=locales)


def _most_used(row: HelpedRow) -> tuple[int, int, str]:
    return -row.figures.used, -row.figures.shown, row.title


HANDLERS = [show_helped]
