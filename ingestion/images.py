"""Images of an import: raster formats only, checked by their bytes, inside the base folder."""

from pathlib import Path, PurePosixPath

from ingestion import files
from ingestion.files import Root
from ingestion.records import Image, Unreadable
from kb.articles import actions as articles

_GIVEN_BY_NAME = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


class Images:
    """Finds and checks each image once; the bytes stay on disk until they are stored."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._known: dict[str, Image | Unreadable] = {}

    def find(self, relative: str) -> Image:
        """Return the image at this path below the base.

        Raises:
            Unreadable: it is missing, no image we show, too large, or outside.
        """
        if relative not in self._known:
            try:
                self._known[relative] = self._check(relative)
            except Unreadable as error:
                self._known[relative] = error
        known = self._known[relative]
        if isinstance(known, Unreadable):
            raise known
        return known

    def _check(self, relative: str) -> Image:
        suffix = PurePosixPath(relative).suffix.lower()
        if suffix == ".svg":
            raise Unreadable("SVG images are not taken: they can carry scripts")
        if suffix not in _GIVEN_BY_NAME:
            raise Unreadable("is none of png, jpg, gif, webp")
        path = Path(self._root.base, relative)
        real = self._root.inside(path)
        if real is None:
            raise Unreadable("leads out of the imported folder")
        if not real.is_file():
            raise Unreadable("is missing")
        content = files.read_bytes(real, self._root, limit=files.LARGEST_IMAGE)
        return Image(articles.media_id(content), real, _type_of(content))


def load(image: Image, root: Root) -> bytes:
    """Read the bytes again to store them.

    Raises:
        Unreadable: the file has changed since it was checked.
    """
    content = files.read_bytes(image.path, root, limit=files.LARGEST_IMAGE)
    if articles.media_id(content) != image.media_id:
        raise Unreadable(f"image {image.path.name} changed during the import; run it again")
    return content


def _type_of(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    raise Unreadable("is not the image its name says")
