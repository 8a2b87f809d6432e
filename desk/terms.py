"""Terms of the glossary, explained where they first stand in an article.

Never in a heading, a link or code: there a word is something to find, to follow or to type.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from kb.glossary.queries import Explained

MOST = 12
"""Terms explained on one page; more would be in the way of reading."""


@dataclass(frozen=True)
class Term:
    """A term that stands on the page, and the id of its explanation."""

    id: str
    name: str
    meaning: str


class Terms:
    """Looks for terms in one article, in the order of its text."""

    def __init__(self, glossary: Sequence[Explained]) -> None:
        self._meant = {
            spelling: each for each in glossary for spelling in (each.term, *each.spellings)
        }
        self._pattern = _any_of(self._meant) if self._meant else None
        self.found: dict[str, Term] = {}

    def mark(self, tokens: Sequence[Token]) -> None:
        """Turn the first place of every term into a button that opens its explanation."""
        if self._pattern is None:
            return
        for before, token in pairwise(tokens):
            if token.type == "inline" and before.type not in {"heading_open", "th_open"}:
                token.children = list(self._with_buttons(token.children or []))

    def _with_buttons(self, children: Sequence[Token]) -> Iterator[Token]:
        depth = 0
        for child in children:
            depth += child.nesting if child.type.startswith("link_") else 0
            if child.type == "text" and not depth:
                yield from self._marked(child.content)
            else:
                yield child

    def _marked(self, text: str) -> Iterator[Token]:
        at = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            meant = self._meant[match.group()]
            if meant.term in self.found or len(self.found) >= MOST:
                continue
            term = Term(f"term-{len(self.found) + 1}", meant.term, meant.meaning)
            self.found[meant.term] = term
            yield Token("text", "", 0, content=text[at : match.start()])
            attributes: dict[str, str | int | float] = {
                "type": "button",
                "class": "term",
                "popovertarget": term.id,
            }
            yield Token("term_open", "button", 1, attrs=attributes)
            yield Token("text", "", 0, content=match.group())
            yield Token("term_close", "button", -1)
            at = match.end()
        yield Token("text", "", 0, content=text[at:])


def _any_of(spellings: dict[str, Explained]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
