"""outcomes and independence"""

import sqlalchemy as sa
from alembic import op

import kb.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_ending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Enum("solved alone", "solved coached", "solved by agent", "handed over", "gave up", "unknown", name="outcome", native_enum=False, length=32), nullable=False),
        sa.Column("ended_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_case_ending_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_ending"))
    )
    op.create_index(op.f("ix_case_ending_case_id"), "case_ending", ["case_id"])
    # cases that ended before endings were noted, as far as they stand so now
    op.execute(
        "INSERT INTO case_ending (case_id, outcome, ended_at) "
        "SELECT id, outcome, COALESCE(solved_at, updated_at) FROM customer_case "
        "WHERE state IN ('solved', 'closed') ORDER BY id"
    )


def downgrade() -> None:
    op.drop_table("case_ending")
