"""The threads beside the requests, as long as a process lives: index, mail, plans, findings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event, Thread

from sqlalchemy import Engine

from desk.curate.gaps.safe import safe
from desk.reads import write_until
from desk.site import Site
from kb.articles.schedule import carry_out_until
from kb.config import Config
from kb.mail.sender import checked, send_until
from kb.retention.daily import tidy_until
from retrieval.affect.listening import listen_until
from retrieval.alike import follow_until
from retrieval.findings.following import look_until
from retrieval.gaps.keeping import gather_until
from retrieval.golden import ask_until
from retrieval.index.keeper import keep
from retrieval.index.models import Models


@dataclass(frozen=True)
class Beside:
    """What the threads of a process share."""

    config: Config
    engine: Engine
    engines: Models
    site: Site
    stop: Event = field(default_factory=Event)
    held: Event = field(default_factory=Event)
    """Set when this process may open an embedded index: no other process writes it."""

    def threads(self) -> Iterator[Thread]:
        """Yield every thread, none of them started.

        Raises:
            ValueError: the settings name no usable mail server or sender.
        """
        checked(self.config)
        stop, engine, engines = self.stop, self.engine, self.engines
        yield Thread(
            target=keep,
            args=(engine, engines, self.config.index_folder),
            kwargs={"stop": stop, "on_held": self.held.set},
            name="index",
            daemon=True,
        )
        for name, target, args in (
            ("mail", send_until, (stop, engine, self.config)),
            ("tidy", tidy_until, (stop, engine, self.config.question_days)),
            ("plans", carry_out_until, (stop, engine)),
            ("findings", look_until, (stop, engine, engines, self.held)),
            ("gaps", gather_until, (stop, engine, engines, safe)),
            ("cases", follow_until, (stop, engine, engines)),
            ("reads", write_until, (stop, engine, self.site.reads)),
            ("golden", ask_until, (stop, engine, lambda: self.site.slot.retrieval)),
        ):
            yield Thread(target=target, args=args, name=name, daemon=True)
        if self.config.affect:
            args = (stop, engine, engines)
            yield Thread(target=listen_until, args=args, name="affect", daemon=True)
