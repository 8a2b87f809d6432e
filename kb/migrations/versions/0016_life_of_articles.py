"""life of articles: times on show, reviews, comments, plans, intervals to verify"""

import sqlalchemy as sa
from alembic import op

import kb.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("began_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_publication_translation_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_translation_id"), "publication", ["translation_id"])
    op.execute(
        "INSERT INTO publication (translation_id, revision_id, began_at) "
        "SELECT translation.id, revision.id, revision.created_at FROM translation "
        "JOIN revision ON revision.id = translation.published_id WHERE translation.state = 'published'"
    )
    op.create_table(
        "article_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum("open", "approved", "sent back", "withdrawn", name="reviewstate", native_enum=False, length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_article_review_translation_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_article_review_revision_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_article_review_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_article_review_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_review")),
    )
    op.create_index(op.f("ix_article_review_translation_id"), "article_review", ["translation_id"])
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("written_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("resolved_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_review_comment_translation_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_review_comment_revision_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_review_comment_author_id")),
        sa.ForeignKeyConstraint(["resolved_by"], ["person.id"], name=op.f("fk_review_comment_resolved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index(op.f("ix_review_comment_translation_id"), "review_comment", ["translation_id"])
    op.create_table(
        "scheduled_deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Enum("publish", "unpublish", name="deed", native_enum=False, length=32), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("due_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("planned_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_scheduled_deed_translation_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_scheduled_deed_revision_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["person.id"], name=op.f("fk_scheduled_deed_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_deed")),
    )
    op.create_index(op.f("ix_scheduled_deed_translation_id"), "scheduled_deed", ["translation_id"])
    op.create_index(op.f("ix_scheduled_deed_due_at"), "scheduled_deed", ["due_at"])
    op.add_column("article", sa.Column("verify_months", sa.Integer(), nullable=True))
    op.add_column("translation", sa.Column("in_step_at", kb.db.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("translation", "in_step_at")
    op.drop_column("article", "verify_months")
    for table in ("scheduled_deed", "review_comment", "article_review", "publication"):
        op.drop_table(table)
