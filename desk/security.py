"""The guard at the door: headers of every response, cross-site requests, redirects, limits."""

from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from desk.site import site_of
from kb.errors import CrossSite, TooLarge

LONGEST_ADDRESS = 8_192
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# data: images are Pico's own check marks and arrows; our Markdown lets none through
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


async def harden(message: Message, scope: Scope) -> None:
    """Set the security headers on every response that has not set its own, stricter ones."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    app = scope["litestar_app"]
    site = app.state["site"]
    if site.config.public_url.startswith("https://"):
        headers.setdefault("strict-transport-security", "max-age=31536000")
    site.metrics.responses.labels(scope.get("method", ""), message["status"]).inc()


class DoorCheck(ASGIMiddleware):
    """Turns away what another site caused, and addresses nobody types."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Raise before anything is read."""
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise TooLarge
        connection: ASGIConnection = ASGIConnection(scope)  # type: ignore[type-arg]
        if _changes(connection) and not is_same_site(connection):
            raise CrossSite
        await next_app(scope, receive, send)


def is_same_site(connection: ASGIConnection) -> bool:  # type: ignore[type-arg]
    """Say whether one of our own pages caused this request.

    Browsers tell by `Sec-Fetch-Site`, older ones by `Origin`. What tells neither is no browser,
    and carries no cookie it was not given on purpose.
    """
    fetched_from = connection.headers.get("sec-fetch-site")
    if fetched_from is not None:
        return fetched_from in {"same-origin", "none"}
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    ours = urlsplit(site_of(connection).config.public_url).netloc
    return urlsplit(origin).netloc in {connection.headers.get("host", ""), ours}


def local_path(wanted: str, *, otherwise: str) -> str:
    """Return the path if it leads to this site and nowhere else."""
    parts = urlsplit(wanted) if wanted.isascii() and wanted.isprintable() else None
    is_local = (
        parts is not None
        and not parts.scheme
        and not parts.netloc
        and wanted.startswith("/")
        and not wanted.startswith("//")
        and "\\" not in wanted
    )
    return wanted if is_local else otherwise


def _changes(connection: ASGIConnection) -> bool:  # type: ignore[type-arg]
    return connection.scope.get("method", "") not in SAFE_METHODS


async def limit_searches(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Guard of everything that asks retrieval."""
    await site_of(connection).rates.search(visitor_of(connection))


async def limit_posts(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Guard of everything customers send.

    Handlers marked `keeps_nothing` count as searches. Staff at work is not counted: the desk asks
    who they are.
    """
    path = connection.scope["path"]
    at_work = path.startswith("/desk/") and path != "/desk/sign-in"
    if _changes(connection) and not at_work and not handler.opt.get("keeps_nothing"):
        await site_of(connection).rates.post(visitor_of(connection))


def visitor_of(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    """Return the address limits count by."""
    peer = connection.client.host if connection.client else ""
    return site_of(connection).rates.visitor(peer, connection.headers)
