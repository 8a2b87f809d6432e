"""The form of the editor as it was sent: the text, what the page has seen, and what changed."""

import re
from dataclasses import dataclass

from desk.deps import Fields
from kb.articles.actions import Change
from kb.articles.models import Significance
from kb.writing.policy import Seen, Text

_TAB = re.compile(r"[\w-]{8,64}")


@dataclass(frozen=True)
class Sheet:
    """What stands in the editor."""

    text: Text
    seen: Seen
    base: int
    """The version of the translation that was opened."""
    change: Change
    wants_review: bool = False
    """Somebody else is to look before it is published."""


def sheet(fields: Fields) -> Sheet:
    """Read the form; whatever is no number or no choice counts as not said."""
    wanted = fields.line("significance")
    tab = fields.line("tab")
    return Sheet(
        text=Text(
            title=fields.line("title"),
            summary=fields.line("summary", limit=500),
            body=fields.get("body", ""),
        ),
        seen=Seen(
            copy_id=fields.number("copy") or 0,
            saves=fields.number("saves") or 0,
            tab=tab if _TAB.fullmatch(tab) else "",
        ),
        base=fields.number("base") or 0,
        change=Change(
            note=fields.line("note"),
            significance=next(
                (each for each in Significance if each == wanted), Significance.MINOR
            ),
        ),
        wants_review=fields.line("then") == "review",
    )
