"""What can be read about files. A file is had by its case, never by its id alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, func, select

from kb.access import Viewer
from kb.attachments.models import Attachment, AttachmentContent
from kb.cases import policy, queries
from kb.cases.models import Message


def for_customer(session: Session, case_id: int, attachment_id: str) -> Attachment | None:
    """Return a file of this case; never one of an internal note, or of a reply held back."""
    return session.exec(
        select(Attachment)
        .join(Message, col(Message.id) == col(Attachment.message_id))
        .where(Attachment.id == attachment_id, Attachment.case_id == case_id)
        .where(Message.case_id == case_id, *queries.for_customers())
    ).first()


def for_staff(
    session: Session, viewer: Viewer, case_id: int, attachment_id: str
) -> Attachment | None:
    """Return a file of this case to somebody who may work on it."""
    if not policy.may_work_on(viewer):
        return None
    return session.exec(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.case_id == case_id)
    ).first()


def content(session: Session, attachment: Attachment) -> bytes:
    """Return the bytes of a file whose viewer has been checked."""
    return session.get_one(AttachmentContent, attachment.id).content


def of_messages(session: Session, messages: Iterable[Message]) -> Mapping[int, list[Attachment]]:
    """Return the files of messages, in order, by the message's id."""
    ids = {message.id for message in messages}
    found: dict[int, list[Attachment]] = defaultdict(list)
    rows: Sequence[Attachment] = session.exec(
        select(Attachment)
        .where(col(Attachment.message_id).in_(ids))
        .order_by(col(Attachment.message_id), col(Attachment.number))
    ).all()
    for row in rows:
        found[row.message_id].append(row)
    return found


def held(session: Session, case_id: int) -> int:
    """Return how many bytes the files of a case have, those of notes with them."""
    total = session.exec(
        select(func.sum(col(Attachment.size))).where(Attachment.case_id == case_id)
    ).one()
    return int(total or 0)
