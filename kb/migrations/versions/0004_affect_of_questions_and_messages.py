"""affect of questions, messages and cases; what agents say against it"""

import sqlalchemy as sa
from alembic import op

import kb.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("question", "message", "customer_case")


def _mood():
    return sa.Enum("calm", "frustrated", "distressed", name="mood", native_enum=False, length=32)


def _urgency():
    return sa.Enum("normal", "urgent", name="urgency", native_enum=False, length=32)


def upgrade() -> None:
    # not by making the tables anew: others point at their rows
    for table in TABLES:
        op.add_column(table, sa.Column("mood", _mood(), nullable=True))
        op.add_column(table, sa.Column("urgency", _urgency(), nullable=True))
        op.add_column(table, sa.Column("affect_reasons", sa.JSON(), nullable=True))
    op.create_table(
        "mood_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("mood_before", _mood(), nullable=True),
        sa.Column("urgency_before", _urgency(), nullable=True),
        sa.Column("mood", _mood(), nullable=False),
        sa.Column("urgency", _urgency(), nullable=False),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        sa.Column("corrected_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_mood_correction_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_mood_correction_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by"], ["person.id"], name=op.f("fk_mood_correction_corrected_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mood_correction")),
    )
    op.create_index(op.f("ix_mood_correction_case_id"), "mood_correction", ["case_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mood_correction_case_id"), table_name="mood_correction")
    op.drop_table("mood_correction")
    for table in reversed(TABLES):
        op.drop_column(table, "affect_reasons")
        op.drop_column(table, "urgency")
        op.drop_column(table, "mood")
