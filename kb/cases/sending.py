"""Replies that are on their way: held back for some seconds, in which their author can undo them.

When the time is over they are sent, without anybody doing anything: nothing can be forgotten.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from kb import clock
from kb.cases import actions, ended, queries
from kb.cases.models import Case, CaseState, Message
from kb.db import stored_id
from kb.errors import AlreadySent

HELD = timedelta(seconds=10)


def take_turn(session: Session, case: Case) -> None:
    """Let whoever else answers in this case wait until the transaction ends.

    What is read after this is what they have said; read before, two would miss each other.
    """
    session.flush()
    session.connection().execute(
        update(Case).where(col(Case.id) == case.id).values(state=col(Case.state))
    )


def held(session: Session, case: Case, person_id: int | None) -> Message | None:
    """Return the reply of this person that can be taken back."""
    return session.exec(
        select(Message)
        .where(Message.case_id == case.id, col(Message.author_id) == person_id)
        .where(col(Message.visible_from) > clock.now())
        .order_by(col(Message.id).desc())
    ).first()


def withdraw(session: Session, case: Case, message: Message) -> None:
    """Take the reply out of the case, which then stands where it stood; the caller has its text.

    Raises:
        AlreadySent: its time is over.
    """
    done = session.exec(
        delete(Message).where(
            col(Message.id) == message.id, col(Message.visible_from) > clock.now()
        )
    )
    if not done.rowcount:
        raise AlreadySent
    session.expunge(message)
    case.state = message.state_before or case.state
    said = queries.messages(session, stored_id(case.id), for_customer=True)
    case.updated_at = max((one.written_at for one in said), default=case.updated_at)
    session.add(case)
    ended.note(session, case)
    actions.noted(session, case)


def states_shown(session: Session, cases: Collection[Case]) -> dict[int, CaseState]:
    """Return where cases stand for their customers: a reply held back has changed nothing."""
    shown = {stored_id(case.id): case.state for case in cases}
    rows = session.exec(
        select(Message.case_id, Message.state_before)
        .where(col(Message.case_id).in_(shown), col(Message.visible_from) > clock.now())
        .order_by(col(Message.id).desc())
    ).all()
    return shown | {case_id: CaseState(state) for case_id, state in rows if state is not None}


def sent_between(session: Session, after: datetime, until: datetime) -> set[int]:
    """Return the cases in which a reply that was held back has come to be seen."""
    moment = col(Message.visible_from)
    return set(session.exec(select(Message.case_id).where(moment > after, moment <= until)).all())
