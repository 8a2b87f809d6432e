"""One web process: the application, and the thread that keeps its index in step."""

from threading import Event, Thread

from litestar import Litestar

from desk.app import create_app
from kb.config import Config
from kb.db import migrate, open_engine
from retrieval.assembly import Retrieval, build_engines, build_retrieval
from retrieval.index.keeper import keep


def app() -> Litestar:
    """Build the application of this process from the environment; the server calls it."""
    config = Config()
    engine = open_engine(config.sql_url)
    migrate(engine)
    engines = build_engines(config)
    stop, held = Event(), Event()

    def build() -> Retrieval:
        if not config.chroma_url:
            held.wait()  # an embedded index is opened only when no other process writes it
        return build_retrieval(config, engine, engines)

    made = create_app(config, engine=engine, build=build)
    keeper = Thread(
        target=keep,
        args=(engine, engines, config.index_folder),
        kwargs={"stop": stop, "on_held": held.set},
        name="index",
        daemon=True,
    )
    made.on_startup.append(keeper.start)
    made.on_shutdown.append(stop.set)
    return made
