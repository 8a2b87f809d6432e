"""wishes to be told, follow-up questions, and how asking ended"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_wish_article_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_wish_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("question_id", "email", name=op.f("uq_wish_question_id_email")),
    )
    op.create_index(op.f("ix_wish_question_id"), "wish", ["question_id"])
    op.create_index(op.f("ix_wish_email"), "wish", ["email"])
    op.add_column("question", sa.Column("said", sa.Text(), nullable=True))
    op.add_column(
        "question", sa.Column("follows", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "question", sa.Column("wording", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "question",
        sa.Column(
            "outcome",
            sa.Enum(
                "solved alone",
                "not solved yet",
                "handed over",
                name="questionoutcome",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
    )


def downgrade() -> None:
    for name in ("outcome", "wording", "follows", "said"):
        op.drop_column("question", name)
    op.drop_table("wish")
