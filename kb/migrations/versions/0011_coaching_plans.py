"""coaching: plans, steps, what happened on the way, templates, pauses"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coaching_pause",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Enum("customer", "agent", name="pausereason", native_enum=False, length=32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("since", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_coaching_pause_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_coaching_pause_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_coaching_pause"))
    )
    op.create_table(
        "coaching_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("device", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_coaching_template_article_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_coaching_template_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_template"))
    )
    op.create_index(op.f("ix_coaching_template_article_id"), "coaching_template", ["article_id"])
    op.create_table(
        "coaching_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("device", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("level", sa.Enum("hint", "steps", "together", "for you", name="helplevel", native_enum=False, length=32), nullable=True),
        sa.Column("proposed", sa.Enum("hint", "steps", "together", "for you", name="helplevel", native_enum=False, length=32), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sa.Enum("draft", "sent", "finished", name="planstate", native_enum=False, length=32), nullable=False),
        sa.Column("outcome", sa.Enum("solved alone", "solved coached", "solved by agent", "handed over", "gave up", "unknown", name="outcome", native_enum=False, length=32), nullable=False),
        sa.Column("lost_at", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_coaching_plan_article_id")),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_coaching_plan_case_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_coaching_plan_created_by")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_coaching_plan_revision_id")),
        sa.ForeignKeyConstraint(["template_id"], ["coaching_template.id"], name=op.f("fk_coaching_plan_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_plan")),
        sa.UniqueConstraint("public_id", name=op.f("uq_coaching_plan_public_id"))
    )
    op.create_index(op.f("ix_coaching_plan_article_id"), "coaching_plan", ["article_id"])
    op.create_index(op.f("ix_coaching_plan_case_id"), "coaching_plan", ["case_id"])
    op.create_index(op.f("ix_coaching_plan_template_id"), "coaching_plan", ["template_id"])
    op.create_table(
        "coaching_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("expectation", sa.Text(), nullable=False),
        sa.Column("if_fails", sa.Text(), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("image", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("image_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("already_tried", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["coaching_plan.id"], name=op.f("fk_coaching_step_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_step")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_coaching_step_plan_id_key"))
    )
    op.create_index(op.f("ix_coaching_step_plan_id"), "coaching_step", ["plan_id"])
    op.create_table(
        "coaching_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Enum("viewed", "done", "failed", "retried", "skipped", "branched", "needs help", "asked meaning", "wanted steps", "declined", "solved", "not solved", name="eventkind", native_enum=False, length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("idempotency_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("happened_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_coaching_event_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["coaching_plan.id"], name=op.f("fk_coaching_event_plan_id")),
        sa.ForeignKeyConstraint(["step_id"], ["coaching_step.id"], name=op.f("fk_coaching_event_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_event")),
        sa.UniqueConstraint("plan_id", "idempotency_key", name=op.f("uq_coaching_event_plan_id_idempotency_key"))
    )
    op.create_index(op.f("ix_coaching_event_plan_id"), "coaching_event", ["plan_id"])


def downgrade() -> None:
    op.drop_table("coaching_event")
    op.drop_table("coaching_step")
    op.drop_table("coaching_plan")
    op.drop_table("coaching_template")
    op.drop_table("coaching_pause")
