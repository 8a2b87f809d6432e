"""writing articles: what an edit changes, and texts that are being written"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not by making the table anew: others point at its rows
    text = sqlmodel.sql.sqltypes.AutoString
    op.add_column("revision", sa.Column("change_note", text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "revision",
        sa.Column(
            "significance",
            sa.Enum("typo", "minor", "major", name="significance", native_enum=False, length=32),
            server_default=sa.text("'minor'"),
            nullable=False,
        ),
    )
    op.create_table(
        "working_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("locale", text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tab", text(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("title", text(), nullable=False),
        sa.Column("summary", text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kept_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_working_copy_article_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_working_copy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copy")),
    )
    op.create_index(op.f("ix_working_copy_article_id"), "working_copy", ["article_id"])
    op.create_index(op.f("ix_working_copy_person_id"), "working_copy", ["person_id"])
    op.create_table(
        "dismissed_hint",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("locale", text(), nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dismissed_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_dismissed_hint_article_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dismissed_hint_person_id")),
        sa.PrimaryKeyConstraint("article_id", "locale", "key", name=op.f("pk_dismissed_hint")),
    )


def downgrade() -> None:
    op.drop_table("dismissed_hint")
    op.drop_table("working_copy")
    op.drop_column("revision", "significance")
    op.drop_column("revision", "change_note")
