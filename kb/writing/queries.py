"""What can be read of texts being written: always one's own."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from kb.writing.models import DismissedHint, WorkingCopy


def own(
    session: Session, *, article_id: int, locale: str, person_id: int
) -> Sequence[WorkingCopy]:
    """Return what this person is writing about this translation, the latest first."""
    return session.exec(
        select(WorkingCopy)
        .where(
            WorkingCopy.article_id == article_id,
            WorkingCopy.locale == locale,
            WorkingCopy.person_id == person_id,
        )
        .order_by(col(WorkingCopy.kept_at).desc(), col(WorkingCopy.id).desc())
    ).all()


def writers(session: Session, *, article_id: int, locale: str) -> set[int]:
    """Return who is writing about this translation."""
    found = session.exec(
        select(WorkingCopy.person_id).where(
            WorkingCopy.article_id == article_id, WorkingCopy.locale == locale
        )
    )
    return set(found.all())


def dismissed(session: Session, *, article_id: int, locale: str) -> set[str]:
    """Return the keys of the hints nobody wants to see again."""
    found = session.exec(
        select(DismissedHint.key).where(
            DismissedHint.article_id == article_id, DismissedHint.locale == locale
        )
    )
    return set(found.all())
