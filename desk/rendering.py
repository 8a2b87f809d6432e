"""Views become responses here, and only here is looked at what htmx asked for.

A View is a frozen dataclass whose fields are exactly what its template reads. A page includes its
fragments, so it has their fields too. Beside its fields a template sees `frame`, what the layout
needs on every page, and the globals of `templating`.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from litestar import Request, Response
from litestar.datastructures import State

from desk import i18n
from desk.site import site_of
from kb.access import Viewer
from kb.config import LOCALES, Locale

HTTPRequest = Request[Any, Any, State]
HTML = "text/html"


@dataclass(frozen=True)
class View:
    """What a template shows."""

    template: ClassVar[str]
    is_private: ClassVar[bool] = False
    """Meant for one person: kept by no cache, found by no search engine."""


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
    path: str
    languages: tuple[Language, ...]
    visit: Visit | None


def respond(
    request: HTTPRequest,
    *,
    page: View | None = None,
    fragment: View | None = None,
    status: int = 200,
) -> Response[str]:
    """Show the fragment to htmx and the page to everybody else."""
    view = fragment if fragment is not None and (page is None or wants_fragment(request)) else page
    if view is None:
        raise ValueError("nothing to show")
    headers = {
        "vary": "HX-Request, Cookie, Accept-Language",
        "content-language": locale_of(request),
        "cache-control": "no-cache, private",
    }
    if view.is_private:
        headers |= {
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
            "x-robots-tag": "noindex",
        }
    return Response(render(request, view), status_code=status, media_type=HTML, headers=headers)


def wants_fragment(request: HTTPRequest) -> bool:
    """Say whether htmx will swap the response into a page that is already there."""
    headers = request.headers
    return "hx-request" in headers and "hx-history-restore-request" not in headers


def render(request: HTTPRequest, view: View) -> str:
    """Fill the view's template in the visitor's language."""
    environment = site_of(request).environments[locale_of(request)]
    values = {field.name: getattr(view, field.name) for field in fields(view)}
    return environment.get_template(view.template).render(values, frame=frame_of(request))


def locale_of(request: HTTPRequest) -> Locale:
    """Return the language of the address, else of the person, else of the browser."""
    in_path = i18n.as_locale(request.scope["path"].split("/", 2)[1])
    if in_path is not None:
        return in_path
    visit = visit_of(request)
    if visit is not None:
        return visit.locale
    accepted = request.headers.get("accept-language", "")
    return i18n.negotiate(accepted, site_of(request).config.default_locale)


def visit_of(request: HTTPRequest) -> Visit | None:
    """Return who is signed in, if `deps` has found out."""
    visit: Visit | None = request.state.get("visit")
    return visit


def frame_of(request: HTTPRequest) -> Frame:
    """Return what the layout needs."""
    config = site_of(request).config
    path = request.scope["path"]
    tail = path[3:] if i18n.as_locale(path[1:3]) and path[3:4] in {"", "/"} else "/"
    digits = "".join(char for char in config.service_phone if char.isdigit() or char == "+")
    return Frame(
        locale=locale_of(request),
        brand=config.brand,
        phone=config.service_phone,
        phone_url=f"tel:{digits}",
        path=path,
        languages=tuple(Language(locale, f"/{locale}{tail}") for locale in LOCALES),
        visit=visit_of(request),
    )
