"""what the list of cases is found by"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_customer_case_list",
        "customer_case",
        ["state", "assignee_id", "mood", "urgency", "priority", "updated_at"],
    )


def downgrade() -> None:
    op.drop_index("ix_customer_case_list", table_name="customer_case")
