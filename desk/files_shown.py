"""How files look on a page, and how they leave it: to be saved, never to be run."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from litestar import Response
from sqlmodel import Session

from desk import i18n
from kb.attachments import queries
from kb.attachments.models import Attachment, FileKind
from kb.attachments.policy import MEGABYTE
from kb.config import Locale

_SHOWN = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.WEBP, FileKind.GIF})
_LARGEST_SHOWN = 4 * MEGABYTE
_KILOBYTE = 1024
_HEADERS = {
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
}


@dataclass(frozen=True)
class FileView:
    """A file to save; a picture small enough is shown beside its name."""

    name: str
    url: str
    icon: str
    size: str
    is_shown: bool


def of(files: Iterable[Attachment], base: str, locale: Locale) -> list[FileView]:
    """Return files as a page shows them; `base` is the address of their case."""
    return [
        FileView(
            name=file.name,
            url=f"{base}/attachments/{file.id}",
            icon="document" if file.kind in {FileKind.PDF, FileKind.TEXT} else "picture",
            size=_size(file.size, locale),
            is_shown=file.kind in _SHOWN and file.size <= _LARGEST_SHOWN,
        )
        for file in files
    ]


def saved(session: Session, file: Attachment) -> Response[bytes]:
    """Return the bytes, to be saved under their name; who asks has been checked."""
    plain = file.name.encode("ascii", "replace").decode().replace("?", "_")
    name = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(
        queries.content(session, file),
        media_type=file.kind.value,
        headers=_HEADERS | {"content-disposition": name},
    )


def _size(size: int, locale: Locale) -> str:
    words = i18n.words(locale)
    if size < MEGABYTE:
        return words("files.kilobytes", value=max(1, round(size / _KILOBYTE)))
    value = f"{size / MEGABYTE:.1f}"
    return words("files.megabytes", value=value.replace(".", words("files.decimal")))
