"""What a page tells those who find it elsewhere: addresses, languages, structured data.

Only pages anybody may read say it. The structured data is a block no browser runs, and nothing in
it can end the block it stands in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from desk.dressing import Dressing, Step
from desk.markdown import Heading
from kb.config import Locale

_OUTSIDE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"})
_MOST_STEPS = 40
Thing = dict[str, Any]


@dataclass(frozen=True)
class Head:
    """For the head of a page: everything with its full address."""

    title: str
    description: str
    url: str
    kind: str = "website"
    others: Mapping[Locale, str] = field(default_factory=dict)
    """The page in each language it is there in, its own included."""
    data: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class Crumb:
    """One page on the way here."""

    name: str
    url: str


def with_data(head: Head, things: Sequence[Thing]) -> Head:
    """Return the head with structured data; what says nothing is left out."""
    return replace(head, data=_as_block(things))


def _as_block(things: Sequence[Thing]) -> Markup:
    graph = {"@context": "https://schema.org", "@graph": [thing for thing in things if thing]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_OUTSIDE))  # noqa: S704  # what could end the block is written out


def breadcrumbs(crumbs: Sequence[Crumb]) -> Thing:
    """Return the way to a page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": crumb.name, "item": crumb.url}
            for at, crumb in enumerate(crumbs, 1)
        ],
    }


def instructions(
    head: Head, dressing: Dressing, headings: Sequence[Heading], *, minutes: int
) -> Thing:
    """Return the steps of an article, by section where there are several lists."""
    if not dressing.steps:
        return {}
    lists = [_steps(each, head.url) for each in dressing.steps]
    sections = [
        {"@type": "HowToSection", "name": _name(each, headings, head), "itemListElement": steps}
        for each, steps in zip(dressing.steps, lists, strict=True)
    ]
    return {
        "@type": "HowTo",
        "name": head.title,
        "description": head.description,
        "totalTime": f"PT{minutes}M",
        "step": lists[0] if len(lists) == 1 else sections,
    }


def question(head: Head, answer: str) -> Thing:
    """Return an article whose title asks something, with its answer in short."""
    if not head.title.endswith("?") or not answer:
        return {}
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": head.title,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
        ],
    }


def _steps(steps: Sequence[Step], url: str) -> list[Thing]:
    return [
        {"@type": "HowToStep", "text": step.text, "url": f"{url}#{step.anchor}"}
        for step in steps[:_MOST_STEPS]
    ]


def _name(steps: Sequence[Step], headings: Sequence[Heading], head: Head) -> str:
    section = steps[0].section
    named = (heading.text for heading in headings if heading.anchor == section)
    return next(named, head.title)
