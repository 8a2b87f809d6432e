"""How large a picture is: read once from its bytes, so that a page keeps the room for it."""

import io
from collections.abc import Iterable
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError
from sqlmodel import Session, col, select

from kb.articles.models import Media

_ORIENTATION = 0x0112
_ON_ITS_SIDE = {5, 6, 7, 8}
"""What EXIF says of a photo that browsers turn by a quarter."""


class Size(NamedTuple):
    """Pixels, as a browser shows them."""

    width: int
    height: int


def size(content: bytes) -> Size | None:
    """Return how large it is, from its first bytes; none where nothing can be said."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            is_on_its_side = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
            width, height = image.size
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ):
        return None
    return Size(height, width) if is_on_its_side else Size(width, height)


def sizes(session: Session, ids: Iterable[str]) -> dict[str, Size]:
    """Return the sizes that are known, by id; images that are not there are left out."""
    query = select(Media.id, Media.width, Media.height).where(col(Media.id).in_(set(ids)))
    return {
        key: Size(width, height)
        for key, width, height in session.exec(query).all()
        if width and height
    }
