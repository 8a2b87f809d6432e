"""Hints about how an article is built: steps that can be followed, headings that lead."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from desk.curate.hints.blocks import Block, Layout, Sort, Step, sentences
from desk.curate.hints.kinds import Hint, Kind, hint
from retrieval.sayings import Saying, saying

_HOW_TO = {
    "de": re.compile(r"^(?:wie|so)\b|\b[a-zäöüß]{3,}(?:en|ern|eln)$", re.IGNORECASE),
    "en": re.compile(
        r"^(?:how|set|change|install|activate|add|remove|reset|restart|connect|check|find|use|"
        r"turn|switch|create|cancel|update|\w{3,}ing\b)",
        re.IGNORECASE,
    ),
}
_FEWEST_WORDS = 40
"""Below this an article is only begun."""
_LONGEST_WITHOUT_HEADING = 180
_MOST_DEEDS = 2
_FORBIDDEN_LEVEL = 1


def structure(layout: Layout, title: str, locale: str) -> Iterator[Hint]:
    """Yield hints about the way an article is built."""
    yield from _steps_missing(layout, title, locale)
    for _, steps in groupby(layout.steps, key=lambda step: step.list_number):
        yield from _about_list(layout.body, list(steps))
    yield from _headings(layout)


def _steps_missing(layout: Layout, title: str, locale: str) -> Iterator[Hint]:
    wants = _HOW_TO.get(locale)
    enough = sum(block.count for block in layout.prose) >= _FEWEST_WORDS
    if enough and wants and wants.search(title.strip()) and not layout.steps:
        first = next(iter(layout.prose))
        yield hint(layout.body, Kind.STEPS_MISSING, first.start, first.end)


def _about_list(body: str, steps: Sequence[Step]) -> Iterator[Hint]:
    silent = []
    for step in steps:
        said = [saying(sentence.words.strip()) for sentence in sentences(step)]
        if said.count(Saying.INSTRUCTION_TO_DO) > _MOST_DEEDS:
            yield hint(body, Kind.STEP_DOUBLE, step.start, step.end, count=len(said))
        if Saying.EXPECTATION not in said and Saying.IF_FAILS not in said:
            silent.append(step)
    if silent and len(silent) * 2 > len(steps):
        first = silent[0]
        yield hint(
            body, Kind.SEE_MISSING, first.start, first.end, count=len(silent), all=len(steps)
        )


def _headings(layout: Layout) -> Iterator[Hint]:
    headings = [block for block in layout.blocks if block.sort is Sort.HEADING]
    for block in headings:
        if block.level == _FORBIDDEN_LEVEL:
            yield hint(layout.body, Kind.HEADING_LEVEL, block.start, block.end)
    for before, after in pairwise(headings):
        if after.level > before.level + 1:
            yield hint(layout.body, Kind.HEADING_LEVEL, after.start, after.end)
    yield from _long_stretches(layout)


def _long_stretches(layout: Layout) -> Iterator[Hint]:
    """Yield where many words come without a heading that says what they are about."""
    words, first = 0, None
    for block in [*layout.blocks, Block(0, 0, "", Sort.HEADING)]:
        if block.sort is not Sort.HEADING:
            words, first = words + block.count, first or block
            continue
        if first is not None and words > _LONGEST_WITHOUT_HEADING:
            yield hint(layout.body, Kind.HEADING_MISSING, first.start, first.end, count=words)
        words, first = 0, None
