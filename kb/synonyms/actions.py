"""What can be done with synonyms: a change makes a new revision, and the old ones stay."""

from collections.abc import Iterable

from sqlmodel import Session

from kb.config import LOCALES
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound, StaleRevision
from kb.synonyms import policy
from kb.synonyms.models import SynonymGroup, SynonymRevision


def add_group(
    session: Session, *, locale: str, words: Iterable[str], author_id: int | None = None
) -> SynonymGroup:
    """Add a group of words that mean the same.

    Raises:
        InvalidInput: no language of ours, or fewer than two words, or too many.
    """
    if locale not in LOCALES:
        raise InvalidInput(field="locale")
    kept = _acceptable(words)
    group = SynonymGroup(locale=locale)
    session.add(group)
    session.flush()
    _revise(session, group, kept, author_id)
    return group


def change_group(
    session: Session,
    group_id: int,
    words: Iterable[str],
    *,
    expected_version: int | None = None,
    author_id: int | None = None,
) -> SynonymGroup:
    """Give a group other words.

    Raises:
        NotFound: there is no such group.
        InvalidInput: fewer than two words, or too many.
        StaleRevision: `expected_version` is given and somebody else changed it since.
    """
    kept = _acceptable(words)
    group = _group(session, group_id, expected_version)
    _revise(session, group, kept, author_id)
    return group


def remove_group(
    session: Session,
    group_id: int,
    *,
    expected_version: int | None = None,
    author_id: int | None = None,
) -> None:
    """Take a group out of use; what it was stays on record.

    Raises:
        NotFound: there is no such group.
        StaleRevision: `expected_version` is given and somebody else changed it since.
    """
    _revise(session, _group(session, group_id, expected_version), [], author_id)


def _acceptable(words: Iterable[str]) -> list[str]:
    kept = policy.as_kept(words)
    if not policy.is_acceptable(kept):
        raise InvalidInput(field="words")
    return kept


def _group(session: Session, group_id: int, expected_version: int | None) -> SynonymGroup:
    group = session.get(SynonymGroup, group_id)
    if group is None:
        raise NotFound
    if expected_version is not None and group.version != expected_version:
        raise StaleRevision(version=group.version)
    return group


def _revise(
    session: Session, group: SynonymGroup, words: list[str], author_id: int | None
) -> None:
    group.version += 1
    session.add(group)
    session.add(
        SynonymRevision(
            group_id=stored_id(group.id), number=group.version, words=words, author_id=author_id
        )
    )
    session.flush()
