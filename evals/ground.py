"""How well the check of generated sentences tells what an article says from what it does not.

Claims were written by hand: what holds is said in other words than the article's, what does not
has one thing wrong. A lie that is let through may cost somebody money; a truth that is left out
costs a sentence.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kb.access import Audience
from kb.config import Config
from retrieval.assembly import build_engines
from retrieval.generation.numbered import numbered
from retrieval.generation.parts import Part
from retrieval.generation.support import check
from retrieval.results import Kind, Passage

CLAIMS = Path(__file__).parent / "datasets" / "ground" / "claims.jsonl"
_ARTICLES = Path(__file__).parent.parent / "kb" / "demo" / "articles"


@dataclass
class Grounded:
    """What became of the claims of one language."""

    true: int = 0
    true_shown: int = 0
    false: int = 0
    false_shown: int = 0
    why_left_out: Counter[str] = field(default_factory=Counter)
    """Of what holds: why it was left out."""
    got_through: list[str] = field(default_factory=list)
    """Lies that would be shown."""


def measure(config: Config, split: str) -> dict[str, Grounded]:
    """Check every claim of a split with the model that is set; by language."""
    found: dict[str, Grounded] = {}
    for one, flaw in judged(config, split):
        _count(found.setdefault(one["locale"], Grounded()), one, flaw)
    return found


def judged(config: Config, *splits: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every claim of these splits with why it would not be shown; empty: it would."""
    embed = build_engines(config).embedder.embed
    for one in _claims(*splits):
        sources = {n.number: n for n in numbered([_passage(one["locale"], one["article"])])}
        (checked,) = check([Part(one["claim"], (1,))], sources, one["locale"], embed)
        yield one, str(checked.flaw) if checked.flaw else ""


def as_json(found: dict[str, Grounded]) -> dict[str, Any]:
    """Return the figures as plain data."""
    return {
        locale: {
            "true": told.true,
            "true shown": told.true_shown,
            "false": told.false,
            "false shown": told.false_shown,
            "why true ones were left out": dict(told.why_left_out),
            "false ones that got through": told.got_through,
        }
        for locale, told in found.items()
    }


def _count(told: Grounded, one: dict[str, Any], flaw: str) -> None:
    if one["holds"]:
        told.true += 1
        told.true_shown += not flaw
        if flaw:
            told.why_left_out[flaw] += 1
        return
    told.false += 1
    told.false_shown += not flaw
    if not flaw:
        told.got_through.append(f"{one['kind']}: {one['claim']}")


def _claims(*splits: str) -> Iterator[dict[str, Any]]:
    for line in CLAIMS.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["split"] in splits:
            yield one


def _passage(locale: str, name: str) -> Passage:
    """Return a whole article of the demo as one passage."""
    _, head, body = (_ARTICLES / locale / f"{name}.md").read_text("utf-8").split("---\n", 2)
    title = yaml.safe_load(head)["title"]
    return Passage(
        kind=Kind.PUBLIC,
        chunk_id=name,
        family_id=1,
        source_id=1,
        locale=locale,
        title=title,
        slug=name,
        section="",
        anchor="",
        text=body,
        ordinal=1,
        audience=Audience.PUBLIC,
    )
