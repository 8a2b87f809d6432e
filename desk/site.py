"""Site: what one running web application is made of, reachable from every request."""

from dataclasses import dataclass, field

from jinja2 import Environment
from litestar.connection import ASGIConnection
from sqlalchemy import Engine

from desk.assets import Assets
from desk.live import Live
from desk.metrics import Metrics
from desk.rates import Rates
from desk.reads import Reads
from desk.slot import RetrievalSlot
from desk.theme.reading import Theme
from kb.config import Config, Locale
from kb.ways.service_file import Service


@dataclass(frozen=True)
class Site:
    """Built once by `create_app`; nothing in it changes but the slot's filling."""

    config: Config
    service: Service
    engine: Engine
    assets: Assets
    theme: Theme
    environments: dict[Locale, Environment]
    rates: Rates
    slot: RetrievalSlot
    metrics: Metrics
    live: Live
    reads: Reads = field(default_factory=Reads)


def site_of(connection: ASGIConnection) -> Site:  # type: ignore[type-arg]  # any connection will do
    """Return the site this request came to."""
    site: Site = connection.app.state["site"]
    return site
