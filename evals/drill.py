"""What is behind the figures of a run: measures with their range, and every question that failed.

Filters are radio buttons that the style sheet looks at: a page is one file without a script.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from operator import itemgetter
from typing import Any

from evals.markup import shown, table
from evals.measures import MEASURES
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

STYLE = """
.measure { display: grid; grid-template-columns: 11rem 1fr 9rem; gap: .5rem; align-items: center }
.measure svg { width: 100%; height: 1.1rem } .track { fill: var(--soft); opacity: .25 }
.share { fill: var(--line); opacity: .6 } .range { stroke: var(--ink); stroke-width: 2 }
.question { border: 1px solid var(--soft); border-radius: .5rem; margin: .4rem 0; padding: .5rem }
.question summary { cursor: pointer } .question dt { color: var(--soft); font-size: .85rem }
.question dd { margin: 0 0 .4rem; overflow-wrap: anywhere } .why { color: var(--soft) }
.filter { border: 0; padding: 0; margin: .5rem 0 }
.filter label { display: inline-flex; gap: .4rem; align-items: center; min-height: 44px;
  margin-right: 1rem }
.worse { border-left: 4px solid #b3261e } .better { border-left: 4px solid #1d6b43 }
@media print { .question { break-inside: avoid } .filter { display: none } }
@media (max-width: 40rem) {
  .measure { grid-template-columns: 1fr auto; margin-bottom: .6rem }
  .measure svg { grid-row: 2; grid-column: 1 / -1 } }
"""
_MOST = 500
_WIDE = 300
_ALL = "all"
_SCOPES = {_ALL: "as customers search", "own": "in its own language", "other": "in the other"}
_TIMES = ("query ms median", "query ms p95")
_OTHER = "below the best"


def measures(run: EvalRun) -> str:
    """Return a bar with its range for each measure of each language."""
    first: list[str] = []
    more: list[str] = []
    for part in ("averages", "ranking", "reporting half"):
        for group, figures in run.figures.get(part, {}).items():
            locale, _, scope = group.partition(" ")
            bars = "\n".join(
                _bar(name, figures[name], figures.get(f"{name} ±", 0.0))
                for name in MEASURES[run.task]
                if figures.get(name) is not None
            )
            if bars:
                is_half = part == "reporting half"
                name = " ".join((locale, _SCOPES.get(scope, scope))).strip()
                half = " (reporting half)" if is_half else ""
                head = f"{escape(name + half)}: {shown(figures['n'])} questions"
                folded = is_half or scope not in {"", _ALL}
                (more if folded else first).append(f"<h3>{head}</h3>\n{bars}")
    return "\n".join(_section(first) + _folded(more))


def questions(run: EvalRun, number: int) -> str:
    """Return every question that failed, with why; `number` tells the runs of a page apart."""
    failed = [one for one in run.per_query if _has_failed(run.task, one)]
    if not failed:
        return ""
    causes = Counter(_why(one) for one in failed).most_common()
    picked = "\n".join(
        _choice(number, at, name, count)
        for at, (name, count) in enumerate([(_ALL, len(failed)), *causes])
    )
    rows = "\n".join(
        _question(run.task, one, [why for why, _ in causes].index(_why(one)) + 1)
        for one in failed[:_MOST]
    )
    more = f"<p>{len(failed) - _MOST} more are left out.</p>" if len(failed) > _MOST else ""
    hidden = "\n".join(
        f"#run-{number}:has(#why-{number}-{at}:checked) .question:not(.why-{at})"
        for at in range(1, len(causes) + 1)
    ).replace("\n", ", ")
    return (
        f'<section id="run-{number}">\n<h3>Questions that failed</h3>\n'
        f"<style>{hidden} {{ display: none }}</style>\n"
        f'<fieldset class="filter"><legend>Why</legend>\n{picked}\n</fieldset>\n'
        f"{rows}\n{more}</section>"
    )


def changes(before: EvalRun, after: EvalRun) -> str:
    """Return the questions that came out otherwise in the second of two runs of the same data."""
    name = MEASURES[after.task][0]
    earlier = {_key(one): one for one in before.per_query}
    pairs = [
        (earlier[_key(one)], one)
        for one in after.per_query
        if _key(one) in earlier and _is_told(after.task, name, earlier[_key(one)], one)
    ]
    steps = [(_step(after.task, old, new), old, new) for old, new in pairs]
    told = sorted((one for one in steps if one[0]), key=itemgetter(0))
    better = sum(step > 0 for step, _, _ in told)
    rows = "\n".join(_change(after.task, step, old, new) for step, old, new in told)
    return (
        f"<section>\n<h3>Question by question, {escape(name)}</h3>\n"
        f"<p>{better} better, {len(told) - better} worse, {len(pairs) - len(told)} as before.</p>"
        f"\n{rows}\n</section>"
    )


def _section(parts: Sequence[str]) -> list[str]:
    return [f"<section>\n{''.join(parts)}\n</section>"] if parts else []


def _folded(parts: Sequence[str]) -> list[str]:
    summary = "<summary>Other rankings, and the half that nothing was tuned on</summary>"
    return [f"<details>{summary}\n{''.join(parts)}\n</details>"] if parts else []


def speed(run: EvalRun) -> str:
    """Return how long questions took on the machine of the run, drawn on one scale."""
    found = run.figures.get("speed", {})
    times = {name: float(found[name]) for name in _TIMES if found.get(name)}
    if not times:
        return ""
    slowest = max(times.values())
    bars = "\n".join(
        f'<div class="measure"><span>{escape(name)}</span>'
        f'<svg viewBox="0 0 {_WIDE} 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="share" width="{_at(value / slowest)}" height="16" rx="4"/></svg>'
        f"<span>{shown(value)} ms</span></div>"
        for name, value in times.items()
    )
    return f"<section>\n<h3>Time a question takes</h3>\n{bars}\n</section>"


def _bar(name: str, share: float, half: float) -> str:
    low, high = max(share - half, 0.0), min(share + half, 1.0)
    said = f"{shown(share)} ± {shown(half)}"
    return (
        f'<div class="measure"><span>{escape(name)}</span>'
        f'<svg viewBox="0 0 {_WIDE} 16" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(name)} {said}">'
        f'<rect class="track" width="{_WIDE}" height="16" rx="4"/>'
        f'<rect class="share" width="{_at(share)}" height="16" rx="4"/>'
        f'<line class="range" x1="{_at(low)}" x2="{_at(high)}" y1="8" y2="8"/></svg>'
        f"<span>{said}</span></div>"
    )


def _choice(number: int, at: int, name: str, count: int) -> str:
    checked = " checked" if at == 0 else ""
    return (
        f'<label><input type="radio" name="why-{number}" id="why-{number}-{at}"{checked}> '
        f"{escape(name)} ({count})</label>"
    )


def _question(task: Task, one: Mapping[str, Any], why: int) -> str:
    return _details(task, one, f"question why-{why}", _why(one))


def _change(task: Task, step: float, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    name = MEASURES[task][0]
    said = f"{shown(old[name])} → {shown(new[name])}"
    if new.get("cause") or old.get("cause"):
        said += f", {old.get('cause') or 'right'} → {new.get('cause') or 'right'}"
    return _details(task, new, f"question {'better' if step > 0 else 'worse'}", said)


def _details(task: Task, one: Mapping[str, Any], kind: str, said: str) -> str:
    parts = "\n".join(
        f"<dt>{name}</dt><dd>{escape(str(one[name]))}</dd>"
        for name in ("expected", "got")
        if one.get(name)
    )
    scores = table(MEASURES[task], [[shown(one.get(name)) for name in MEASURES[task]]])
    lang = escape(str(one.get("lang", "")))
    return (
        f'<details class="{kind}"><summary><span lang="{lang}">'
        f"{escape(str(one.get('asked') or one['query_id']))}</span> "
        f'<span class="why">{lang} · {escape(said)}</span></summary>\n'
        f"<dl>{parts}</dl>\n{scores}\n</details>"
    )


def _has_failed(task: Task, one: Mapping[str, Any]) -> bool:
    """Of a search, each question is told once: over everything, as customers search."""
    if task is Task.SEARCH:
        return one["scope"] == _ALL and bool(one.get("cause"))
    value = one.get(MEASURES[task][0])
    return value is not None and float(value) < 1


def _why(one: Mapping[str, Any]) -> str:
    return str(one.get("cause") or _OTHER)


def _key(one: Mapping[str, Any]) -> tuple[str, str]:
    return str(one["query_id"]), str(one["scope"])


def _is_told(task: Task, name: str, *both: Mapping[str, Any]) -> bool:
    """Of a search each question is told once; what was not scored both times did not change."""
    whole = task is not Task.SEARCH or both[0]["scope"] == _ALL
    return whole and all(one.get(name) is not None for one in both)


def _step(task: Task, old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    """Return how much better it is; of two equal scores, whether it failed counts."""
    name = MEASURES[task][0]
    step = float(new[name]) - float(old[name])
    return step or float(_has_failed(task, old)) - float(_has_failed(task, new))


def _at(share: float) -> float:
    return round(share * _WIDE, 1)


def ordered(runs: Sequence[EvalRun]) -> list[EvalRun]:
    """Return runs with those of one task together."""
    return sorted(runs, key=lambda run: (str(run.task), run.dataset, run.system))
