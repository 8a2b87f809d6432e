"""What an agent asks of a list: read once from its address, and written back into addresses.

Whatever is in an address is one of ours, or it is the usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from desk.deps import Fields
from kb.affect import Mood, Urgency
from kb.cases.labels import LONGEST_TAG, as_tag
from kb.cases.models import Priority
from kb.cases.work_list import CaseList, Narrowed, Who
from kb.config import LOCALES
from kb.text import one_line

LAST_PAGE = 1_000
T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True)
class Filter:
    """Which cases are listed, and which page of them."""

    which: CaseList
    narrowed: Narrowed
    page: int = 1

    def address(self, **changes: object) -> str:
        """Return the address of the list, with some of it changed."""
        return f"/desk/cases?{urlencode(self.parts(**changes))}"

    def parts(self, **changes: object) -> dict[str, str]:
        """Return what the address says; what is the usual is left out."""
        asked = self.narrowed
        parts = {
            "list": self.which,
            "words": asked.words,
            "locale": asked.locale,
            "mood": asked.mood,
            "urgency": asked.urgency,
            "tag": asked.tag,
            "topic": asked.topic_id,
            "priority": asked.priority,
            "who": asked.who,
        } | changes
        return {name: str(value) for name, value in parts.items() if value}


def case_filter(parameters: Mapping[str, str]) -> Filter:
    """Read the address of a list; what it does not say, or says wrongly, is the usual."""
    asked = Fields({name: one_line(value) for name, value in parameters.items()})
    which = _one(CaseList, asked.line("list")) or CaseList.OPEN
    locale = asked.line("locale")
    narrowed = Narrowed(
        words=asked.line("words", limit=200),
        locale=locale if locale in LOCALES else "",
        mood=_one(Mood, asked.line("mood")),
        urgency=_one(Urgency, asked.line("urgency")),
        tag=as_tag(asked.line("tag", limit=LONGEST_TAG)),
        topic_id=asked.number("topic"),
        priority=_one(Priority, asked.line("priority")),
        who=_one(Who, asked.line("who")),
    )
    return Filter(which, narrowed, min(max(asked.number("page") or 1, 1), LAST_PAGE))


def with_near(wanted: Filter, near: list[int]) -> Filter:
    """Return the same with the cases that were found by meaning."""
    return replace(wanted, narrowed=replace(wanted.narrowed, near=tuple(near)))


def _one(kind: type[T], value: str) -> T | None:
    return next((one for one in kind if one == value), None)
