"""A hint is one line about one place of a text; some offer other words for it."""

from dataclasses import dataclass, field
from enum import StrEnum

from kb.text import digest


class Kind(StrEnum):
    """What a hint is about, in the order hints are shown."""

    ALT_MISSING = "alt_missing"
    LINK_BROKEN = "link_broken"
    STEPS_MISSING = "steps_missing"
    STEP_DOUBLE = "step_double"
    SEE_MISSING = "see_missing"
    STEP_LONG = "step_long"
    HEADING_MISSING = "heading_missing"
    HEADING_LEVEL = "heading_level"
    TABLE_WIDE = "table_wide"
    IMAGE_SMALL = "image_small"
    ADDRESS_DU = "address_du"
    INTERNAL = "internal"
    SENTENCE_LONG = "sentence_long"
    PASSIVE = "passive"
    JARGON = "jargon"
    UNEXPLAINED = "unexplained"


class Group(StrEnum):
    """Hints that belong together."""

    BEFORE_PUBLISHING = "before"
    FOLLOWING = "following"
    PHONE = "phone"
    READING = "reading"


GROUPS: dict[Kind, Group] = {
    Kind.ALT_MISSING: Group.BEFORE_PUBLISHING,
    Kind.LINK_BROKEN: Group.BEFORE_PUBLISHING,
    Kind.STEPS_MISSING: Group.FOLLOWING,
    Kind.STEP_DOUBLE: Group.FOLLOWING,
    Kind.SEE_MISSING: Group.FOLLOWING,
    Kind.HEADING_MISSING: Group.FOLLOWING,
    Kind.HEADING_LEVEL: Group.FOLLOWING,
    Kind.STEP_LONG: Group.PHONE,
    Kind.TABLE_WIDE: Group.PHONE,
    Kind.IMAGE_SMALL: Group.PHONE,
    Kind.ADDRESS_DU: Group.READING,
    Kind.INTERNAL: Group.READING,
    Kind.SENTENCE_LONG: Group.READING,
    Kind.PASSIVE: Group.READING,
    Kind.JARGON: Group.READING,
    Kind.UNEXPLAINED: Group.READING,
}


@dataclass(frozen=True)
class Hint:
    """One line, and the place it is about: characters of the body."""

    kind: Kind
    start: int
    end: int
    quote: str
    """What stands there."""
    values: dict[str, str | int] = field(default_factory=dict)
    replacement: str = ""
    """Words to put there instead; empty: only the writer can know."""

    @property
    def key(self) -> str:
        """Name the hint, so that who dismisses it is not told again about the same words."""
        return digest(self.kind, " ".join(self.quote.split()))[:16]


def hint(
    body: str, kind: Kind, start: int, end: int, *, replacement: str = "", **values: str | int
) -> Hint:
    """Return a hint about a stretch of the body, without the white space around it."""
    quote = body[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    return Hint(kind, start, start + len(quote), quote, values, replacement)
