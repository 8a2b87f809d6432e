"""Ask every question of a data set and note what came, by the very code that serves customers."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from time import perf_counter

from sqlmodel import Session

from evals.datasets.golden import Dataset, Query
from evals.journal import Journal, each
from evals.workspace import Workspace
from kb.access import ANYONE
from kb.terminal import Progress
from retrieval import confidence
from retrieval.evidence import evidence
from retrieval.ranker import Ranker
from retrieval.results import Hit, Kind
from retrieval.search import Wish, bring_together, rank

_DEPTH = 20
OTHER = {"de": "en", "en": "de"}


class System(StrEnum):
    """Which signals are used."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


@dataclass(frozen=True)
class Manner:
    """How questions are asked; as customers would, if nothing else is said."""

    system: System = System.HYBRID
    locale_filter: bool = False
    precision: float = 0.0
    """Answered is what promises at least this precision."""
    ranker: Ranker | None = None


@dataclass(frozen=True)
class Asked:
    """What one question got: document ids, best first, at most twenty in each ranking."""

    query_id: str
    lang: str
    own: list[str]
    """Over documents in the question's language."""
    all: list[str]
    """Over everything; an article counts once, in the language it was shown in."""
    other: list[str]
    """Over documents in the other language."""
    ms: float
    answered: bool
    confidence: float
    features: dict[str, float]

    def line(self) -> dict[str, object]:
        """Return what `--run` writes."""
        return {key: value for key, value in asdict(self).items() if key != "features"}


def ask_all(
    dataset: Dataset,
    place: Workspace,
    manner: Manner,
    progress: Progress,
    journal: Journal | None = None,
) -> list[Asked]:
    """Ask every question once, in order; what the journal knows is not asked again."""
    mark = place.engines.mark

    def line(query: Query) -> dict[str, object]:
        wish = Wish(
            query.text,
            query.locale,
            ANYONE,
            limit=_DEPTH,
            use_dense=manner.system is not System.LEXICAL,
            use_lexical=manner.system is not System.DENSE,
            locales=(query.locale,) if manner.locale_filter else ("de", "en"),
            ranker=manner.ranker,
        )
        threshold = confidence.threshold(manner.precision, mark, query.locale)
        with Session(place.engine) as session:
            return asdict(_ask(session, dataset, place, query, wish=wish, threshold=threshold))

    lines = each(dataset.queries, lambda query: query.id, line, progress, journal=journal)
    return [Asked(**told) for told in lines]


def _ask(
    session: Session,
    dataset: Dataset,
    place: Workspace,
    query: Query,
    *,
    wish: Wish,
    threshold: float,
) -> Asked:
    started = perf_counter()
    ranked = rank(session, place.engines, place.lexicons, wish)
    found = bring_together(session, place.engines, ranked, wish)
    milliseconds = (perf_counter() - started) * 1000
    by_language = {slot.locale: hits for slot, hits in ranked.hits.items() if slot.kind is _KIND}
    return Asked(
        query_id=query.id,
        lang=query.locale,
        own=_documents(dataset, place, by_language.get(query.locale, ())),
        all=_documents(dataset, place, found.hits),
        other=_documents(dataset, place, by_language.get(OTHER[query.locale], ())),
        ms=round(milliseconds, 2),
        answered=bool(found.hits) and found.confidence >= threshold,
        confidence=found.confidence,
        features=evidence(ranked, found.hits),
    )


_KIND = Kind.PUBLIC


def _documents(dataset: Dataset, place: Workspace, hits: Iterable[Hit]) -> list[str]:
    ids = [place.documents[(h.passage.family_id, h.passage.locale)] for h in hits]
    return _one_per_group(ids, dataset.groups)[:_DEPTH]


def _one_per_group(ids: Sequence[str], groups: dict[str, str]) -> list[str]:
    """Answers of one thread count once: the best of them stands for the thread."""
    best: dict[str, str] = {}
    for document in ids:
        best.setdefault(groups.get(document, document), document)
    return list(best.values())
