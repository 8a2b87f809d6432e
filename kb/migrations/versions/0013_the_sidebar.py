"""the sidebar: what agents say of articles, notes on customers, suggestions pinned and used"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suggestion") as batch:
        batch.add_column(sa.Column("pinned_at", kb.db.UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "article_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Enum("wrong", "outdated", "unclear", name="fault", native_enum=False, length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_article_flag_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_article_flag_case_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_article_flag_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_flag")),
        sa.UniqueConstraint("case_id", "revision_id", "by_id", name=op.f("uq_article_flag_case_id_revision_id_by_id"))
    )
    op.create_index(op.f("ix_article_flag_case_id"), "article_flag", ["case_id"])
    op.create_index(op.f("ix_article_flag_revision_id"), "article_flag", ["revision_id"])
    op.create_table(
        "article_lack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_article_lack_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_article_lack_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_lack")),
        sa.UniqueConstraint("case_id", name=op.f("uq_article_lack_case_id"))
    )
    op.create_table(
        "customer_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_customer_note_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_customer_note_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_note"))
    )
    op.create_index(op.f("ix_customer_note_person_id"), "customer_note", ["person_id"])
    op.create_table(
        "suggestion_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=True),
        sa.Column("made_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_suggestion_use_by_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_use_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_use"))
    )
    op.create_index(op.f("ix_suggestion_use_by_id"), "suggestion_use", ["by_id"])
    op.create_index(op.f("ix_suggestion_use_suggestion_id"), "suggestion_use", ["suggestion_id"])


def downgrade() -> None:
    op.drop_table("suggestion_use")
    op.drop_table("customer_note")
    op.drop_table("article_lack")
    op.drop_table("article_flag")
    with op.batch_alter_table("suggestion") as batch:
        batch.drop_column("pinned_at")
