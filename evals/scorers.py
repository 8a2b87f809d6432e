"""Score rankings with ir-measures, and honesty by counting."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from statistics import fmean, stdev

import ir_measures
from ir_measures import RR, R, Success, nDCG

from evals import causes
from evals.ask import Asked
from evals.datasets.golden import Dataset, Query
from evals.strangers import source_of

MEASURES = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
    "recall@20": R @ 20,
}
SCOPES = ("own", "all", "other")
_Z = 1.96


def per_query(dataset: Dataset, asked: Sequence[Asked]) -> list[dict[str, object]]:
    """Return a row of scores per answerable question and scope."""
    rows: list[dict[str, object]] = []
    known = {query.id: query for query in dataset.queries}
    came = {one.query_id: one for one in asked}
    for scope in SCOPES:
        judged = [one for one in asked if dataset.qrels.get(one.query_id)]
        qrels = {one.query_id: _relevant(dataset, known[one.query_id], scope) for one in judged}
        kept = {query_id: docs for query_id, docs in qrels.items() if docs}
        runs = {
            one.query_id: {
                dataset.groups.get(doc, doc): float(-at)
                for at, doc in enumerate(getattr(one, scope))
            }
            for one in judged
            if one.query_id in kept
        }
        scores: dict[str, dict[str, float]] = {query_id: {} for query_id in kept}
        names = {measure: name for name, measure in MEASURES.items()}
        for metric in ir_measures.iter_calc(list(names), kept, runs):
            scores[metric.query_id][names[metric.measure]] = float(metric.value)
        for query_id, values in scores.items():
            full = {name: values.get(name, 0.0) for name in MEASURES}
            about = _about(known[query_id])
            if scope == "all":  # as customers search
                about |= causes.told(dataset, came[query_id], known[query_id].text)
            rows.append({"query_id": query_id, "scope": scope, **about, **full})
    return rows


def averages(rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, float]]:
    """Return {"de own": {"n": .., "hit@1": .., "hit@1 ±": ..}} from rows of scores.

    ± is half of the 95 % interval of the mean, by its standard error over questions.
    """
    values: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        kept = values.setdefault(f"{row['lang']} {row['scope']}", {name: [] for name in MEASURES})
        for name in MEASURES:
            kept[name].append(float(str(row[name])))
    return {key: _means(kept) for key, kept in sorted(values.items())}


def _means(kept: Mapping[str, Sequence[float]]) -> dict[str, float]:
    found: dict[str, float] = {"n": len(next(iter(kept.values())))}
    for name, values in kept.items():
        found[name] = round(fmean(values), 4)
        spread = stdev(values) if len(values) > 1 else 0.0
        found[f"{name} ±"] = round(_Z * spread / sqrt(len(values)), 4)
    return found


def honesty(dataset: Dataset, asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """Count answers given and refused per language, where the set has unanswerable questions.

    no-answer precision: of the refused, how many have no answer; recall: of those without an
    answer, how many were refused; right: of the answers given, how many rest on a right article.
    """
    known = {query.id: query for query in dataset.queries}
    if not any(query.answerable is False for query in dataset.queries):
        return {}
    found = {}
    for locale in sorted({one.lang for one in asked}):
        mine = [one for one in asked if one.lang == locale]
        refused = [one for one in mine if not one.answered]
        given = [one for one in mine if one.answered]
        without = [one for one in mine if known[one.query_id].answerable is False]
        rightly = sum(known[one.query_id].answerable is False for one in refused)
        right = sum(is_right(dataset, one) for one in given)
        found[locale] = {
            "n": len(mine),
            "answered": len(given),
            "answered right": right,
            "right share": _share(right, len(given)),
            "coverage": _share(right, len(mine) - len(without)),
            "no-answer precision": _share(rightly, len(refused)),
            "no-answer recall": _share(rightly, len(without)),
        }
    return found


def refused(asked: Sequence[Asked]) -> dict[str, dict[str, dict[str, float]]]:
    """Count what was refused of questions that nothing answers, by source and language."""
    groups: dict[str, dict[str, list[bool]]] = {}
    for one in asked:
        by_locale = groups.setdefault(source_of(one.query_id), {})
        by_locale.setdefault(one.lang, []).append(not one.answered)
    return {
        source: {
            locale: {"n": len(no), "refused": sum(no), "share": _share(sum(no), len(no))}
            for locale, no in sorted(by_locale.items())
        }
        for source, by_locale in sorted(groups.items())
    }


def is_right(dataset: Dataset, one: Asked) -> bool:
    """The first document over everything answers the question."""
    return bool(one.all) and dataset.qrels.get(one.query_id, {}).get(one.all[0], 0) > 0


def _relevant(dataset: Dataset, query: Query, scope: str) -> dict[str, int]:
    """Return what counts as right in a scope; answers of one thread count as one.

    Over everything, the article in the question's language counts, or its translation where
    there is none.
    """
    judged = [doc for doc, score in dataset.qrels[query.id].items() if score > 0]
    own = [doc for doc in judged if _locale(dataset, doc, query) == query.locale]
    other = [doc for doc in judged if doc not in own]
    wanted = {"own": own, "other": other, "all": own or other}[scope]
    return {dataset.groups.get(doc, doc): 1 for doc in wanted}


def _locale(dataset: Dataset, document: str, query: Query) -> str:
    if "::" in document:
        return document.rsplit("::", 1)[1]
    return dataset.locales.get(document) or query.locale


def _about(query: Query) -> dict[str, object]:
    return {"lang": query.locale, "split": query.split}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
