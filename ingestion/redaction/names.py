"""Replaces the names of the people a text is about."""

import re
from collections.abc import Iterable

from ingestion.redaction import introductions
from ingestion.redaction.kinds import Known, Mark, PersonalData
from ingestion.redaction.words import ALSO_WORDS


def everyone(text: str, people: Iterable[Known], mark: Mark) -> str:
    """Replace every part of every name, with its genitive; a run of parts is one name.

    A part counts in any spelling, unless it is short or also a common word: then as it is written,
    or beside another part.
    """
    parts = {part for person in people for part in introductions.parts(person.name)}
    if not parts:
        return text
    exact = {
        part for part in parts if len(part) <= introductions.SHORTEST or part.lower() in ALSO_WORDS
    }
    free = _either(parts - exact)
    written = _either(exact | {part.upper() for part in exact})
    one = "|".join(filter(None, (written, free and f"(?i:{free})")))
    one = rf"(?:{one})(?:['’]?s)?"
    more = rf"(?:[ ,]{{1,2}}(?:(?:von|van|de)[ ])?(?i:{_either(parts)})(?:['’]?s)?){{0,4}}"
    pattern = rf"(?<![\w@-])(?:Dr\.[ ])?{one}{more}(?![\w@])"
    return re.sub(pattern, lambda _: mark(PersonalData.NAME), text)


def _either(parts: set[str]) -> str:
    return "|".join(map(re.escape, sorted(parts, key=lambda part: (-len(part), part))))
