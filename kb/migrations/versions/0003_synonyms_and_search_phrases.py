"""synonyms, and the search phrases of a revision"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
    )
    op.create_table(
        "synonym_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_synonym_revision_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["synonym_group.id"], name=op.f("fk_synonym_revision_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_revision")),
        sa.UniqueConstraint(
            "group_id", "number", name=op.f("uq_synonym_revision_group_id_number")
        ),
    )
    # not by making the table anew: others point at its rows, and its ids must go on where they are
    op.add_column("revision", sa.Column("phrases", sa.JSON(), nullable=True))
    op.execute("UPDATE revision SET phrases = '[]'")


def downgrade() -> None:
    op.drop_column("revision", "phrases")
    op.drop_table("synonym_revision")
    op.drop_table("synonym_group")
