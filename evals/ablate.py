"""Switch off one part of search at a time, and measure what it was worth.

Everything is asked over one index; only steps that change what stands in the word index get a word
index of their own, made from the same pieces without embedding anything again. Another model needs
an index of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich_click import ClickException

from evals import scorers
from evals.ask import Manner, System, ask_all
from evals.compare import Difference, compare
from evals.datasets import golden
from evals.datasets.golden import Dataset, Part
from evals.workspace import Workspace, workspace
from kb.config import Config
from kb.evaluations.models import EvalRun
from kb.terminal import Progress
from retrieval.engines.embedder import ENGLISH
from retrieval.engines.lexical import FIELDS, TantivyIndex
from retrieval.index.lexicon import Lexicons
from retrieval.index.sync import sync
from retrieval.language.steps import ALL, INDEXED, Steps
from retrieval.ranker import FEATURES, Ranker, load

MEASURES = ("hit@1", "nDCG@10")
WHOLE = "everything on"


class NoSuchPart(ClickException):
    """There is no part of this name to switch off."""


@dataclass(frozen=True)
class Variant:
    """Search with one part missing."""

    name: str
    steps: Steps = ALL
    fields: Mapping[str, float] = field(default_factory=lambda: FIELDS)
    system: System = System.HYBRID
    ranker: Ranker | None = None
    model: str = ""
    """Another embedding model."""


@dataclass(frozen=True)
class Worth:
    """How search without a part differs from search with it: below zero, it was worth having."""

    without: str
    differences: list[Difference]


def variants() -> list[Variant]:
    """Return everything that can be switched off, one at a time."""
    learnt = load()
    return [
        *(
            Variant(f"step {one.name}", steps=replace(ALL, **{one.name: False}))
            for one in fields(Steps)
        ),
        *(
            Variant(f"field {name}", fields={k: v for k, v in FIELDS.items() if k != name})
            for name in FIELDS
            if name != "body"
        ),
        *(Variant(f"signal {name}", ranker=_silenced(learnt, name)) for name in FEATURES),
        Variant("learnt weights", ranker=Ranker("", {})),
        Variant("meaning", system=System.LEXICAL),
        Variant("words", system=System.DENSE),
        Variant("bilingual model", model=ENGLISH),
    ]


def chosen(names: Sequence[str]) -> list[Variant]:
    """Return the variants of these names, or all.

    Raises:
        NoSuchPart: a name is unknown; says which ones there are.
    """
    known = {one.name: one for one in variants()}
    for name in names:
        if name not in known:
            raise NoSuchPart(f"{name} cannot be switched off; these can: {', '.join(known)}")
    return [known[name] for name in names] if names else list(known.values())


def ablate(
    dataset: Dataset, wanted: Sequence[Variant], config: Config, progress: Progress
) -> list[Worth]:
    """Measure a data set with everything on, then without each part."""
    found = []
    with workspace(dataset, config, progress) as place:
        whole = _asked(dataset, place, Variant(WHOLE), progress)
        for one in wanted:
            if one.model:
                other = config.model_copy(update={"embedding_model": one.model})
                with workspace(dataset, other, progress) as elsewhere:
                    run = _asked(dataset, elsewhere, one, progress)
            else:
                with _without(place, one) as changed:
                    run = _asked(dataset, changed, one, progress)
            found.append(Worth(one.name, _told(whole, run)))
    return found


@contextmanager
def half(name: str, part: Part, sample: int) -> Iterator[Dataset]:
    """Give the questions of one half of a data set, over the whole of its documents."""
    with TemporaryDirectory(prefix="lotse-eval-") as scratch:
        whole = golden.load(name, sample=sample, scratch=Path(scratch))
        yield golden.only(whole, part)


@contextmanager
def _without(place: Workspace, one: Variant) -> Iterator[Workspace]:
    """Give the same index with words analysed and asked in another way."""
    if one.steps == ALL and one.fields == FIELDS:
        yield place
        return
    is_own = any(not getattr(one.steps, name) for name in INDEXED)
    with TemporaryDirectory(prefix="lotse-eval-") as scratch:
        folder = Path(scratch) if is_own else place.lexical_folder
        lexical = TantivyIndex(folder, steps=one.steps, fields=one.fields)
        engines = replace(place.engines, lexical=lexical)
        if is_own:
            sync(place.engine, engines)
        yield replace(place, engines=engines, lexicons=Lexicons(lexical))


def _asked(dataset: Dataset, place: Workspace, one: Variant, progress: Progress) -> EvalRun:
    asked = ask_all(dataset, place, Manner(one.system, ranker=one.ranker), progress)
    return EvalRun(
        dataset=dataset.name,
        dataset_digest=dataset.digest,
        system=one.name,
        fingerprint=place.engines.fingerprint,
        per_query=scorers.per_query(dataset, asked),
    )


def _told(whole: EvalRun, without: EvalRun) -> list[Difference]:
    return [
        one
        for one in compare(whole, without)
        if one.measure in MEASURES and one.group.endswith(" own")
    ]


def _silenced(learnt: Ranker, name: str) -> Ranker:
    """Return the learnt weights without those of one signal."""
    weights = {
        key: {signal: 0.0 if signal == name else weight for signal, weight in told.items()}
        for key, told in learnt.weights.items()
    }
    return Ranker(learnt.fingerprint, weights)
