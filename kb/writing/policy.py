"""Rules about texts being written."""

from dataclasses import dataclass

from kb.writing.models import WorkingCopy

LONGEST_BODY = 200_000
"""Characters; four times the longest article we know."""


@dataclass(frozen=True)
class Text:
    """What stands in the three fields of the editor."""

    title: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class Seen:
    """What a page of the editor knows of the row it writes to."""

    copy_id: int = 0
    """0: of none."""
    saves: int = 0
    tab: str = ""


def may_write_over(copy: WorkingCopy, seen: Seen) -> bool:
    """Say whether the page may put its text into this row: it wrote last, or has seen the rest."""
    return bool(seen.tab) and (copy.tab == seen.tab or copy.saves == seen.saves)


def text_of(copy: WorkingCopy) -> Text:
    return Text(copy.title, copy.summary, copy.body)
