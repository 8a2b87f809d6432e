"""the customer's case page: files of messages, ratings, cases that follow another, notes by subject"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("attached_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_attachment_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_attachment_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint(
            "message_id", "number", name=op.f("uq_attachment_message_id_number")
        ),
    )
    op.create_index(op.f("ix_attachment_case_id"), "attachment", ["case_id"])
    op.create_table(
        "attachment_content",
        sa.Column("attachment_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attachment_content_attachment_id")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "case_rating",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rated_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_case_rating_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_rating")),
    )
    op.create_table(
        "case_sequel",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_case_sequel_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["customer_case.id"], name=op.f("fk_case_sequel_earlier_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_sequel")),
    )
    op.create_index(op.f("ix_case_sequel_earlier_id"), "case_sequel", ["earlier_id"])
    op.create_index("ix_outbox_note_by_subject", "outbox_note", ["subject", "id"])


def downgrade() -> None:
    op.drop_index("ix_outbox_note_by_subject", "outbox_note")
    op.drop_table("case_sequel")
    op.drop_table("case_rating")
    op.drop_table("attachment_content")
    op.drop_table("attachment")
