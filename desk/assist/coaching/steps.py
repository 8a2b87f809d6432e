"""Which steps lose people: the articles that were coached from, and the steps of one of them.

Words are the article's own. What an agent rewrote for one customer stays with that customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import ClassVar

from litestar import Response, get
from litestar.params import FromPath
from sqlmodel import Session

from desk import rendering
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Viewer
from kb.articles import policy as addresses
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.coaching import actions, losses
from kb.coaching.losses import StepLoss
from kb.config import LOCALES
from kb.errors import NotFound
from retrieval.coaching import derive
from retrieval.index.plain import plain

HERE = "/desk/coaching/steps"
_LONGEST = 160
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class CoachedArticle:
    """An article people were coached from."""

    title: str
    locale: str
    url: str
    sent: int
    left: int


@dataclass(frozen=True)
class StepBar:
    """One step, in people and as shares of the most who came to any step."""

    number: int
    text: str
    loss: StepLoss
    most: int

    @property
    def went_on(self) -> float:
        return 100 * (self.loss.reached - self.loss.left) / self.most

    @property
    def left(self) -> float:
        return 100 * self.loss.left / self.most


@dataclass(frozen=True)
class ArticlesPage(PrivateView):
    """All articles people were coached from, those that lose most first."""

    template: ClassVar[str] = "assist/coached_articles.html"
    articles: Sequence[CoachedArticle]


@dataclass(frozen=True)
class StepsPage(PrivateView):
    """The steps of one article."""

    template: ClassVar[str] = "assist/coached_steps.html"
    title: str
    article_locale: str
    article_url: str
    steps: Sequence[StepBar]
    worst: StepBar | None
    """The step that loses most; None: none loses anybody."""


@get(HERE, sync_to_thread=True)
def show_coached_articles(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Show from which articles people were coached, and how many left on the way."""
    actions.settle_all(session)
    found = []
    for article_id, sent, left in losses.articles(session):
        shown = _shown(session, staff_viewer, article_id, rendering.locale_of(request))
        if shown is not None:
            title, locale = shown.revision.title, shown.translation.locale
            found.append(CoachedArticle(title, locale, f"{HERE}/{article_id}", sent, left))
    return rendering.respond(request, page=ArticlesPage(found))


@get(f"{HERE}/{{article_id:int}}", sync_to_thread=True)
def show_coached_steps(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    article_id: FromPath[int],
) -> Response[bytes]:
    """Show the steps of an article, with how many came to each and how many left."""
    locale = rendering.locale_of(request)
    known = article_id <= _LARGEST
    shown = _shown(session, staff_viewer, article_id, locale) if known else None
    if shown is None:
        raise NotFound
    actions.settle_all(session)
    return rendering.respond(request, page=_page(session, article_id, shown))


def _page(session: Session, article_id: int, shown: Published) -> StepsPage:
    locale = shown.translation.locale
    found = losses.of_article(session, article_id)
    words = {one.origin: one.instruction for one in derive(shown.revision.body).steps}
    most = max((one.reached for one in found), default=0) or 1
    steps = [StepBar(one.origin, _short(words.get(one.origin, "")), one, most) for one in found]
    losing = [one for one in steps if one.loss.left]
    return StepsPage(
        title=shown.revision.title,
        article_locale=locale,
        article_url=addresses.address(locale, shown.translation.slug),
        steps=steps,
        worst=max(losing, key=lambda one: one.loss.left, default=None),
    )


def _shown(session: Session, viewer: Viewer, article_id: int, locale: str) -> Published | None:
    languages = (locale, *(one for one in LOCALES if one != locale))
    return articles.published_in(session, viewer, article_id=article_id, locales=languages)


def _short(text: str) -> str:
    return shorten(plain(text), _LONGEST, placeholder=" …")


HANDLERS = [show_coached_articles, show_coached_steps]
