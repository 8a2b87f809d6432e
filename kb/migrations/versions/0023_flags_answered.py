"""what editors say to agents who flagged an article"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article_flag") as batch:
        batch.add_column(sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column("settled_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_article_flag_settled_by"), "person", ["settled_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("article_flag") as batch:
        batch.drop_constraint(op.f("fk_article_flag_settled_by"), type_="foreignkey")
        batch.drop_column("settled_by")
        batch.drop_column("answer")
