"""What the tasks of one order share: an index of each corpus, and each question asked once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evals import run, strangers
from evals.ask import Asked, Manner, System, ask_all
from evals.datasets import golden
from evals.datasets.golden import Dataset, Part
from evals.journal import Journal, Journals
from evals.run import Measured, Order
from evals.workspace import Workspace, workspace
from kb.config import Config
from kb.terminal import Progress
from retrieval.assembly import Retrieval, build_retrieval


@dataclass(frozen=True)
class Terms:
    """How tasks are measured; as customers would be served, if nothing else is said."""

    limit: int = 0
    """Only this many questions; 0 means all."""
    part: Part = Part.ALL
    sample: int = 0
    system: System = System.HYBRID
    strangers: tuple[Path, ...] = ()
    """Files of questions that nothing here answers, or of texts without people's data."""
    attacks: Path | None = None
    """A folder of texts that talk to machines; none: the small set of our own."""
    workers: int = 1


class Bench:
    """Holds what was made for one order. Made by `bench`, which tidies up."""

    def __init__(self, terms: Terms, config: Config, progress: Progress, kept: ExitStack) -> None:
        self.terms = terms
        self.config = config
        self.progress = progress
        self._kept = kept
        self._scratch = Path(kept.enter_context(TemporaryDirectory(prefix="lotse-eval-")))
        self._journals = Journals(config.home)
        self._places: dict[Path, Workspace] = {}
        self._measured: dict[str, Measured] = {}

    def data(self, name: str) -> Dataset:
        """Return the questions to ask."""
        return run.chosen(self._order(name), self._scratch)

    def place(self, dataset: Dataset) -> Workspace:
        """Return where the articles of a data set are indexed."""
        if dataset.corpus not in self._places:
            opened = workspace(dataset, self.config, self.progress)
            self._places[dataset.corpus] = self._kept.enter_context(opened)
        return self._places[dataset.corpus]

    def retrieval(self, dataset: Dataset) -> Retrieval:
        """Return what customers are answered by, over these articles."""
        place = self.place(dataset)
        return build_retrieval(self.config, place.engine, place.engines)

    def measured(self, name: str) -> Measured:
        """Return how search did on a data set."""
        if name not in self._measured:
            data = self.data(name)
            self._measured[name] = run.measure_in(
                self.place(data), data, self._order(name), self.progress, self._journals
            )
        return self._measured[name]

    def strange(self, dataset: Dataset) -> tuple[Dataset, list[Asked]]:
        """Ask questions that nothing there answers; return them as a data set, and what came."""
        all_ = replace(dataset, queries=tuple(strangers.load(self.terms.strangers)))
        unknown = golden.some(all_, self.terms.limit)
        place, manner = self.place(dataset), Manner(self.terms.system)
        manner = replace(manner, precision=self.config.answer_precision)
        names = (str(one.resolve()) for one in self.terms.strangers)
        journal = self.journal("strangers", dataset.digest, *names)
        return unknown, ask_all(unknown, place, manner, self.progress, journal)

    def journal(self, *about: str) -> Journal:
        """Return where lines are kept from which a measurement goes on."""
        config, terms = self.config, self.terms
        settings = (config.embedding_model, config.llm_url, config.llm_model)
        return self._journals.of(
            *about, *settings, str(config.answer_precision), terms.system, str(terms.limit)
        )

    def done(self) -> None:
        """Forget the lines: all was measured."""
        self._journals.done()

    def _order(self, name: str) -> Order:
        terms = self.terms
        return Order(
            name,
            (terms.system,),
            sample=terms.sample,
            part=terms.part,
            limit=terms.limit,
            precision=self.config.answer_precision,
        )


@contextmanager
def bench(terms: Terms, config: Config, progress: Progress) -> Iterator[Bench]:
    """Give a bench; what was measured is only forgotten when all went well."""
    with ExitStack() as kept:
        made = Bench(terms, config, progress, kept)
        yield made
        made.done()
