"""When a translation is older than its original: one rule, for readers and for editors.

The first written translation of an article is its original. Another one is outdated when a major
revision of the original came after it, and nobody has said since that the two are in step. Who
mends a typo in a translation has said nothing of the kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from kb import clock
from kb.articles.models import Article, Revision, Significance, State, Translation


@dataclass(frozen=True)
class Edit:
    """A revision, as far as it makes translations old."""

    number: int
    significance: Significance
    at: datetime


@dataclass(frozen=True)
class Outdated:
    """A translation on show whose original has changed in what it says."""

    article_id: int
    translation_id: int
    since: datetime


def is_outdating(edit: Edit, *, than: datetime) -> bool:
    """Say whether this edit of the original makes a translation of that time outdated.

    The first text of all matters as much as a major change of it.
    """
    is_major = edit.significance is Significance.MAJOR or edit.number == 1
    return is_major and edit.at > than


def since(edits: Iterable[Edit], *, than: datetime) -> datetime | None:
    """Return when the first edit came that outdates a translation of that time; None: in step."""
    return min((edit.at for edit in edits if is_outdating(edit, than=than)), default=None)


def told_at(translation: Translation, edits: Iterable[Edit]) -> datetime:
    """Return up to when a translation with these edits says what the original says."""
    told = [edit.at for edit in edits if edit.number == 1 or not _is_typo(edit)]
    return max([*told, *([translation.in_step_at] if translation.in_step_at else [])])


def edits_of(session: Session, translation: Translation, *, up_to: int) -> list[Edit]:
    """Return the edits of a translation up to the revision of this number."""
    rows = session.exec(
        select(Revision.number, Revision.significance, Revision.created_at).where(
            Revision.translation_id == translation.id, col(Revision.number) <= up_to
        )
    ).all()
    return [Edit(number, Significance(said), at) for number, said, at in rows]


def keep_in_step(session: Session, translation: Translation) -> None:
    """Note that somebody finds that it says what the original says."""
    translation.in_step_at = clock.now()
    session.add(translation)


def original_of(session: Session, article: Article) -> Translation | None:
    """Return the translation the article was first written in."""
    return session.exec(
        select(Translation)
        .where(Translation.article_id == article.id)
        .order_by(col(Translation.id))
    ).first()


def outdated(session: Session) -> list[Outdated]:
    """Return every translation on show that is older than its original on show."""
    shown = session.exec(
        select(Translation, Revision.number)
        .join(Article, col(Article.id) == col(Translation.article_id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(col(Article.is_archived).is_(False), col(Translation.state) == State.PUBLISHED)
        .order_by(col(Translation.article_id), col(Translation.id))
    ).all()
    families: dict[int, list[_Shown]] = defaultdict(list)
    for translation, number in shown:
        families[translation.article_id].append(_Shown(translation, number))
    several = {key: family for key, family in families.items() if len(family) > 1}
    ids = [one.translation.id or 0 for family in several.values() for one in family]
    edits = _edits(session, ids)
    return [
        Outdated(key, other.translation.id or 0, old)
        for key, (original, *others) in several.items()
        for other in others
        if (old := since(original.of(edits), than=told_at(other.translation, other.of(edits))))
    ]


@dataclass(frozen=True)
class _Shown:
    """A translation, and the number of its revision on show."""

    translation: Translation
    number: int

    def of(self, edits: Mapping[int, Sequence[Edit]]) -> list[Edit]:
        return [edit for edit in edits[self.translation.id or 0] if edit.number <= self.number]


def _is_typo(edit: Edit) -> bool:
    return edit.significance is Significance.TYPO


def _edits(session: Session, translation_ids: Sequence[int]) -> dict[int, list[Edit]]:
    found: dict[int, list[Edit]] = defaultdict(list)
    for start in range(0, len(translation_ids), 500):
        for key, number, significance, at in session.exec(
            select(
                Revision.translation_id,
                Revision.number,
                Revision.significance,
                Revision.created_at,
            ).where(col(Revision.translation_id).in_(translation_ids[start : start + 500]))
        ):
            found[key].append(Edit(number, Significance(significance), at))
    return found
