"""The health page of an article, for editors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from litestar import Response, get
from litestar.params import FromPath
from sqlmodel import Session, col, select

from desk import i18n, rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.articles.tabs import ARTICLES, Heading, article_of, heading
from desk.curate.gaps import origins
from desk.curate.gaps.safe import safe
from desk.curate.golden.showing import rows_of
from desk.curate.golden.views import GoldenRow
from desk.curate.health.lift import Lift, lifts
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from desk.site import site_of
from kb.articles.models import Article, Translation
from kb.coaching import success
from kb.coaching.success import Lost
from kb.curation import health
from kb.curation.health import Asked, Health
from kb.db import stored_id
from kb.gaps import queries as gaps
from kb.golden import queries as golden


@dataclass(frozen=True)
class Range:
    """A share with its range, as it is drawn."""

    name: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Flagged:
    """What an agent found wrong, redacted."""

    fault: str
    note: str
    case_id: int


@dataclass(frozen=True)
class HealthPage(PrivateView):
    """The page."""

    template: ClassVar[str] = "curate/health/page.html"
    areas: Sequence[Tab]
    heading: Heading
    language: str
    health: Health | None
    """None where it is not written in this language."""
    asked: Sequence[Asked]
    """With redacted words."""
    ranges: Sequence[Range]
    flags: Sequence[Flagged]
    lost: Sequence[Lost]
    lifts: Sequence[Lift]
    gaps: Sequence[str]
    """Addresses of those it was written for."""
    golden: Sequence[GoldenRow]


@get(f"{ARTICLES}/{{public_id:str}}/health", sync_to_thread=True)
def show_health(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    public_id: FromPath[str],
) -> Response[bytes]:
    """Show how an article does in one language."""
    del editor  # asked for because it is there for nobody else
    site_of(request).reads.write_down(session)
    article = article_of(session, public_id)
    return rendering.respond(request, page=_page(request, session, article))


def _page(request: HTTPRequest, session: Session, article: Article) -> HealthPage:
    rows = session.exec(
        select(Translation)
        .where(Translation.article_id == stored_id(article.id))
        .order_by(col(Translation.locale))
    ).all()
    known = {one.locale: one for one in rows}
    asked_for = request.query_params.get("locale", "")
    locale = next((each for each in (asked_for, "de", *known) if each in known), "de")
    found = health.health(session, known[locale]) if locale in known else None
    words = i18n.words(rendering.locale_of(request))
    return HealthPage(
        areas=areas.tabs(session, "articles"),
        heading=_here(heading(session, article, locale=locale, current="health")),
        language=locale,
        health=_spoken(found, locale),
        asked=[_safe(one, locale) for one in found.asked] if found else [],
        ranges=_ranges(found, words) if found else [],
        flags=[
            Flagged(str(one.fault), safe(one.note), one.case_id)
            for one in (found.flags if found else ())
        ],
        lost=success.losses(session, stored_id(article.id))[:5],
        lifts=lifts(session, known[locale]) if locale in known else [],
        gaps=[
            f"/desk/curation/gaps/{gap.public_id}"
            for gap in gaps.of_article(session, stored_id(article.id))
        ],
        golden=rows_of(
            session,
            golden.of_article(session, stored_id(article.id), locale),
            four_eyes=site_of(request).config.four_eyes,
        ),
    )


def _here(above: Heading) -> Heading:
    """Let the languages lead to this page in them, and not to the editor."""
    url = f"{ARTICLES}/{above.public_id}/health?locale="
    return replace(above, tongues=[replace(each, url=url + each.locale) for each in above.tongues])


def _spoken(found: Health | None, locale: str) -> Health | None:
    if found is None:
        return None
    told = [replace(one, note=origins.spoken(one.note, locale)) for one in found.revisions]
    return replace(found, revisions=told)


def _ranges(found: Health, words: i18n.Words) -> list[Range]:
    return [
        Range(
            words("health.revision", number=one.number),
            one.solved.share,
            one.solved.low,
            one.solved.high,
        )
        for one in found.revisions
    ]


def _safe(one: Asked, locale: str) -> Asked:
    return Asked(safe(one.text, locale), one.times, one.answered)


HANDLERS = [show_health]
