"""A page about runs, for operators: pictures as SVG, their numbers below, nothing fetched."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from evals import drill
from evals.compare import compare
from evals.markup import shown, table
from evals.risk import BY_CHANCE, WANTED
from kb.evaluations.models import EvalRun

_SIZE, _MARGIN = 320, 40
_STYLE = """
:root { color-scheme: light dark; --ink: #16202c; --soft: #5b6775; --line: #0b5cad; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf1; --soft: #9aa7b5; --line: #7cb8f5; --paper: #12181f } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
figure { display: inline-block; vertical-align: top; margin: 0 1rem 1rem 0; max-width: 100% }
svg { max-width: 100%; height: auto }
svg text { fill: var(--soft); font-size: 11px }
.frame, .ideal { stroke: var(--soft); fill: none } .ideal { stroke-dasharray: 4 4 }
.told { stroke: var(--line); stroke-width: 2; fill: none } .dot { fill: var(--line) }
table { border-collapse: collapse; display: block; overflow-x: auto; margin-bottom: 1rem }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid var(--soft) }
th:first-child, td:first-child { text-align: left }
"""
_POINT = ("confidence", "answered", "precision", "covered")
_SUMMARY = (
    "n",
    "answerable",
    "right",
    "answered at 90 %",
    "covered at 90 %",
    "confidence for 90 %",
    "area",
    "calibration error",
    BY_CHANCE,
)


def write(path: Path, runs: Sequence[EvalRun]) -> None:
    """Write the page; of a folder it is `index.html`."""
    target = path / "index.html" if path.is_dir() or not path.suffix else path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(runs), encoding="utf-8")


def page(runs: Sequence[EvalRun]) -> str:
    """Return the page as HTML."""
    title = escape(", ".join(dict.fromkeys(run.dataset for run in runs)))
    parts = "\n".join(_run(run, at) for at, run in enumerate(drill.ordered(runs)))
    return _document(title, parts)


def compared(before: EvalRun, after: EvalRun) -> str:
    """Return a page about what changed from one run to another.

    Raises:
        NotComparable: the runs are of different data.
    """
    rows = [
        [
            one.group,
            one.measure,
            shown(one.questions),
            shown(one.before),
            shown(one.after),
            f"{one.change:+.4f} ({one.low:+.4f} to {one.high:+.4f})",
            "certain" if one.is_certain else "",
        ]
        for one in compare(before, after)
    ]
    head = ("group", "measure", "questions", "before", "after", "difference, 95 %", "")
    title = f"{escape(after.dataset)}: {escape(before.system)} and {escape(after.system)}"
    return _document(title, table(head, rows) + drill.changes(before, after))


def _document(title: str, parts: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation: {title}</title>\n<style>{_STYLE}{drill.STYLE}</style>\n"
        "</head>\n<body>\n"
        f"<h1>{title}</h1>\n{parts}\n</body>\n</html>\n"
    )


def _run(run: EvalRun, number: int) -> str:
    told = [f"<h2>{escape(str(run.task))} on {escape(run.dataset)}: {escape(run.system)}</h2>"]
    told.append(
        f"<p>Data {escape(run.dataset_digest[:12])}, code {escape(run.git_revision)}, "
        f"index {escape(run.fingerprint) or 'none'}.</p>"
    )
    told.append(drill.measures(run))
    for part in ("risk", "risk, reporting half"):
        for locale, figures in run.figures.get(part, {}).items():
            half = " (reporting half)" if part != "risk" else ""
            told.append(_language(f"{locale}{half}", figures))
    told.append(_strangers(run.figures.get("strangers", {})))
    told.append(drill.speed(run))
    told.append(drill.questions(run, number))
    return "\n".join(told)


def _language(name: str, figures: Mapping[str, Any]) -> str:
    line, bins = figures["curve"], figures["bins"]
    reliability = [(one["expected"], one["right"]) for one in bins]
    risk = [(one["answered"], one["precision"]) for one in line]
    summary = [[name_, shown(figures[name_])] for name_ in _SUMMARY if name_ in figures]
    return "\n".join(
        (
            f"<section>\n<h3>{escape(name)}</h3>",
            table(("figure", "value"), summary),
            _figure(
                "Reliability: what was told against what was right",
                ("told", "right"),
                _diagonal() + _line(reliability) + _dots(reliability),
            ),
            _figure(
                "Precision of the answers over the share answered",
                ("answered", "precision"),
                _level(WANTED) + _line(risk),
            ),
            "<details><summary>Numbers</summary>",
            table(
                ("told from", "questions", "mean told", "right"),
                [[shown(one[key]) for key in ("low", "n", "expected", "right")] for one in bins],
            ),
            table(
                ("confidence from", "answered", "precision", "answerable answered right"),
                [
                    [shown(one[key]) for key in ("confidence", "answered", "precision", "covered")]
                    for one in line
                ],
            ),
            "</details>\n</section>",
        )
    )


def _strangers(found: Mapping[str, Mapping[str, Any]]) -> str:
    if not found:
        return ""
    rows = [
        [f"{source}, {locale}", shown(told["n"]), shown(told["refused"]), shown(told["share"])]
        for source, by_locale in found.items()
        for locale, told in by_locale.items()
    ]
    head = ("questions that nothing answers", "n", "refused", "share")
    return f"<section>\n<h3>Out of scope</h3>\n{table(head, rows)}\n</section>"


def _figure(caption: str, axes: tuple[str, str], inner: str) -> str:
    side = _SIZE + 2 * _MARGIN
    ticks = "".join(
        f'<text x="{_x(at)}" y="{_y(0) + 16}" text-anchor="middle">{at:g}</text>'
        f'<text x="{_MARGIN - 6}" y="{_y(at) + 4}" text-anchor="end">{at:g}</text>'
        for at in (0, 0.25, 0.5, 0.75, 1)
    )
    frame = (
        f'<rect class="frame" x="{_MARGIN}" y="{_MARGIN}" width="{_SIZE}" height="{_SIZE}"/>'
        f'<text x="{side / 2}" y="{side - 6}" text-anchor="middle">{axes[0]}</text>'
        f'<text x="4" y="{_MARGIN - 10}">{axes[1]}</text>'
    )
    return (
        f'<figure><svg viewBox="0 0 {side} {side}" width="{side}" height="{side}" role="img" '
        f'aria-label="{escape(caption)}">{frame}{ticks}{inner}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    told = " ".join(f"{_x(x)},{_y(y)}" for x, y in points)
    return f'<polyline class="told" points="{told}"/>'


def _dots(points: Sequence[tuple[float, float]]) -> str:
    return "".join(f'<circle class="dot" cx="{_x(x)}" cy="{_y(y)}" r="4"/>' for x, y in points)


def _diagonal() -> str:
    return f'<polyline class="ideal" points="{_x(0)},{_y(0)} {_x(1)},{_y(1)}"/>'


def _level(height: float) -> str:
    return f'<polyline class="ideal" points="{_x(0)},{_y(height)} {_x(1)},{_y(height)}"/>'


def _x(share: float) -> float:
    return round(_MARGIN + share * _SIZE, 1)


def _y(share: float) -> float:
    return round(_MARGIN + (1 - share) * _SIZE, 1)
