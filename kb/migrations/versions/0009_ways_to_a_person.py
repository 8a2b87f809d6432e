"""ways to a person"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WAYS = ("message", "callback", "call", "video", "appointment")
STATES = ("agreed", "cancelled", "done", "missed")


def upgrade() -> None:
    ways = sa.Enum(*WAYS, name="way", native_enum=False, length=32)
    states = sa.Enum(*STATES, name="meetingstate", native_enum=False, length=32)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("way", ways, nullable=False),
        sa.Column("starts_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("created_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_meeting_case_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_meeting_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meeting_public_id")),
    )
    op.create_index(op.f("ix_meeting_case_id"), "meeting", ["case_id"])
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"])
    op.create_index(op.f("ix_meeting_state"), "meeting", ["state"])
    op.create_table(
        "meeting_place",
        sa.Column("way", ways, nullable=False),
        sa.Column("starts_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("holder", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("way", "starts_at", "number", name=op.f("pk_meeting_place")),
    )
    op.create_index(op.f("ix_meeting_place_holder"), "meeting_place", ["holder"])


def downgrade() -> None:
    op.drop_table("meeting_place")
    op.drop_table("meeting")
