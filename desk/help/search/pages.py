"""Search: a full question is answered and kept; words still being typed only find.

A question asked with JavaScript comes in two steps: the page with what its words find, at once,
and then the answer, which the page asks for. Without JavaScript both are one page.
"""

import secrets
from dataclasses import replace

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, SkipValidation

from desk import rendering
from desk.deps import (
    CurrentEngine,
    CurrentLocale,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.help.person_first import affect_of
from desk.help.search import asking, views
from desk.help.search.asking import Asked, Asker, Asking
from desk.help.search.options import Options, options, others_ask
from desk.help.search.popular import popular
from desk.help.search.views import Results, SearchPage
from desk.rendering import HTTPRequest
from desk.security import limit_searches
from desk.site import site_of
from kb.questions.policy import is_askable
from retrieval.assembly import Retrieval

SUGGESTIONS, AT_ONCE = 5, 6

CurrentAsker = NamedDependency[SkipValidation[Asker]]
CurrentAsking = NamedDependency[SkipValidation[Asking]]


def provide_asker(
    request: HTTPRequest, session: CurrentSession, viewer: CurrentViewer, locale: CurrentLocale
) -> Asker:
    """Return who asks."""
    return Asker(session, viewer, locale, rendering.is_left_alone(request))


def provide_asking(
    asker: CurrentAsker,
    question: FromQuery[str] = "",
    after: FromQuery[str] = "",
    key: FromQuery[str] = "",
) -> Asking:
    """Return what is asked, understood by the question it follows."""
    return asking.asking(asker, question, after=after, key=key)


@get("/search", sync_to_thread=True, guards=[limit_searches])
def show_search(  # each is injected by name
    request: HTTPRequest,
    engine: CurrentEngine,
    retrieval: CurrentRetrieval,
    asker: CurrentAsker,
    wanted: CurrentAsking,
    early: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the answer and what else is found, or at first what words find."""
    if not is_askable(wanted.text):
        often = popular(asker.session, asker.locale)
        return _shown(request, views.nothing_asked(wanted.said, often, locale=asker.locale))
    if early and retrieval is not None:
        return _shown(request, _early(retrieval, asker, wanted))
    asked = asking.ask(retrieval, engine, asker, wanted)
    _count(request, asked)
    return _shown(request, views.results(asker, asked))


@get("/suggestions", sync_to_thread=True, guards=[limit_searches])
def show_suggestions(
    request: HTTPRequest,
    retrieval: CurrentRetrieval,
    asker: CurrentAsker,
    question: FromQuery[str] = "",
) -> Response[bytes]:
    """Offer what the words typed so far find; before there are any, what others ask."""
    return rendering.respond(request, fragment=_offered(retrieval, asker, question))


def _offered(retrieval: CurrentRetrieval, asker: Asker, question: str) -> Options:
    text = asking.cleaned(question)
    if not is_askable(text):
        return others_ask(popular(asker.session, asker.locale), locale=asker.locale)
    found = asking.by_words(retrieval, asker, text, limit=SUGGESTIONS)
    return options(text, found, locale=asker.locale)


def _early(retrieval: Retrieval, asker: Asker, wanted: Asking) -> Results:
    """Return what words find, and the way to a person for whom that comes first."""
    wanted = replace(wanted, key=secrets.token_urlsafe(16))
    found = asking.by_words(retrieval, asker, wanted.text, limit=AT_ONCE)
    return views.at_once(asker, wanted, found, affect_of(retrieval, wanted.text))


def _shown(request: HTTPRequest, found: Results) -> Response[bytes]:
    return rendering.respond(request, page=SearchPage(**vars(found)), fragment=found)


def _count(request: HTTPRequest, asked: Asked) -> None:
    metrics = site_of(request).metrics
    metrics.questions.labels(views.outcome(asked)).inc()
    metrics.answer_seconds.observe(asked.seconds)


router = Router(
    "/",
    route_handlers=[show_search, show_suggestions],
    dependencies={
        "asker": Provide(provide_asker, sync_to_thread=False),
        "wanted": Provide(provide_asking, sync_to_thread=True),
    },
)
