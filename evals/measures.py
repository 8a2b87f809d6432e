"""Which measures a run of each task has. All are best when they are high; None was not scored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from kb.evaluations.causes import Cause
from kb.evaluations.tasks import Task

MEASURES: dict[Task, tuple[str, ...]] = {
    Task.SEARCH: ("hit@1", "hit@5", "MRR@10", "nDCG@10", "recall@20"),
    Task.ANSWER: (
        *("right", "answered", "worded"),
        *("cited", "contained", "complete", "language", "register"),
    ),
    Task.ABSTAIN: ("decided", "given", "withheld", "calibrated"),
    Task.GROUND: ("told",),
    Task.REDACT: ("removed", "kept"),
    Task.INJECT: ("unmoved", "no canary", "no link"),
    Task.PARITY: ("hit@1", "nDCG@10"),
    Task.ASSIST: ("first", "first 3"),
    Task.COACH: ("found", "asked for", "told apart"),
}
_Z = 1.96
_LONGEST = 600
"""Letters kept of what came."""


Row = dict[str, object]
Means = dict[str, dict[str, float]]


@dataclass(frozen=True)
class About:
    """What one line of a run is about, in words that a person can look at."""

    id: str
    lang: str
    split: str = ""
    asked: str = ""
    expected: str = ""
    got: str = ""
    cause: Cause | None = None


def row(task: Task, about: About, scores: Mapping[str, float | None]) -> Row:
    """Return the line of one question; a measure it has no score for is None."""
    missing = dict.fromkeys(MEASURES[task])
    told = {"query_id": about.id, "scope": str(task), "lang": about.lang, "split": about.split}
    words = {"asked": about.asked, "expected": about.expected, "got": about.got[:_LONGEST]}
    words |= {"cause": about.cause} if about.cause else {}
    return {**told, **words, **missing, **scores}


def figures(task: Task, rows: Sequence[Row]) -> dict[str, Means]:
    """Return the means of all questions and of the half nothing was tuned on."""
    reporting = [one for one in rows if one["split"] == "reporting"]
    told = {"averages": means(rows, MEASURES[task])}
    return told | ({"reporting half": means(reporting, MEASURES[task])} if reporting else {})


def means(rows: Iterable[Mapping[str, object]], names: Sequence[str]) -> Means:
    """Return {"de": {"n": .., "right": .., "right n": .., "right ±": ..}} from rows of scores.

    What was not scored is left out of a mean, and so of its n. ± is half of the 95 % interval.
    """
    values: dict[str, dict[str, list[float]]] = {}
    counted: dict[str, int] = {}
    for row in rows:
        group = str(row["lang"])
        kept = values.setdefault(group, {name: [] for name in names})
        counted[group] = counted.get(group, 0) + 1
        for name in names:
            if row.get(name) is not None:
                kept[name].append(float(str(row[name])))
    return {group: {"n": counted[group], **_means(kept)} for group, kept in sorted(values.items())}


def _means(kept: Mapping[str, Sequence[float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, values in kept.items():
        if values:
            spread = stdev(values) if len(values) > 1 else 0.0
            found[name] = round(fmean(values), 4)
            found[f"{name} n"] = len(values)
            found[f"{name} ±"] = round(_Z * spread / sqrt(len(values)), 4)
    return found
