"""Measure the rules that find duplicates and contradictions, on pairs planted among others.

All pairs stand in one knowledge base, indexed and looked through by the very code that serves
editors: so neighbours must be found before they are judged, and whatever is found between two
articles that were not planted as a pair counts as wrong.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import Audience, Role, Viewer
from kb.articles import actions
from kb.config import Config
from kb.db import migrate, open_engine, stored_id, transaction
from kb.findings import queries
from kb.findings.models import FindingState
from kb.terminal import Progress
from retrieval.assembly import build_engines
from retrieval.findings.looking import look
from retrieval.index.sync import sync

PAIRS = Path(__file__).parent / "datasets" / "findings" / "pairs.jsonl"
PARTS = ("tuning", "frozen")
HARMLESS = "harmless"
STRAY = "stray"
"""Found between articles that were not planted as a pair."""
_EDITOR = Viewer(Role.EDITOR)


@dataclass(frozen=True)
class Text:
    """One side of a pair."""

    title: str
    body: str


@dataclass(frozen=True)
class Planted:
    """Two passages, and what a person says they are to each other."""

    id: str
    part: str
    locale: str
    kind: str
    left: Text
    right: Text


@dataclass(frozen=True)
class Judged:
    """A pair of articles: what it is, and what was found."""

    part: str
    wanted: str
    found: str


def load(path: Path = PAIRS) -> list[Planted]:
    """Read the pairs."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Planted(
            one["id"],
            one["part"],
            one["locale"],
            one["kind"],
            Text(**one["left"]),
            Text(**one["right"]),
        )
        for one in lines
    ]


def measure(
    config: Config, progress: Progress, pairs: Sequence[Planted] | None = None
) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures of each half, by kind."""
    planted = load() if pairs is None else pairs
    with TemporaryDirectory(prefix="lotse-eval-") as folder:
        own = config.model_copy(
            update={"home": Path(folder), "database_url": "", "chroma_url": "", "redis_url": ""}
        )
        engine = open_engine(own.sql_url)
        migrate(engine)
        sides = _plant(engine, planted)
        engines = build_engines(own)
        sync(engine, engines, progress=lambda done, total: progress("index", done, total))
        look(engine, engines, progress=lambda done, total: progress("compare", done, total))
        judged = _judged(engine, planted, sides)
        engine.dispose()
    return {part: figures(one for one in judged if one.part == part) for part in PARTS}


def figures(judged: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """Return precision and recall of each kind; counts beside every share."""
    told = list(judged)
    found: dict[str, dict[str, float]] = {}
    for kind in ("duplicate", "contradiction"):
        said = [one for one in told if one.found == kind]
        right = sum(one.wanted == kind for one in said)
        planted = sum(one.wanted == kind for one in told)
        found[kind] = {
            "planted": planted,
            "found": len(said),
            "right": right,
            "precision": round(right / len(said), 3) if said else 0.0,
            "recall": round(right / planted, 3) if planted else 0.0,
        }
    harmless = [one for one in told if one.wanted == HARMLESS]
    found[HARMLESS] = {
        "pairs": len(harmless),
        "left alone": sum(one.found == HARMLESS for one in harmless),
    }
    return found


def _plant(engine: Engine, planted: Sequence[Planted]) -> dict[int, tuple[str, str]]:
    """Publish both sides of every pair; return of which pair each article is which side."""
    sides = {}
    with transaction(engine) as session:
        for pair in planted:
            for name, text in (("left", pair.left), ("right", pair.right)):
                article = actions.create_article(
                    session,
                    source_key=f"{pair.id}/{name}",
                    source="findings",
                    audience=Audience.PUBLIC,
                )
                draft = actions.Draft(text.title, text.body)
                revision = actions.revise(session, article, locale=pair.locale, draft=draft)
                actions.publish(session, article, revision)
                sides[stored_id(article.id)] = (pair.id, name)
    return sides


def _judged(
    engine: Engine, planted: Sequence[Planted], sides: dict[int, tuple[str, str]]
) -> list[Judged]:
    by_id = {pair.id: pair for pair in planted}
    said: dict[frozenset[str], str] = {}
    with Session(engine) as session:
        numbers = queries.ids(session, _EDITOR, FindingState.OPEN)
        for pair in queries.pairs(session, _EDITOR, numbers):
            one = pair.finding
            names = [sides[one.left_article_id], sides[one.right_article_id]]
            said.setdefault(frozenset("/".join(name) for name in names), one.kind.value)
    own = {frozenset({f"{one.id}/left", f"{one.id}/right"}): one for one in planted}
    strays = [
        Judged(by_id[min(pair).split("/")[0]].part, STRAY, kind)
        for pair, kind in said.items()
        if pair not in own
    ]
    return strays + [
        Judged(one.part, one.kind, said.get(pair, HARMLESS)) for pair, one in own.items()
    ]
