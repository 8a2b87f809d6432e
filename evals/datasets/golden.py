"""Data sets: questions, the documents that answer them, and where the documents come from.

A set is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`. Two ask the demo knowledge
base and go by their names: `demo`, its golden questions, and `everyday`, plain ones.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

import kb
from evals.datasets import frozen
from evals.datasets.frozen import UnusableDataset

__all__ = ["Dataset", "Part", "Query", "UnusableDataset", "load", "only", "some"]

DEMO = "demo"
OF_THE_DEMO = (DEMO, "everyday")
_QUESTIONS = Path(__file__).parent
_DEMO_ARTICLES = Path(kb.__file__).parent / "demo" / "articles"


class Part(StrEnum):
    """Which questions: what is chosen looks at one half, what is reported at the other."""

    ALL = "all"
    TUNING = "tuning"
    REPORTING = "reporting"


@dataclass(frozen=True)
class Query:
    """One question. `answerable` is None where the set does not say."""

    id: str
    text: str
    locale: str
    group: str = ""
    answerable: bool | None = None
    split: str = ""
    """The half it belongs to; questions of one article or thread are in the same."""
    answers: tuple[str, ...] = ()
    """Words of which one stands in a right answer, where the set says so."""


@dataclass(frozen=True)
class Dataset:
    """Questions with judged documents; `groups` maps documents that count as one."""

    name: str
    corpus: Path
    queries: tuple[Query, ...]
    qrels: dict[str, dict[str, int]]
    """Query id -> document id -> 2 for the asker's language, 1 for a translation."""
    groups: dict[str, str]
    locales: dict[str, str]
    """Document id -> language; empty where ids tell it (`x::de`)."""
    digest: str


def load(name: str, *, sample: int = 0, scratch: Path | None = None) -> Dataset:
    """Load a data set by folder, or `demo` or `everyday`.

    Args:
        name: folder, `demo` or `everyday`.
        sample: keep only this many articles, chosen by a fixed shuffle, and their questions.
        scratch: where to write the smaller corpus of a sample.

    Raises:
        UnusableDataset: files are missing or cannot be read.
    """
    is_ours = name in OF_THE_DEMO
    folder = _QUESTIONS / name if is_ours else Path(name)
    corpus = _DEMO_ARTICLES if is_ours else folder / "corpus.jsonl"
    for path in (corpus, folder / "queries.jsonl", folder / "qrels.tsv"):
        if not path.exists():
            raise UnusableDataset(f"{path} is missing")
    frozen.check(folder)
    documents = [] if is_ours else list(_lines(corpus))
    qrels = _qrels(folder / "qrels.tsv")
    dataset = Dataset(
        name=name if is_ours else folder.resolve().name,
        corpus=corpus,
        queries=tuple(_query(line, qrels) for line in _lines(folder / "queries.jsonl")),
        qrels=qrels,
        groups={str(d["_id"]): str(d["group"]) for d in documents if _is_thread(d)},
        locales={str(d["_id"]): str(d.get("lang", "")) for d in documents},
        digest=_digest(folder, corpus),
    )
    if not sample:
        return dataset
    if is_ours:
        raise UnusableDataset("the demo is small and asked whole: no sample of it")
    if scratch is None:
        raise UnusableDataset("a sample needs a folder to write to")
    return _sampled(dataset, documents, sample, scratch)


def only(dataset: Dataset, part: Part) -> Dataset:
    """Return the data set with the questions of one half; the documents stay whole."""
    if part is Part.ALL:
        return dataset
    return replace(
        dataset,
        name=f"{dataset.name} ({part} half)",
        queries=tuple(query for query in dataset.queries if query.split == part),
        digest=hashlib.sha256(f"{dataset.digest}:{part}".encode()).hexdigest(),
    )


def some(dataset: Dataset, limit: int) -> Dataset:
    """Return the data set with this many questions, the same ones each time; 0 means all."""
    if not limit or limit >= len(dataset.queries):
        return dataset
    ordered = sorted(dataset.queries, key=lambda one: hashlib.sha256(one.id.encode()).digest())
    kept = {query.id for query in ordered[:limit]}
    return replace(
        dataset,
        name=f"{dataset.name} ({limit} questions)",
        queries=tuple(query for query in dataset.queries if query.id in kept),
        digest=hashlib.sha256(f"{dataset.digest}:{limit}".encode()).hexdigest(),
    )


def _sampled(
    whole: Dataset, documents: list[dict[str, Any]], sample: int, scratch: Path
) -> Dataset:
    families = sorted({_family(str(one["_id"])) for one in documents})
    Random(7).shuffle(families)  # noqa: S311  # a fixed choice, not a secret
    kept = set(families[:sample])
    corpus = scratch / "corpus.jsonl"
    with corpus.open("w") as out:
        for one in documents:
            if _family(str(one["_id"])) in kept:
                out.write(json.dumps(one, ensure_ascii=False) + "\n")
    qrels = {
        query: judged
        for query, judged in whole.qrels.items()
        if any(_family(document) in kept for document in judged)
    }
    return Dataset(
        name=f"{whole.name}-{sample}",
        corpus=corpus,
        queries=tuple(query for query in whole.queries if query.id in qrels),
        qrels=qrels,
        groups=whole.groups,
        locales=whole.locales,
        digest=hashlib.sha256(f"{whole.digest}:{sample}".encode()).hexdigest(),
    )


def _query(line: dict[str, Any], qrels: dict[str, dict[str, int]]) -> Query:
    own_id = str(line["_id"])
    group = str(line.get("group", ""))
    about = group or _family(min(qrels.get(own_id, {own_id: 0})))
    return Query(
        id=own_id,
        text=str(line["text"]),
        locale=str(line.get("lang", "en")),
        group=group,
        answerable=line.get("answerable"),
        split=str(line.get("split") or _half(about)),
        answers=tuple(map(str, line.get("answers", ()))),
    )


def _half(about: str) -> Part:
    first = hashlib.sha256(about.encode()).digest()[0]
    return Part.TUNING if first % 2 == 0 else Part.REPORTING


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with path.open(newline="") as lines:
        for row in csv.reader(lines, delimiter="\t"):
            if len(row) == 3 and row[2].isdigit():  # noqa: PLR2004  # query, document, score
                found.setdefault(row[0], {})[row[1]] = int(row[2])
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open() as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise UnusableDataset(f"{path}, line {number}: {error}") from error


def _is_thread(document: dict[str, Any]) -> bool:
    """Answers of one thread share a group; a translation is no such answer."""
    return bool(document.get("group")) and "::" not in str(document["_id"])


def _family(document_id: str) -> str:
    return document_id.rsplit("::", 1)[0]


def _digest(folder: Path, corpus: Path) -> str:
    inner = hashlib.sha256()
    files = sorted(corpus.rglob("*.md")) if corpus.is_dir() else [corpus]
    for path in [*files, folder / "queries.jsonl", folder / "qrels.tsv"]:
        inner.update(path.read_bytes())
    return inner.hexdigest()
