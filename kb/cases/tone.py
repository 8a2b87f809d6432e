"""How a customer's words sound: kept by message, summed up on the case, corrected by agents.

A case sounds like the worst that its customer wrote since the last answer. What an agent has said
against the estimate holds: later messages may raise it, and never lower it.
"""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from kb.access import Role
from kb.affect import Affect, Mood, Reason, Urgency
from kb.cases import policy, queries
from kb.cases.models import Case, Message, MoodCorrection
from kb.db import stored_id

_SAME = (Mood.CALM, Urgency.NORMAL)


def unheard(session: Session, *, limit: int = 50) -> Sequence[Message]:
    """Return customers' messages in unfinished cases that nobody has listened to yet."""
    return session.exec(
        select(Message)
        .join(Case, col(Case.id) == col(Message.case_id))
        .where(
            col(Message.mood).is_(None),
            Message.author_role == Role.CUSTOMER,
            col(Case.state).in_(policy.UNFINISHED),
        )
        .order_by(col(Message.id).desc())
        .limit(limit)
    ).all()


def note_unheard(session: Session, message_id: int, affect: Affect) -> None:
    """Keep how a message sounds, unless it is gone or another process was faster."""
    message = session.get(Message, message_id)
    if message is not None and message.mood is None:
        note(session, message, affect)


def note(session: Session, message: Message, affect: Affect) -> None:
    """Keep how a message sounds, and what that makes of its case."""
    message.mood, message.urgency = affect.mood, affect.urgency
    message.affect_reasons = list(affect.reasons)
    session.add(message)
    session.flush()
    case = session.get_one(Case, message.case_id)
    heard = _heard(session, case)
    case.mood, case.urgency = heard.mood, heard.urgency
    case.affect_reasons = list(heard.reasons)
    session.add(case)


def correct(
    session: Session, case: Case, *, mood: Mood, urgency: Urgency, by: int | None
) -> MoodCorrection:
    """Say how the customer really fares. What was estimated is kept beside it."""
    last = session.exec(
        select(Message.id)
        .where(Message.case_id == case.id, Message.author_role == Role.CUSTOMER)
        .order_by(col(Message.id).desc())
    ).first()
    made = MoodCorrection(
        case_id=stored_id(case.id),
        message_id=last,
        mood_before=case.mood,
        urgency_before=case.urgency,
        mood=mood,
        urgency=urgency,
        corrected_by=by,
    )
    session.add(made)
    case.mood, case.urgency, case.affect_reasons = mood, urgency, []
    session.add(case)
    session.flush()
    return made


def correction(session: Session, case: Case) -> MoodCorrection | None:
    """Return what an agent said last, if one did."""
    return session.exec(
        select(MoodCorrection)
        .where(MoodCorrection.case_id == case.id)
        .order_by(col(MoodCorrection.id).desc())
    ).first()


def worst(found: Iterable[Affect]) -> Affect:
    """Return the worst of several, with the reasons of those that sound so."""
    all_ = list(found)
    mood = max((one.mood for one in all_), key=list(Mood).index, default=Mood.CALM)
    urgency = max((one.urgency for one in all_), key=list(Urgency).index, default=Urgency.NORMAL)
    telling = [
        reason
        for one in all_
        if (one.mood is mood or one.urgency is urgency) and (one.mood, one.urgency) != _SAME
        for reason in one.reasons
    ]
    named = [reason for reason in telling if reason != Reason.TONE]
    return Affect(mood, urgency, tuple(dict.fromkeys(named or telling)))


def _heard(session: Session, case: Case) -> Affect:
    said = queries.messages(session, stored_id(case.id), for_customer=True)
    answered = [at for at, one in enumerate(said) if one.author_role is not Role.CUSTOMER]
    turn = said[answered[-1] + 1 :] if answered and answered[-1] + 1 < len(said) else said
    told = correction(session, case)
    if told is None:
        return worst(map(_affect, turn))
    later = [one for one in turn if stored_id(one.id) > (told.message_id or 0)]
    return worst([Affect(told.mood, told.urgency), *map(_affect, later)])


def _affect(message: Message) -> Affect:
    if message.author_role is not Role.CUSTOMER or message.mood is None:
        return Affect()
    return Affect(
        message.mood, message.urgency or Urgency.NORMAL, tuple(message.affect_reasons or ())
    )
