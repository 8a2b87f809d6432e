"""corrections and tips"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "fault",
            sa.Enum(
                "wrong", "outdated", "missing", "unclear", "other",
                name="fault", native_enum=False, length=32,
            ),
            nullable=False,
        ),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received", "accepted", "declined", "answered",
                name="correctionstate", native_enum=False, length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("received_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_correction_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_correction_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("key", name=op.f("uq_correction_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_correction_public_id")),
    )
    op.create_index(op.f("ix_correction_received_at"), "correction", ["received_at"])
    op.create_index(op.f("ix_correction_revision_id"), "correction", ["revision_id"])
    op.create_index(op.f("ix_correction_state"), "correction", ["state"])
    op.create_table(
        "tip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received", "published", "declined",
                name="tipstate", native_enum=False, length=32,
            ),
            nullable=False,
        ),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("given_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_tip_decided_by")),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_tip_feedback_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_tip_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
        sa.UniqueConstraint("feedback_id", name=op.f("uq_tip_feedback_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tip_public_id")),
    )
    op.create_index(op.f("ix_tip_given_at"), "tip", ["given_at"])
    op.create_index(op.f("ix_tip_revision_id"), "tip", ["revision_id"])
    op.create_index(op.f("ix_tip_state"), "tip", ["state"])


def downgrade() -> None:
    op.drop_table("tip")
    op.drop_table("correction")
