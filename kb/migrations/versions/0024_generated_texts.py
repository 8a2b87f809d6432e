"""texts a model worded, besides answers"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_PURPOSES = ("draft reply", "case summary", "coaching plan", "article draft", "plain language")
_FATES = ("kept", "edited", "thrown away")
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
    moment = kb.db.UtcDateTime(timezone=True)
    op.create_table(
        "generated_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", text(), nullable=False),
        sa.Column("purpose", sa.Enum(*_PURPOSES, name="purpose", native_enum=False, length=32), nullable=False),
        sa.Column("locale", text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("translation_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("basis", text(), nullable=False),
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
        sa.Column("made_at", moment, nullable=False),
        sa.Column("fate", sa.Enum(*_FATES, name="textfate", native_enum=False, length=32), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["customer_case.id"], name=op.f("fk_generated_text_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_generated_text_translation_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_generated_text_asked_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generated_text")),
        sa.UniqueConstraint("public_id", name=op.f("uq_generated_text_public_id")),
    )
    for name in ("case_id", "translation_id", "asked_by", "made_at"):
        op.create_index(op.f(f"ix_generated_text_{name}"), "generated_text", [name])


def downgrade() -> None:
    op.drop_table("generated_text")
