"""generated answers: what a model made of a question"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_STATES = (
    "asked",
    "shown",
    "declined",
    "unsupported",
    "beside the point",
    "not understood",
    "nothing said",
    "not asked",
)


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "generated_answer",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*_STATES, name="generationstate", native_enum=False, length=32), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("prompt", text(), nullable=False),
        sa.Column("prompt_digest", text(), nullable=False),
        sa.Column("model", text(), nullable=False),
        sa.Column("trouble", text(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Float(), nullable=False),
        sa.Column("made_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_generated_answer_question_id")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_generated_answer")),
    )
    op.create_index(op.f("ix_generated_answer_made_at"), "generated_answer", ["made_at"])


def downgrade() -> None:
    op.drop_table("generated_answer")
