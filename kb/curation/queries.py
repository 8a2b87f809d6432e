"""What can be read about corrections and tips."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, tuple_
from sqlmodel import Session, col, func, select

from kb import clock
from kb.access import Viewer
from kb.articles.models import Article, Revision, Translation
from kb.articles.queries import readable_clause
from kb.curation.models import Correction, CorrectionState, Tip, TipState
from kb.links.models import Link, Purpose

_BEYOND = 2**31
"""No row has a number as large as this."""


@dataclass(frozen=True)
class About:
    """A correction or a tip's article: the revision that was read, and where it belongs."""

    article: Article
    translation: Translation
    revision: Revision


@dataclass(frozen=True)
class Reported:
    """A correction, and what it is about."""

    correction: Correction
    about: About


@dataclass(frozen=True)
class Given:
    """A tip, and what it is about."""

    tip: Tip
    about: About


def history_clause() -> ColumnElement[bool]:
    """Return the SQL form of `policy.is_in_history`."""
    return and_(col(Correction.state) == CorrectionState.ACCEPTED, col(Correction.summary) != "")


def shown_clause() -> ColumnElement[bool]:
    """Return the SQL form of `policy.is_shown`."""
    return and_(col(Tip.state) == TipState.PUBLISHED, col(Tip.shown) != "")


def by_private_link(session: Session, public_id: str) -> Correction | None:
    return session.exec(select(Correction).where(Correction.public_id == public_id)).first()


def by_key(session: Session, key: str) -> Correction | None:
    return session.exec(select(Correction).where(Correction.key == key)).first()


def awaits_confirmation(session: Session, correction: Correction) -> bool:
    """Say whether an address was given that nobody has confirmed yet."""
    found = session.exec(
        select(Link.id).where(
            Link.purpose == Purpose.CORRECTION,
            Link.subject_id == correction.id,
            col(Link.redeemed_at).is_(None),
            col(Link.revoked_at).is_(None),
            col(Link.expires_at) > clock.now(),
        )
    ).first()
    return found is not None and correction.state is CorrectionState.RECEIVED


def correction(session: Session, number: int) -> Reported | None:
    """Return one correction, and let nobody else decide on it meanwhile."""
    found = session.get(Correction, number, with_for_update=True) if number < _BEYOND else None
    about = _about(session, found.revision_id) if found is not None else None
    return Reported(found, about) if found is not None and about is not None else None


def tip(session: Session, number: int) -> Given | None:
    """Return one tip, and let nobody else decide on it meanwhile."""
    found = session.get(Tip, number, with_for_update=True) if number < _BEYOND else None
    about = _about(session, found.revision_id) if found is not None else None
    return Given(found, about) if found is not None and about is not None else None


def tip_of(session: Session, feedback_id: int) -> Tip | None:
    return session.exec(select(Tip).where(Tip.feedback_id == feedback_id)).first()


def corrections(
    session: Session, state: CorrectionState, *, limit: int, offset: int = 0
) -> list[Reported]:
    """Return corrections of a state: who waits longest first; what is decided, newest first."""
    waits = state is CorrectionState.RECEIVED
    order = col(Correction.received_at) if waits else col(Correction.decided_at).desc()
    rows = session.exec(
        select(Correction, Article, Translation, Revision)
        .join(Revision, col(Revision.id) == col(Correction.revision_id))
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(Correction.state == state)
        .order_by(order, col(Correction.id))
        .limit(limit)
        .offset(offset)
    ).all()
    return [Reported(each, About(a, t, r)) for each, a, t, r in rows]


def tips(session: Session, state: TipState, *, limit: int, offset: int = 0) -> list[Given]:
    """Return tips of a state, in the same order as corrections."""
    waits = state is TipState.RECEIVED
    order = col(Tip.given_at) if waits else col(Tip.decided_at).desc()
    rows = session.exec(
        select(Tip, Article, Translation, Revision)
        .join(Revision, col(Revision.id) == col(Tip.revision_id))
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(Tip.state == state)
        .order_by(order, col(Tip.id))
        .limit(limit)
        .offset(offset)
    ).all()
    return [Given(each, About(a, t, r)) for each, a, t, r in rows]


def around(session: Session, given: Correction) -> tuple[int | None, int | None]:
    """Return the numbers of the waiting corrections before and after this one, if there are."""
    waits = select(Correction.id).where(Correction.state == CorrectionState.RECEIVED)
    place = tuple_(col(Correction.received_at), col(Correction.id))
    here = tuple_(given.received_at, given.id)
    order = (col(Correction.received_at), col(Correction.id))
    before = session.exec(
        waits.where(place < here).order_by(*(each.desc() for each in order)).limit(1)
    ).first()
    return before, session.exec(waits.where(place > here).order_by(*order).limit(1)).first()


def counts(session: Session) -> dict[CorrectionState, int]:
    """Return how many corrections are in each state."""
    counted = session.exec(
        select(Correction.state, func.count(col(Correction.id))).group_by(col(Correction.state))
    ).all()
    return dict.fromkeys(CorrectionState, 0) | {
        CorrectionState(state): count for state, count in counted
    }


def tip_counts(session: Session) -> dict[TipState, int]:
    """Return how many tips are in each state."""
    counted = session.exec(
        select(Tip.state, func.count(col(Tip.id))).group_by(col(Tip.state))
    ).all()
    return dict.fromkeys(TipState, 0) | {TipState(state): count for state, count in counted}


def history(session: Session, translation_id: int) -> Sequence[Correction]:
    """Return what corrections of this translation led to, newest first."""
    return session.exec(
        select(Correction)
        .join(Revision, col(Revision.id) == col(Correction.revision_id))
        .where(history_clause(), Revision.translation_id == translation_id)
        .order_by(col(Correction.decided_at).desc())
    ).all()


def shown_tips(session: Session, translation_id: int) -> Sequence[Tip]:
    """Return the tips of this translation that readers may see, newest first."""
    return session.exec(
        select(Tip)
        .join(Revision, col(Revision.id) == col(Tip.revision_id))
        .where(shown_clause(), Revision.translation_id == translation_id)
        .order_by(col(Tip.decided_at).desc())
    ).all()


def current_body(session: Session, translation: Translation) -> str:
    """Return the Markdown on show now, to see whether a passage still stands there."""
    if translation.published_id is None:
        return ""
    found = session.get(Revision, translation.published_id)
    return found.body if found is not None else ""


def about(session: Session, viewer: Viewer, revision_id: int) -> About | None:
    """Return what a revision belongs to, while this viewer may read the article."""
    return _about(session, revision_id, readable_clause(viewer))


def _about(session: Session, revision_id: int, *clauses: ColumnElement[bool]) -> About | None:
    row = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.translation_id) == col(Translation.id))
        .where(Revision.id == revision_id, *clauses)
    ).first()
    return About(*row) if row is not None else None
