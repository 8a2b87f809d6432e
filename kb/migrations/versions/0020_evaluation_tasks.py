"""which task a run measured"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TASKS = ("search", "answer", "abstain", "ground", "redact", "inject", "parity", "assist", "coach")


def upgrade() -> None:
    task = sa.Enum(*_TASKS, name="task", native_enum=False, length=32)
    op.add_column("eval_run", sa.Column("task", task, server_default=sa.text("'search'"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("eval_run") as batch:
        batch.drop_column("task")
