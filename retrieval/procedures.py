"""How articles tell what to do without saying so in so many words.

A list whose numbering goes on after a paragraph is one list. A line of bold print that names a
device stands for a heading. What we do ourselves is nothing for the reader to do.
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from kb.articles import devices
from kb.articles.devices import Names

_NUMBERED = re.compile(r"(\d{1,2})[.)][ \t]+\S")
_SKIPPED = 2
"""Numbers a list may go on by: people miscount."""
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_BOLD = re.compile(r"\*\*([^*\n]{2,60}?):?\*\*:?")
_MARKER = re.compile(r"[ \t]*(?:\d{1,9}[.)]|[-*+])[ \t]+")
_OURS = re.compile(r"(?:wir|we)\s", re.IGNORECASE)


def set_apart(markdown: str) -> str:
    r"""Let a list go on where a paragraph stands right above its next number.

    >>> set_apart("1. Öffnen.\n\nEs dauert.\n2. Warten.")
    '1. Öffnen.\n\nEs dauert.\n\n2. Warten.'
    """
    told: list[str] = []
    number, is_code = 0, False
    for line in markdown.split("\n"):
        is_code ^= bool(_FENCE.match(line))
        found = None if is_code else _NUMBERED.match(line)
        if found is not None:
            here = int(found.group(1))
            if 0 < number < here <= number + _SKIPPED and told and told[-1].strip():
                is_item = _NUMBERED.match(told[-1]) or told[-1][0].isspace()
                told += [] if is_item else [""]
            number = here
        elif line.startswith("#"):
            number = 0
        told.append(line)
    return "\n".join(told)


def labelled(paragraph: str) -> Names:
    """Return the devices a line of bold print announces.

    >>> labelled("**iPhone:**"), labelled("**Tipp**"), labelled("Auf dem **iPhone** geht es.")
    (('ios',), (), ())
    """
    found = _BOLD.fullmatch(paragraph.strip())
    return devices.named_in(found.group(1), devices.LABELS) if found else ()


def is_ours(item: str) -> bool:
    """Say whether a point tells what we do, which nobody else has to.

    >>> is_ours("Wir beenden den Vertrag."), is_ours("Warten Sie.")
    (True, False)
    """
    return bool(_OURS.match(item))


def items(tokens: Sequence[Token], place: int, lines: Sequence[str]) -> list[str]:
    """Return what each item of a list says, without its mark."""
    level, found = tokens[place].level, []
    for token in tokens[place + 1 :]:
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            first, *rest = written(lines, token).split("\n")
            mark = _MARKER.match(first)
            width = mark.end() if mark else 0
            dedented = [one[width:] if not one[:width].strip() else one.lstrip() for one in rest]
            found.append("\n".join([first[width:], *dedented]).strip())
    return found


def written(lines: Sequence[str], token: Token) -> str:
    """Return what a block says, as it is written."""
    return "\n".join(lines[slice(*(token.map or ()))]).strip("\n")
