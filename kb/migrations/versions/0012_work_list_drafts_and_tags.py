"""work list, drafts, tags and replies held back"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PRIORITIES = ("low", "normal", "high", "urgent")
STATES = ("new", "open", "waiting", "solved", "closed")


def upgrade() -> None:
    priority = sa.Enum(*PRIORITIES, name="priority", native_enum=False, length=32)
    state = sa.Enum(*STATES, name="casestate", native_enum=False, length=32)
    with op.batch_alter_table("customer_case") as batch:
        batch.add_column(sa.Column("priority", priority, nullable=False, server_default="normal"))
        batch.add_column(sa.Column("topic_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_customer_case_topic_id"), "category", ["topic_id"], ["id"]
        )
        batch.create_index(op.f("ix_customer_case_topic_id"), ["topic_id"])
        batch.create_index(op.f("ix_customer_case_state_updated_at"), ["state", "updated_at"])
    with op.batch_alter_table("message") as batch:
        batch.add_column(
            sa.Column("visible_from", kb.db.UtcDateTime(timezone=True), nullable=True)
        )
        batch.add_column(sa.Column("state_before", state, nullable=True))
        batch.create_index(op.f("ix_message_visible_from"), ["visible_from"])
    op.create_table(
        "reply_draft",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tab", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kept_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_reply_draft_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reply_draft_person_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_reply_draft")),
    )
    op.create_table(
        "case_presence",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("typed_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_case_presence_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_presence_person_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_case_presence")),
    )
    op.create_table(
        "case_tag",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("tag", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_case_tag_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "tag", name=op.f("pk_case_tag")),
    )
    op.create_index(op.f("ix_case_tag_tag"), "case_tag", ["tag"])
    op.create_table(
        "case_vector",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("model", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("newest_id", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["customer_case.id"], name=op.f("fk_case_vector_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_vector")),
    )


def downgrade() -> None:
    for table in ("case_vector", "case_tag", "case_presence", "reply_draft"):
        op.drop_table(table)
    with op.batch_alter_table("message") as batch:
        batch.drop_index(op.f("ix_message_visible_from"))
        batch.drop_column("state_before")
        batch.drop_column("visible_from")
    with op.batch_alter_table("customer_case") as batch:
        batch.drop_index(op.f("ix_customer_case_state_updated_at"))
        batch.drop_index(op.f("ix_customer_case_topic_id"))
        batch.drop_constraint(op.f("fk_customer_case_topic_id"), type_="foreignkey")
        batch.drop_column("topic_id")
        batch.drop_column("priority")
