"""What can be done with files. Actions never commit: the caller's transaction does."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from kb.attachments.models import Attachment, AttachmentContent
from kb.attachments.policy import Accepted
from kb.cases.models import Message
from kb.db import stored_id


def attach(session: Session, message: Message, files: Sequence[Accepted]) -> None:
    """Add files to a message just said; one that has files gets no more, so twice is once."""
    message_id = stored_id(message.id)
    if session.exec(select(Attachment.id).where(Attachment.message_id == message_id)).first():
        return
    for number, file in enumerate(files, start=1):
        kept = Attachment(
            case_id=message.case_id,
            message_id=message_id,
            number=number,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
        )
        session.add(kept)
        session.flush()
        session.add(AttachmentContent(attachment_id=kept.id, content=file.content))
    session.flush()


def detach(session: Session, message: Message) -> int:
    """Erase the files of a message that is taken back; return how many there were."""
    rows = select(Attachment.id).where(Attachment.message_id == message.id)
    ids = session.exec(rows).all()
    content = delete(AttachmentContent)
    session.exec(content.where(col(AttachmentContent.attachment_id).in_(ids)))
    session.exec(delete(Attachment).where(col(Attachment.id).in_(ids)))
    return len(ids)
