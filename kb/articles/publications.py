"""When which revision was on show. Whoever puts one there, or takes it away, notes it here."""

from sqlmodel import Session, col, select, update

from kb import clock
from kb.articles.life import Publication


def began(session: Session, *, translation_id: int, revision_id: int) -> None:
    """Note that this revision is on show from now on; the one before it is not any more."""
    showing = session.exec(
        select(Publication).where(
            Publication.translation_id == translation_id, col(Publication.ended_at).is_(None)
        )
    ).first()
    if showing is not None and showing.revision_id == revision_id:
        return
    if showing is not None:
        ended(session, translation_id=translation_id)
    session.add(Publication(translation_id=translation_id, revision_id=revision_id))


def ended(session: Session, *, translation_id: int) -> None:
    """Note that the translation is off show."""
    session.exec(
        update(Publication)
        .where(col(Publication.translation_id) == translation_id)
        .where(col(Publication.ended_at).is_(None))
        .values(ended_at=clock.now())
    )
