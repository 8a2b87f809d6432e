"""How large the pictures of articles are, of those that are there already, too."""

import io

import sqlalchemy as sa
from alembic import op
from PIL import Image

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MEDIA = sa.table(
    "media",
    sa.column("id", sa.String),
    sa.column("content", sa.LargeBinary),
    sa.column("width", sa.Integer),
    sa.column("height", sa.Integer),
)
ORIENTATION, ON_ITS_SIDE = 0x0112, {5, 6, 7, 8}


def upgrade() -> None:
    with op.batch_alter_table("media") as batch:
        batch.add_column(sa.Column("width", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("height", sa.Integer(), nullable=True))
    bind = op.get_bind()
    for key in bind.execute(sa.select(MEDIA.c.id)).scalars().all():
        content = bind.execute(sa.select(MEDIA.c.content).where(MEDIA.c.id == key)).scalar_one()
        if known := size(content):
            width, height = known
            changed = sa.update(MEDIA).where(MEDIA.c.id == key)
            bind.execute(changed.values(width=width, height=height))


def size(content: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
            is_on_its_side = image.getexif().get(ORIENTATION) in ON_ITS_SIDE
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return (height, width) if is_on_its_side else (width, height)


def downgrade() -> None:
    with op.batch_alter_table("media") as batch:
        batch.drop_column("height")
        batch.drop_column("width")
