"""Views become responses here, and only here is looked at what htmx asked for.

A View is a frozen dataclass whose fields are exactly what its template reads. A page includes its
fragments, so it has their fields too. Beside its fields a template sees `frame`, what the layout
needs on every page, and the globals of `templating`.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

from litestar import Request, Response
from litestar.datastructures import State

from desk import i18n, packing
from desk.site import site_of
from desk.theme import shown as theme_shown
from desk.theme.shown import Logo, Note
from desk.ways import WayNow, phone_of, ways_now
from kb import clock
from kb.access import Viewer
from kb.config import LOCALES, Locale

HTTPRequest = Request[Any, Any, State]
HTML = "text/html"


@dataclass(frozen=True)
class View:
    """What a template shows."""

    template: ClassVar[str]
    is_private: ClassVar[bool] = False


@dataclass(frozen=True)
class PrivateView(View):
    """Meant for one person: kept by no cache, found by no search engine, never packed."""

    is_private: ClassVar[bool] = True


@dataclass(frozen=True)
class Visit:
    """Who is signed in, put into the request's state by `deps`."""

    viewer: Viewer
    name: str
    locale: Locale


@dataclass(frozen=True)
class Language:
    """One entry of the language switch."""

    locale: Locale
    url: str


@dataclass(frozen=True)
class Frame:
    """What every layout needs."""

    locale: Locale
    brand: str
    phone: str
    phone_url: str
    ways: tuple[WayNow, ...]
    """To a person, best first."""
    path: str
    languages: tuple[Language, ...]
    """The others."""
    visit: Visit | None
    logo: Logo | None
    """The operator's; without one, ours."""
    icon: tuple[str, str]
    """Path and type of the icon in the browser's tab."""
    notes: tuple[Note, ...]
    """What must be said about the site, in its footer."""


def respond(
    request: HTTPRequest,
    *,
    page: View | None = None,
    fragment: View | None = None,
    status: int = 200,
) -> Response[bytes]:
    """Show the fragment to htmx and the page to everybody else."""
    view = fragment if fragment is not None and (page is None or wants_fragment(request)) else page
    if view is None:
        raise ValueError("nothing to show")
    headers = {
        "vary": "HX-Request, Cookie, Accept-Language, Accept-Encoding",
        "content-language": locale_of(request),
        "cache-control": "no-cache, private",
    }
    if view.is_private:
        headers |= {
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
            "x-robots-tag": "noindex",
        }
    body = render(request, view).encode()
    is_for_anyone = not view.is_private and visit_of(request) is None
    if is_for_anyone and packing.is_taken(request.headers) and (small := packing.packed(body)):
        body, headers["content-encoding"] = small, "gzip"
    return Response(body, status_code=status, media_type=HTML, headers=headers)


def wants_fragment(request: HTTPRequest) -> bool:
    """Say whether htmx will swap the response into a page that is already there."""
    headers = request.headers
    return "hx-request" in headers and "hx-history-restore-request" not in headers


def is_left_alone(request: HTTPRequest) -> bool:
    """Say whether the browser asks that nothing be remembered: Do Not Track, or its successor."""
    return "1" in {request.headers.get("dnt"), request.headers.get("sec-gpc")}


def render(request: HTTPRequest, view: View) -> str:
    """Fill the view's template in the visitor's language."""
    environment = site_of(request).environments[locale_of(request)]
    values = {field.name: getattr(view, field.name) for field in fields(view)}
    return environment.get_template(view.template).render(values, frame=frame_of(request))


def locale_of(request: HTTPRequest) -> Locale:
    """Return the language of the path, of the person, asked for, or of the browser: the first."""
    in_path = _in_path(request)
    if in_path is not None:
        return in_path
    visit = visit_of(request)
    if visit is not None:
        return visit.locale
    asked = i18n.as_locale(request.query_params.get("language", ""))
    if asked is not None:
        return asked
    accepted = request.headers.get("accept-language", "")
    return i18n.negotiate(accepted, site_of(request).config.default_locale)


def visit_of(request: HTTPRequest) -> Visit | None:
    """Return who is signed in, if `deps` has found out."""
    visit: Visit | None = request.state.get("visit")
    return visit


def frame_of(request: HTTPRequest) -> Frame:
    """Return what the layout needs."""
    config, service = site_of(request).config, site_of(request).service
    theme, here = site_of(request).theme, locale_of(request)
    phone = phone_of(service)
    digits = "".join(char for char in phone if char.isdigit() or char == "+")
    return Frame(
        locale=here,
        brand=config.brand,
        phone=phone,
        phone_url=f"tel:{digits}",
        ways=ways_now(service, i18n.words(here), clock.now()),
        path=request.scope["path"],
        languages=tuple(_in(request, locale) for locale in LOCALES if locale != here),
        visit=visit_of(request),
        logo=theme_shown.logo(theme),
        icon=theme_shown.icon(theme),
        notes=theme_shown.notes(theme, here),
    )


def _in(request: HTTPRequest, locale: Locale) -> Language:
    """Return the same page in another language; what its address asks for is kept."""
    path = request.scope["path"]
    asked = parse_qsl(request.scope["query_string"].decode("latin-1"))
    asked = [(name, value) for name, value in asked if name != "language"]
    if _in_path(request) is not None:
        path = f"/{locale}/" + path[4:]
    else:
        asked.append(("language", locale))
    return Language(locale, path + (f"?{urlencode(asked)}" if asked else ""))


def _in_path(request: HTTPRequest) -> Locale | None:
    return i18n.as_locale(request.scope["path"].split("/", 2)[1])
