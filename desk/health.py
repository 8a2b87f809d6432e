"""For whoever watches over the site: alive, ready, measured."""

import hmac
from http import HTTPStatus
from typing import Any

from litestar import Response, Router, get
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.errors import NotFound
from kb.mail import policy, queries


@get("/livez", sync_to_thread=False)
def show_liveness() -> str:
    """Say that the process answers; asks nobody else."""
    return "ok"


@get("/readyz", sync_to_thread=True)
def show_readiness(request: HTTPRequest) -> Response[dict[str, Any]]:
    """Say what works. Only the database is needed to serve; search may still be starting."""
    site = site_of(request)
    try:
        with Session(site.engine) as session:
            mail = queries.standing(session)
    except SQLAlchemyError:
        content = {"database": "down", "search": site.slot.state}
        return Response(content, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    content = {"database": "ok", "search": site.slot.state, "mail": policy.health(mail.age)}
    return Response(content)


@get("/metrics", sync_to_thread=True)
def show_metrics(request: HTTPRequest) -> Response[bytes]:
    """Show the figures to whoever has the token; without one in the settings, to nobody."""
    site = site_of(request)
    token = site.config.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(token.encode(), given.encode()):
        raise NotFound
    with Session(site.engine) as session:
        site.metrics.take_mail(queries.standing(session))
    return Response(site.metrics.text(), media_type="text/plain; version=0.0.4")


router = Router("/", route_handlers=[show_liveness, show_readiness, show_metrics])
