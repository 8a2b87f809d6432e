"""Everything there is to say about a text as it stands: how easy it is, and hints in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.curate.hints.blocks import layout
from desk.curate.hints.kinds import Hint, Kind
from desk.curate.hints.phone import phone
from desk.curate.hints.readability import Readability, readability
from desk.curate.hints.structure import structure
from desk.curate.hints.wording import NO_WORDS, Vocabulary, wording

_ORDER = list(Kind)


@dataclass(frozen=True)
class Around:
    """What must be known beside the text itself."""

    known: Vocabulary = NO_WORDS
    widths: Mapping[str, int] = field(default_factory=dict)
    """Of its images, in pixels, by their ids."""
    broken: Sequence[Hint] = ()
    """Links that lead nowhere."""


NOTHING = Around()


@dataclass(frozen=True)
class Seen:
    """What there is to say."""

    readability: Readability | None
    hints: Sequence[Hint]


def look(title: str, body: str, locale: str, around: Around = NOTHING) -> Seen:
    """Look at a text, and change nothing."""
    taken = layout(body)
    found = [
        *around.broken,
        *structure(taken, title, locale),
        *phone(taken, around.widths),
        *wording(taken, locale, around.known),
    ]
    unique = {(each.kind, each.start, each.end): each for each in found}
    hints = sorted(unique.values(), key=lambda each: (_ORDER.index(each.kind), each.start))
    return Seen(readability(taken, locale), hints)
