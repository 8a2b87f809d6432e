"""From the sentences of a model that hold to a text an agent can send, or none.

House words stand around them and their sources below. Nothing is left to fill in; steps come in
the article's order, and where one of them did not hold, the literal text is better than a hole.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from rapidfuzz import fuzz, process

from desk.assist.work import Work
from kb.access import ANYONE
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.generation.models import GeneratedText
from retrieval.index.plain import plain
from retrieval.results import Passage

_STEP = re.compile(r"^\s*\d{1,3}[.)]\s+")
_BLANK = re.compile(r"\[[^\]]{0,60}\]|_{3,}|\{[^}]{0,60}\}|‹[^›]{0,60}›")
_CODE = re.compile(r"[\w#+~*-]*[*~][\w#+~*-]*|\w*_\w*")
_LIKE = 60.0
"""How much a sentence is like a line of the article to be that line, of 100."""


def worded(work: Work, made: GeneratedText, passage: Passage) -> str:
    """Return the middle of a reply; nothing, where it does not hold or may not be seen."""
    parts = made.kept
    used = list(dict.fromkeys(number for one in parts for number in one["numbers"]))
    told = _sources(work, made, used)
    if not told or any(_is_blank(one["text"], passage) for one in parts):
        return ""
    places = [_place(one["text"], passage) for one in parts]
    steps = [place for place in places if place is not None]
    if steps and (steps != sorted(steps) or len(parts) < len(made.parts)):
        return ""
    has_marks = len(told) > 1
    lines = [_line(one, has_marks=has_marks) for one in parts]
    return "\n\n".join([*_paragraphs(lines, places), *_named(told, used, has_marks=has_marks)])


def _sources(work: Work, made: GeneratedText, used: Sequence[int]) -> dict[int, str]:
    """Return where the text stands, by number; nothing, if not all of that is public now."""
    rows = {one["number"]: one for one in made.sources if one["number"] in used}
    known = articles.by_revisions(work.session, ANYONE, {one["revision"] for one in rows.values()})
    if any(one["revision"] not in known for one in rows.values()):
        return {}
    told = {}
    for number, one in rows.items():
        shown = known[one["revision"]]
        title = " › ".join(part for part in (shown.revision.title, one["section"]) if part)
        place = address(shown.translation.locale, shown.translation.slug, one["anchor"])
        told[number] = f"{title}\n{work.config.public_url}{place}"
    return told


def _is_blank(text: str, passage: Passage) -> bool:
    """Tell whether something is left to fill in, that the article itself does not say."""
    return any(found not in plain(passage.text) for found in _BLANK.findall(text))


def _place(text: str, passage: Passage) -> int | None:
    """Return which step of the article a sentence is; None for what is no step."""
    lines = [line for line in plain(passage.text).split("\n") if line.strip()]
    bare = [_STEP.sub("", line).lower() for line in lines]
    if not bare:
        return None
    _, like, place = process.extractOne(text.lower(), bare, scorer=fuzz.token_set_ratio)
    return place if like >= _LIKE and _STEP.match(lines[place]) else None


def _line(part: dict[str, Any], *, has_marks: bool) -> str:
    text = _CODE.sub(r"`\g<0>`", part["text"].replace("**", ""))
    marks = "".join(f" [{number}]" for number in part["numbers"]) if has_marks else ""
    return f"{text}{marks}"


def _paragraphs(lines: Sequence[str], places: Sequence[int | None]) -> list[str]:
    """Put sentences together, and number what are steps; those of one line are one step."""
    found: list[str] = []
    number = 0
    both = zip(lines, places, strict=True)
    for place, group in groupby(both, key=lambda one: one[1]):
        text = " ".join(line for line, _ in group)
        if place is None:
            found.append(text)
            continue
        number += 1
        step = f"{number}. {text}"
        if number > 1 and _STEP.match(found[-1]):
            found[-1] += f"\n{step}"
        else:
            found.append(step)
    return found


def _named(told: dict[int, str], used: Sequence[int], *, has_marks: bool) -> list[str]:
    if not has_marks:
        return [f"— {place}" for place in told.values()]
    return [f"[{number}] {told[number]}" for number in sorted(used) if number in told]
