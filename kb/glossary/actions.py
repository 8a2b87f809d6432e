"""What can be done with the glossary. Actions never commit: the caller's transaction does."""

from collections.abc import Iterable

from sqlmodel import Session

from kb.config import LOCALES
from kb.errors import InvalidInput
from kb.glossary import policy, queries
from kb.glossary.models import GlossaryTerm
from kb.text import one_line


def explain(
    session: Session,
    *,
    locale: str,
    term: str,
    meaning: str,
    spellings: Iterable[str] = (),
    source: str = "",
) -> GlossaryTerm:
    """Add a term or say anew what it means. An import leaves alone what the desk wrote.

    Raises:
        InvalidInput: no language of ours, no term, or nothing that explains it.
    """
    name = one_line(term, limit=policy.LONGEST_TERM)
    said = one_line(meaning, limit=policy.LONGEST_MEANING)
    if locale not in LOCALES or not name or not said:
        raise InvalidInput(field="term")
    found = queries.named(session, locale, name)
    if found is None:
        found = GlossaryTerm(locale=locale, term=name, meaning=said, source=source)
    elif source and not found.source:
        return found
    found.meaning, found.source = said, source
    found.spellings = policy.spellings(name, spellings)
    session.add(found)
    session.flush()
    return found


def forget(session: Session, term: GlossaryTerm) -> None:
    """Take a term out of the glossary."""
    session.delete(term)
    session.flush()
