"""Images of articles while they are written: taken small, without traces, shown to editors."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlmodel import Session, col, select

from kb.access import Viewer
from kb.articles.models import ArticleMedia, Media
from kb.attachments.models import FileKind
from kb.attachments.policy import Accepted, Refusal, Refused

WIDEST = 1_600
"""Pixels an image may be wide; a phone shows fewer, a large screen no more."""
_MOST_PIXELS = 50_000_000
_FORMATS = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG", FileKind.WEBP: "WEBP"}
TYPES = {
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.WEBP: "image/webp",
    FileKind.GIF: "image/gif",
}


def fitted(file: Accepted) -> Accepted | Refused:
    """Return the image no wider than it need be; it has lost its traces before."""
    if file.kind not in TYPES:
        return Refused(file.name, Refusal.KIND)
    try:
        with Image.open(io.BytesIO(file.content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return Refused(file.name, Refusal.SIZE)
            if image.width <= WIDEST or file.kind not in _FORMATS:
                image.verify()
                return file
            return Accepted(file.name, file.kind, _smaller(image, file.kind))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ):
        return Refused(file.name, Refusal.DAMAGED)


def _smaller(image: Image.Image, kind: FileKind) -> bytes:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((WIDEST, WIDEST * 4), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    upright.save(written, _FORMATS[kind], optimize=True, quality=85)
    return written.getvalue()


def shown(session: Session, viewer: Viewer, media_id: str) -> Media | None:
    """Return an image to an editor, whatever the state of the article that shows it."""
    if not viewer.is_editor:
        return None
    return session.exec(
        select(Media)
        .join(ArticleMedia, col(ArticleMedia.media_id) == col(Media.id))
        .where(Media.id == media_id)
    ).first()
