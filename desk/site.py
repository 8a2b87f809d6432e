"""Site: what one running web application is made of, reachable from every request."""

from dataclasses import dataclass

from jinja2 import Environment
from litestar.connection import ASGIConnection
from sqlalchemy import Engine

from desk.assets import Assets
from desk.metrics import Metrics
from desk.rates import Rates
from desk.slot import RetrievalSlot
from kb.config import Config, Locale


@dataclass(frozen=True)
class Site:
    """Built once by `create_app`; nothing in it changes but the slot's filling."""

    config: Config
    engine: Engine
    assets: Assets
    environments: dict[Locale, Environment]
    rates: Rates
    slot: RetrievalSlot
    metrics: Metrics


def site_of(connection: ASGIConnection) -> Site:  # type: ignore[type-arg]  # any connection will do
    """Return the site this request came to."""
    site: Site = connection.app.state["site"]
    return site
