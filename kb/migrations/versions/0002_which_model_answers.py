"""which model answers, and what is kept of the one before"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("active", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("previous", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("wanted", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_choice")),
    )
    with op.batch_alter_table("collection_state", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("coming", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("collection_state", schema=None) as batch_op:
        batch_op.drop_column("coming")
        batch_op.drop_column("kept")

    op.drop_table("model_choice")
