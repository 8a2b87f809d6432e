"""What can be read about synonyms."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.db import stored_id
from kb.synonyms.models import SynonymGroup, SynonymRevision

Groups = dict[str, tuple[tuple[str, ...], ...]]
"""Language -> the groups of it."""


@dataclass(frozen=True)
class Group:
    """A group as it is now."""

    id: int
    locale: str
    version: int
    words: tuple[str, ...]


def groups(session: Session, *, locale: str | None = None) -> list[Group]:
    """Return the groups as they are now, oldest first; removed ones are left out."""
    rows = session.exec(
        select(SynonymGroup.id, SynonymGroup.locale, SynonymGroup.version, SynonymRevision.words)
        .join(SynonymRevision, col(SynonymRevision.group_id) == col(SynonymGroup.id))
        .where(col(SynonymRevision.number) == col(SynonymGroup.version))
        .order_by(col(SynonymGroup.id))
    ).all()
    return [
        Group(stored_id(group_id), own, version, tuple(words))
        for group_id, own, version, words in rows
        if words and locale in {None, own}
    ]


def by_locale(session: Session) -> Groups:
    """Return the words of all groups by language: one statement, for every search asks it."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for group in groups(session):
        found.setdefault(group.locale, []).append(group.words)
    return {locale: tuple(words) for locale, words in found.items()}


def history(session: Session, group_id: int) -> Sequence[SynonymRevision]:
    """Return what a group was and is, newest first."""
    return session.exec(
        select(SynonymRevision)
        .where(SynonymRevision.group_id == group_id)
        .order_by(col(SynonymRevision.number).desc())
    ).all()
