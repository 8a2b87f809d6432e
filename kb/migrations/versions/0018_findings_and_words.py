"""findings: passages that say the same or disagree, and what was compared"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sa.Enum("contradiction", "translation", "duplicate", name="findingkind", native_enum=False, length=32), nullable=False),
        sa.Column("matter", sa.Enum("nothing", "number", "date", "duration", "time", "price", "limit", "label", "yes or no", name="matter", native_enum=False, length=32), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rules", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("left_article_id", sa.Integer(), nullable=False),
        sa.Column("left_revision_id", sa.Integer(), nullable=False),
        sa.Column("left_section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("left_anchor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("left_passage", sa.Text(), nullable=False),
        sa.Column("left_statement", sa.Text(), nullable=False),
        sa.Column("left_marks", sa.JSON(), nullable=False),
        sa.Column("right_article_id", sa.Integer(), nullable=False),
        sa.Column("right_revision_id", sa.Integer(), nullable=False),
        sa.Column("right_section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("right_anchor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("right_passage", sa.Text(), nullable=False),
        sa.Column("right_statement", sa.Text(), nullable=False),
        sa.Column("right_marks", sa.JSON(), nullable=False),
        sa.Column("state", sa.Enum("open", "resolved", "dismissed", name="findingstate", native_enum=False, length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("found_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_finding_decided_by")),
        sa.ForeignKeyConstraint(["left_article_id"], ["article.id"], name=op.f("fk_finding_left_article_id")),
        sa.ForeignKeyConstraint(["left_revision_id"], ["revision.id"], name=op.f("fk_finding_left_revision_id")),
        sa.ForeignKeyConstraint(["right_article_id"], ["article.id"], name=op.f("fk_finding_right_article_id")),
        sa.ForeignKeyConstraint(["right_revision_id"], ["revision.id"], name=op.f("fk_finding_right_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("key", name=op.f("uq_finding_key"))
    )
    for column in ("kind", "left_article_id", "left_revision_id", "right_article_id", "right_revision_id", "state"):
        op.create_index(op.f(f"ix_finding_{column}"), "finding", [column])
    op.create_table(
        "finding_look",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("rules", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("looked_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_finding_look_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_finding_look"))
    )


def downgrade() -> None:
    op.drop_table("finding_look")
    op.drop_table("finding")
