"""mail and private links"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import kb.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("thread", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("token", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("locale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("stop_url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by_anyone", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("not_after", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("lease", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("leased_until", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
    )
    op.create_index("ix_mail_thread", "mail", ["thread"])
    op.create_index("ix_mail_state_next_attempt_at", "mail", ["state", "next_attempt_at"])
    op.create_index("ix_mail_recipient_created_at", "mail", ["recipient", "created_at"])
    op.create_table(
        "mailbox",
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirmed_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_mailbox")),
    )
    op.create_table(
        "private_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("issued_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", kb.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("redeemed_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", kb.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_private_link_token_hash")),
    )
    op.create_index("ix_private_link_email", "private_link", ["email"])
    op.create_index("ix_private_link_expires_at", "private_link", ["expires_at"])
    op.add_column(
        "customer_case",
        sa.Column("wants_mail", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    # a customer's sign-in is bound to the address its link was sent to
    op.add_column(
        "sign_in",
        sa.Column(
            "email", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
        ),
    )


def downgrade() -> None:
    op.execute("DELETE FROM sign_in WHERE email != ''")  # whoever came by a link has no password
    op.drop_column("sign_in", "email")
    op.drop_column("customer_case", "wants_mail")
    op.drop_table("private_link")
    op.drop_table("mailbox")
    op.drop_table("mail")
