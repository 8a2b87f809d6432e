"""The tables of docs/quality.md: every data set, language and system, by one command.

Peers are not run here: their figures stand in `baselines/peers.json`, as they were measured.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich_click import ClickException

from evals.ask import System
from evals.run import Order, measure
from kb.config import LOCALES, Config
from kb.terminal import Progress

_PEERS = Path(__file__).parent / "baselines" / "peers.json"
_NONE = "–"


class NoMarks(ClickException):
    """The document has no place for a table."""


@dataclass(frozen=True)
class Told:
    """The figures of one data set and language, by system."""

    name: str
    locale: str
    figures: Mapping[str, Mapping[str, Any]]

    @property
    def key(self) -> str:
        return f"{self.name} {self.locale}"

    def of(self, system: System, part: str = "ranking", scope: str = "own") -> Mapping[str, float]:
        found: Mapping[str, float] = self.figures[system][part].get(f"{self.locale} {scope}", {})
        return found


def tables(names: Sequence[str], config: Config, progress: Progress) -> dict[str, str]:
    """Measure data sets and return the tables by name, in Markdown.

    Args:
        names: data sets; FOLDER@300 takes 300 articles of it.
        config: the model and the precision to measure with.
        progress: is told how far it is.
    """
    told = [one for name in names for one in _measured(name, config, progress)]
    return {"all": _all(told), "reporting": _reporting(told), "systems": _systems(told)}


def put(found: Mapping[str, str], document: Path) -> None:
    """Put each table between the marks of its name.

    Raises:
        NoMarks: the document has none, or more than one pair.
    """
    said = document.read_text(encoding="utf-8")
    for name, table in found.items():
        start, end = f"<!-- {name}: -->", f"<!-- :{name} -->"
        if said.count(start) != 1 or said.count(end) != 1:
            raise NoMarks(f"{document} has no place for a table: {start} and {end}, once each.")
        before, rest = said.split(start)
        said = f"{before}{start}\n{table}\n{end}{rest.split(end)[1]}"
    document.write_text(said, encoding="utf-8")


def _measured(name: str, config: Config, progress: Progress) -> Iterator[Told]:
    folder, _, size = name.partition("@")
    done = measure(Order(folder, tuple(System), sample=int(size or 0)), config, progress)
    figures = {one.run.system: one.run.figures for one in done}
    for locale in LOCALES:
        told = Told(Path(name).name, locale, figures)
        if told.of(System.HYBRID):
            yield told


def _all(told: Sequence[Told]) -> str:
    peers = json.loads(_PEERS.read_text(encoding="utf-8"))
    before, best, elsewhere = "before, English model", "best peer of the English weights", "before"
    heads = ["data set", "language", "questions", "hybrid", before, best]
    rows = []
    for one in told:
        hybrid, other = one.of(System.HYBRID), one.of(System.HYBRID, scope="other")
        rows.append(
            [
                *(one.name, one.locale, f"{hybrid['n']}", _three(hybrid)),
                *(peers[column].get(one.key, _NONE) for column in (before, best)),
                f"{other['hit@5']:.3f}" if other else _NONE,
                peers[elsewhere].get(one.key, _NONE),
            ]
        )
    return _table([*heads, "other language, hit@5", elsewhere], rows)


def _reporting(told: Sequence[Told]) -> str:
    heads = ["data set", "language", "questions", "hybrid: hit@1 ±", "hit@5", "nDCG@10"]
    rows = []
    for one in told:
        half = one.of(System.HYBRID, "reporting half")
        if not half:
            continue
        alone = (one.of(system, "reporting half") for system in (System.DENSE, System.LEXICAL))
        rows.append(
            [
                *(one.name, one.locale, f"{half['n']}"),
                f"{half['hit@1']:.3f} ± {half['hit@1 ±']:.3f}",
                f"{half['hit@5']:.3f}",
                f"{half['nDCG@10']:.3f} ± {half['nDCG@10 ±']:.3f}",
                *(f"{figures['hit@1']:.3f}" for figures in alone),
            ]
        )
    return _table([*heads, "dense alone, hit@1", "words alone, hit@1"], rows)


def _systems(told: Sequence[Told]) -> str:
    rows = [[one.name, one.locale, *(_two(one.of(system)) for system in System)] for one in told]
    return _table(["data set", "language", *System], rows)


def _three(figures: Mapping[str, float]) -> str:
    return " / ".join(f"{figures[name]:.3f}" for name in ("hit@1", "hit@5", "nDCG@10"))


def _two(figures: Mapping[str, float]) -> str:
    return " / ".join(f"{figures[name]:.3f}" for name in ("hit@1", "nDCG@10"))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows))
