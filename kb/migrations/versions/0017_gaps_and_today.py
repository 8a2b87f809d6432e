"""gaps and what speaks for them, what was decided about tasks, how often articles are read"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sa.Enum("open", "planned", "answered", "not ours", name="gapstate", native_enum=False, length=32), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=True),
        sa.Column("centroid", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Enum("off topic", "one off", "a person decides", "an article says it", name="notours", native_enum=False, length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("items_then", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("opened_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_gap_article_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_gap_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("public_id", name=op.f("uq_gap_public_id"))
    )
    op.create_index(op.f("ix_gap_state"), "gap", ["state"])
    op.create_index(op.f("ix_gap_article_id"), "gap", ["article_id"])
    op.create_table(
        "gap_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("question", "case", name="evidence", native_enum=False, length=32), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why", sa.Enum("unanswered", "unhelpful", "no article fits", "no article linked", name="why", native_enum=False, length=32), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("happened_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_gap_item_gap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_item")),
        sa.UniqueConstraint("kind", "ref_id", name=op.f("uq_gap_item_kind_ref_id"))
    )
    op.create_index(op.f("ix_gap_item_gap_id"), "gap_item", ["gap_id"])
    op.create_index(op.f("ix_gap_item_happened_at"), "gap_item", ["happened_at"])
    op.create_table(
        "task_mark",
        sa.Column("kind", sa.Enum("gap", "waiting", "correction", "tip", "flag", "step", "stale", "unverified", "untranslated", "outdated", "duplicate", "contradiction", "link", "failing", name="taskkind", native_enum=False, length=32), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("rests_until", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("dismissed", sa.Enum("not worth it", "not true", "not ours", "done elsewhere", name="dismissal", native_enum=False, length=32), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_task_mark_assignee_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_task_mark_decided_by")),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_task_mark"))
    )
    op.create_table(
        "article_seen",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_article_seen_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "day", name=op.f("pk_article_seen"))
    )


def downgrade() -> None:
    op.drop_table("article_seen")
    op.drop_table("task_mark")
    op.drop_table("gap_item")
    op.drop_table("gap")
