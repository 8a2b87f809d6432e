"""What is planned for a time: a revision goes on show, or a translation leaves it.

Each plan is carried out in one transaction that first claims it: of several processes one does
it, a kill in the middle leaves it undone, and what is done is never done again.
"""

from collections.abc import Sequence
from datetime import datetime
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select, update

from kb import clock
from kb.articles import actions
from kb.articles.life import Deed, Scheduled
from kb.articles.models import Article, Revision, State, Translation
from kb.db import stored_id, transaction
from kb.errors import InvalidInput

log = structlog.get_logger()

PAUSE = 20.0
"""Seconds between two looks: what is due is done within a minute."""


def plan(
    session: Session,
    translation: Translation,
    *,
    due_at: datetime,
    revision: Revision | None = None,
    by_id: int | None,
) -> Scheduled:
    """Plan that this revision goes on show; without one, that the translation leaves it.

    A plan of the same kind that there was is given up.

    Raises:
        InvalidInput: the time is over.
    """
    if due_at <= clock.now():
        raise InvalidInput(field="due")
    deed = Deed.PUBLISH if revision is not None else Deed.UNPUBLISH
    for before in planned(session, translation):
        if before.deed is deed:
            cancel(session, before)
    added = Scheduled(
        translation_id=stored_id(translation.id),
        deed=deed,
        revision_id=revision.id if revision is not None else None,
        due_at=due_at,
        planned_by=by_id,
    )
    session.add(added)
    session.flush()
    return added


def cancel(session: Session, scheduled: Scheduled) -> None:
    """Give a plan up; what is done already stays done."""
    session.exec(
        update(Scheduled)
        .where(col(Scheduled.id) == scheduled.id, col(Scheduled.done_at).is_(None))
        .values(cancelled_at=clock.now())
    )


def planned(session: Session, translation: Translation) -> Sequence[Scheduled]:
    """Return what is still to come for a translation, the soonest first."""
    return session.exec(
        select(Scheduled)
        .where(Scheduled.translation_id == translation.id)
        .where(col(Scheduled.done_at).is_(None), col(Scheduled.cancelled_at).is_(None))
        .order_by(col(Scheduled.due_at))
    ).all()


def due(session: Session) -> Sequence[int]:
    """Return the ids of the plans whose time has come, in the order of their times."""
    found = session.exec(
        select(Scheduled.id)
        .where(col(Scheduled.done_at).is_(None), col(Scheduled.cancelled_at).is_(None))
        .where(col(Scheduled.due_at) <= clock.now())
        .order_by(col(Scheduled.due_at), col(Scheduled.id))
    ).all()
    return [stored_id(each) for each in found]


def carry_out_due(engine: Engine) -> int:
    """Do everything whose time has come; return how much was done by this process."""
    with Session(engine) as session:
        ids = due(session)
    done = 0
    for plan_id in ids:
        with transaction(engine) as session:
            done += carry_out(session, plan_id)
    return done


def carry_out(session: Session, plan_id: int) -> bool:
    """Do what was planned, unless somebody else has, and say whether this was the one."""
    claimed = session.exec(
        update(Scheduled)
        .where(col(Scheduled.id) == plan_id)
        .where(col(Scheduled.done_at).is_(None), col(Scheduled.cancelled_at).is_(None))
        .values(done_at=clock.now())
    )
    if claimed.rowcount != 1:
        return False
    found = session.get_one(Scheduled, plan_id)
    translation = session.get_one(Translation, found.translation_id)
    article = session.get_one(Article, translation.article_id)
    if found.deed is Deed.UNPUBLISH:
        actions.unpublish(session, article, locale=translation.locale)
        return True
    revision = session.get_one(Revision, found.revision_id)
    if not _is_overtaken(session, translation, revision):
        actions.publish(session, article, revision)
    return True


def carry_out_until(stop: Event, engine: Engine, *, pause: float = PAUSE) -> None:
    """Do what is due, again and again, until told to stop; what fails is tried the next time."""
    while not stop.wait(pause):
        try:
            done = carry_out_due(engine)
        except SQLAlchemyError as error:
            log.warning("plans_wait", kind=type(error).__name__)
            continue
        if done:
            log.info("plans_carried_out", plans=done)


def _is_overtaken(session: Session, translation: Translation, revision: Revision) -> bool:
    """Say whether something newer is on show already, which nobody wants to lose."""
    if translation.state is not State.PUBLISHED or translation.published_id is None:
        return False
    return session.get_one(Revision, translation.published_id).number > revision.number
