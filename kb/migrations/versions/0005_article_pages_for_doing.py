"""article pages for doing: devices of chunks, who verified, former addresses, the glossary"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not by making the tables anew: others point at their rows
    text = sqlmodel.sql.sqltypes.AutoString
    op.add_column("chunk", sa.Column("devices", text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "translation", sa.Column("verified_at", kb.db.UtcDateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "translation", sa.Column("verified_by", text(), server_default=sa.text("''"), nullable=False)
    )
    op.create_table(
        "former_slug",
        sa.Column("locale", text(), nullable=False),
        sa.Column("slug", text(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("left_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["translation.id"], name=op.f("fk_former_slug_translation_id")
        ),
        sa.PrimaryKeyConstraint("locale", "slug", name=op.f("pk_former_slug")),
    )
    op.create_index(
        op.f("ix_former_slug_translation_id"), "former_slug", ["translation_id"], unique=False
    )
    op.create_table(
        "glossary_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locale", text(), nullable=False),
        sa.Column("term", text(), nullable=False),
        sa.Column("spellings", sa.JSON(), nullable=False),
        sa.Column("meaning", text(), nullable=False),
        sa.Column("source", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_term")),
        sa.UniqueConstraint("locale", "term", name=op.f("uq_glossary_term_locale_term")),
    )


def downgrade() -> None:
    op.drop_table("glossary_term")
    op.drop_index(op.f("ix_former_slug_translation_id"), table_name="former_slug")
    op.drop_table("former_slug")
    op.drop_column("translation", "verified_by")
    op.drop_column("translation", "verified_at")
    op.drop_column("chunk", "devices")
