"""golden questions, the articles that answer them, and when they turned out otherwise"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

VERDICTS = ("right", "found", "wrong")
CAUSES = ("not indexed", "not retrieved", "ranked low", "abstained", "wrong passage", "unsupported", "answered")


def upgrade() -> None:
    op.create_table(
        "golden_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.Enum(*VERDICTS, name="verdict", native_enum=False, length=32), nullable=True),
        sa.Column("cause", sa.Enum(*CAUSES, name="cause", native_enum=False, length=32), nullable=True),
        sa.Column("quoted_id", sa.Integer(), nullable=True),
        sa.Column("since", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_golden_question_gap_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_golden_question_made_by")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_golden_question_confirmed_by")),
        sa.ForeignKeyConstraint(["quoted_id"], ["article.id"], name=op.f("fk_golden_question_quoted_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_question"))
    )
    op.create_table(
        "golden_article",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["golden_question.id"], name=op.f("fk_golden_article_question_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_golden_article_article_id")),
        sa.PrimaryKeyConstraint("question_id", "article_id", name=op.f("pk_golden_article"))
    )
    op.create_index(op.f("ix_golden_article_article_id"), "golden_article", ["article_id"])
    op.create_table(
        "golden_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Enum(*VERDICTS, name="verdict", native_enum=False, length=32), nullable=False),
        sa.Column("cause", sa.Enum(*CAUSES, name="cause", native_enum=False, length=32), nullable=True),
        sa.Column("turned_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["golden_question.id"], name=op.f("fk_golden_turn_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_turn"))
    )
    op.create_index(op.f("ix_golden_turn_question_id"), "golden_turn", ["question_id"])


def downgrade() -> None:
    op.drop_table("golden_turn")
    op.drop_table("golden_article")
    op.drop_table("golden_question")
