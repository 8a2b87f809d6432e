"""Measure the plans that coaching derives from articles against plans made by hand.

Needs no model and no index: a plan is made of the article's text alone.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import kb
from retrieval.coaching import Derived, derive
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences

PLANS = Path(__file__).parent / "datasets" / "coach" / "plans.jsonl"
_PICTURE = re.compile(r"\s*!\[[^\]\n]*\]\([^)\n]*\)")
_ARTICLES = Path(kb.__file__).parent / "demo" / "articles"


@dataclass(frozen=True)
class Gold:
    """A plan made by hand: instruction and expectation of every step."""

    id: str
    article: str
    section: str
    """Empty: the whole article."""
    device: str
    steps: tuple[tuple[str, str], ...]

    @property
    def locale(self) -> str:
        return self.article.partition("/")[0]


@dataclass(frozen=True)
class Held:
    """One derived plan held against the one made by hand."""

    locale: str
    wanted: int
    found: int
    derived: int
    foreign: int
    """Steps nobody has asked for: of another device, or none at all."""
    invented: int
    """Steps with words that do not stand in the article."""
    expectations: int
    """Steps whose instruction and expectation were told apart as by hand."""
    is_in_order: bool


def load(path: Path = PLANS) -> list[Gold]:
    """Read the plans made by hand."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Gold(
            one["id"],
            one["article"],
            one["section"],
            one["device"],
            tuple((step["instruction"], step["expectation"]) for step in one["steps"]),
        )
        for one in lines
    ]


def body(article: str) -> str:
    """Return the text of a demo article, without what describes it, and without pictures."""
    text = (_ARTICLES / f"{article}.md").read_text(encoding="utf-8")
    return _PICTURE.sub("", text.split("---\n", 2)[2])


def hold(gold: Gold, markdown: str) -> Held:
    """Derive the plan, and hold it against the one made by hand."""
    plan = derive(markdown, device=gold.device)
    steps = [one for one in plan.steps if gold.section in {"", one.section}]
    source = same(markdown)
    places = [_place(steps, instruction) for instruction, _ in gold.steps]
    found = [place for place in places if place is not None]
    return Held(
        locale=gold.locale,
        wanted=len(gold.steps),
        found=len(found),
        derived=len(steps),
        foreign=len(steps) - len(set(found)),
        invented=sum(not _stands_in(one, source) for one in steps),
        expectations=sum(
            same(steps[place].instruction) == same(instruction)
            and same(steps[place].expectation) == same(expectation)
            for place, (instruction, expectation) in zip(places, gold.steps, strict=True)
            if place is not None
        ),
        is_in_order=found == sorted(found),
    )


def figures(held: Sequence[Held]) -> dict[str, dict[str, float]]:
    """Return the figures of each language; counts beside every share."""
    told: dict[str, dict[str, float]] = {}
    for locale in sorted({one.locale for one in held}):
        ours = [one for one in held if one.locale == locale]
        total: Counter[str] = Counter()
        for one in ours:
            total.update({name: value for name, value in vars(one).items() if name != "locale"})
        told[locale] = {
            "plans": len(ours),
            "steps by hand": total["wanted"],
            "steps found": total["found"],
            "found": round(total["found"] / total["wanted"], 3),
            "plans in order": total["is_in_order"],
            "steps of no plan": total["foreign"],
            "steps with invented words": total["invented"],
            "told apart as by hand": total["expectations"],
            "told apart": round(total["expectations"] / total["wanted"], 3),
        }
    return told


def measure(path: Path = PLANS) -> dict[str, dict[str, float]]:
    """Return the figures of all plans."""
    return figures([hold(gold, body(gold.article)) for gold in load(path)])


def _place(steps: Sequence[Derived], instruction: str) -> int | None:
    """Return where the step that does this stands: its first sentence is the same."""
    first = same(sentences(instruction)[0])
    places = (n for n, one in enumerate(steps) if same(one.instruction).startswith(first))
    return next(places, None)


def _stands_in(step: Derived, source: str) -> bool:
    texts = (step.instruction, step.expectation, step.if_fails, step.alternative, step.note)
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    return all(_sentences_in(same(line), source) for line in lines)


def _sentences_in(line: str, source: str) -> bool:
    """Sentences of one step may have stood apart; each word of each stands in the article."""
    parts = [part for part in line.replace("! ", ". ").replace("? ", ". ").split(". ") if part]
    return all(part.strip(" .-") in source for part in parts)


def same(text: str) -> str:
    """Return a text as it is compared: without marks and spacing."""
    return " ".join(plain(text).replace("1.", " ").split())
