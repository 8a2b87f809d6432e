"""Tables of people and their sign-ins."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from kb import clock
from kb.access import Role, Viewer
from kb.db import UtcDateTime, enum_column


class Person(SQLModel, table=True):
    """Somebody we know. Staff has a login and a password; customers have neither."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str = Field(default="", index=True)
    login: str | None = Field(default=None, unique=True)
    role: Role = Field(sa_column=enum_column(Role))
    password_hash: str = ""
    locale: str = "de"
    is_active: bool = True
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)

    @property
    def viewer(self) -> Viewer:
        return Viewer(role=self.role, person_id=self.id)


class SignIn(SQLModel, table=True):
    """One sign-in on one device. The token's sha256 is stored, never the token."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    email: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The address whose owner signed in by a link; empty for who signed in by a password."""
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
