"""The table of private links, and what they are for."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from kb import clock
from kb.db import UtcDateTime, enum_column


class Purpose(StrEnum):
    """What a link is for. It opens nothing else, whoever holds it."""

    SIGN_IN = "sign in"
    CONFIRM_CASE_MAIL = "confirm case mail"
    STOP_CASE_MAIL = "stop case mail"
    CORRECTION = "answers to a correction"
    CONFIRM_WISH = "confirm a wish to be told"
    STOP_WISH = "stop a wish to be told"


class Link(SQLModel, table=True):
    """One private link. The token's sha256 is stored, never the token."""

    __tablename__ = "private_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    purpose: Purpose = Field(sa_column=enum_column(Purpose))
    subject_id: int
    """Which case, person, wish, ... by purpose; 0 where the address is all that counts."""
    email: str = Field(default="", index=True)
    """The address it was sent to; whoever redeems it has proven to read there."""
    issued_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    redeemed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
