"""Tables of files. What describes a file stands apart from its bytes, so that lists stay light."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class FileKind(StrEnum):
    """What may be attached, by its content; nothing in it is ever run by a browser."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    GIF = "image/gif"
    HEIC = "image/heic"
    PDF = "application/pdf"
    TEXT = "text/plain"


class Attachment(SQLModel, table=True):
    """A file of a message. Its id is unguessable, and still no right: the case gives that."""

    __table_args__ = (UniqueConstraint("message_id", "number"),)

    id: str = Field(default_factory=lambda: secrets.token_urlsafe(24), primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    message_id: int = Field(foreign_key="message.id")
    number: int
    """Its place among the files of the message."""
    name: str
    """A name to show and to save under; the bytes are not found by it."""
    kind: FileKind = Field(sa_column=enum_column(FileKind))
    size: int
    attached_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class AttachmentContent(SQLModel, table=True):
    """The bytes of a file."""

    __tablename__ = "attachment_content"

    attachment_id: str = Field(foreign_key="attachment.id", primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
