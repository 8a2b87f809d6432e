"""Who is looking, and what kind of thing they may see at all."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """For whom an article is meant. The default of everything new is STAFF, the narrower one."""

    PUBLIC = "public"
    STAFF = "staff"


class Role(StrEnum):
    """What a person may do; each role may do what the one before it may."""

    CUSTOMER = "customer"
    AGENT = "agent"
    EDITOR = "editor"
    ADMIN = "admin"


STAFF_ROLES = frozenset({Role.AGENT, Role.EDITOR, Role.ADMIN})
EDITOR_ROLES = frozenset({Role.EDITOR, Role.ADMIN})


@dataclass(frozen=True)
class Viewer:
    """The person behind a request, or nobody in particular."""

    role: Role = Role.CUSTOMER
    person_id: int | None = None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_editor(self) -> bool:
        return self.role in EDITOR_ROLES

    @property
    def audiences(self) -> tuple[Audience, ...]:
        return (Audience.PUBLIC, Audience.STAFF) if self.is_staff else (Audience.PUBLIC,)


ANYONE = Viewer()
"""A visitor who has not signed in. The default viewer wherever one is needed."""
