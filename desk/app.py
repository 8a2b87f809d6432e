"""The web application: routes, guards and handlers put together. One per process.

Importing this loads no model; retrieval is built in a thread after the start.
"""

from collections.abc import Callable

from litestar import Litestar
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler
from sqlalchemy import Engine
from sqlmodel import Session

from desk import assets, files, health, templating
from desk.account import pages as account
from desk.assist import routes as assist
from desk.curate import routes as curate
from desk.deps import DEPENDENCIES, release
from desk.head import HeadAware
from desk.help import routes as help_center
from desk.live import Live
from desk.metrics import Metrics
from desk.problems import HANDLERS
from desk.rates import Rates
from desk.security import DoorCheck, harden, limit_posts
from desk.site import Site
from desk.slot import RetrievalSlot
from desk.theme.reading import read_theme
from desk.theme.shown import files as files_of
from kb.config import Config
from kb.db import open_engine
from kb.ways.reading import read_service
from retrieval.assembly import Retrieval, build_retrieval

LARGEST_BODY = 512 * 1024

ROUTES: list[ControllerRouterHandler] = [
    health.router,
    files.router,
    account.router,
    help_center.router,
    assist.router,
    curate.router,
]


def create_app(
    config: Config,
    *,
    engine: Engine | None = None,
    retrieval: Retrieval | None = None,
    build: Callable[[], Retrieval] | None = None,
) -> Litestar:
    """Build the application.

    Args:
        config: all settings.
        engine: the database, if it is open already.
        retrieval: one that is ready; otherwise it is built in a thread after the start.
        build: how to build it, if not from the configuration alone.
    """
    opened = engine or open_engine(config.sql_url)
    site = _site(config, opened, retrieval, build or (lambda: build_retrieval(config, opened)))
    return HeadAware(
        route_handlers=ROUTES,
        dependencies=DEPENDENCIES,
        exception_handlers=HANDLERS,
        middleware=[DoorCheck()],
        guards=[limit_posts],
        before_send=[harden],
        after_exception=[release],
        on_startup=[site.slot.start, site.live.start],
        on_shutdown=[site.live.end],
        state=State({"site": site}),
        allowed_hosts=_allowed_hosts(config),
        request_max_body_size=LARGEST_BODY,
        openapi_config=None,
        logging_config=None,
    )


def _site(
    config: Config,
    engine: Engine,
    retrieval: Retrieval | None,
    build: Callable[[], Retrieval],
) -> Site:
    def warmed() -> Retrieval:
        built = build()
        with Session(engine) as session:
            built.warm(session)
        return built

    theme = read_theme(config.theme_file)
    loaded = assets.load(own=files_of(theme))
    return Site(
        config=config.model_copy(update={"brand": theme.name or config.brand}),
        theme=theme,
        service=read_service(config),
        engine=engine,
        assets=loaded,
        environments=templating.environments(loaded),
        rates=Rates(config),
        slot=RetrievalSlot(warmed, retrieval),
        metrics=Metrics(),
        live=Live(engine),
    )


def _allowed_hosts(config: Config) -> AllowedHostsConfig | None:
    """Answer only to our own name once we have a public one; watchers may use any."""
    if not config.public_url.startswith("https://"):
        return None
    host = config.public_url.removeprefix("https://").split("/")[0].split(":")[0]
    return AllowedHostsConfig(
        allowed_hosts=[host], exclude=["^/livez$", "^/readyz$", "^/metrics$"], www_redirect=False
    )
